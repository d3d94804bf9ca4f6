'use client';

import { ChartFrame } from '@/components/charts/ChartFrame';
import { ContributionBars } from '@/components/charts/ContributionBars';
import { Note } from '@/components/ui/Note';
import { styleOf } from '@/components/metrics/describe';
import { useLink } from '@/components/shell/workspace-context';
import type { QueryResponse } from '@/lib/contract/query';
import { contributionOf } from '@/lib/metrics/compute';
import { formatMetric, formatPoints } from '@/lib/metrics/format';
import { useOverview, type Part } from './part';

const shown = 5;

/** Brands by what they add to the growth of the whole slice, in points: largest gain first. */
function contributions(data: QueryResponse) {
  const before = data.totals[0]?.previous?.value_sales ?? null;
  return data.rows
    .map(({ member, values, previous }) => {
      const now = values.value_sales ?? 0;
      const then = previous?.value_sales ?? 0;
      return { member, difference: now - then, points: contributionOf(now, then, before) };
    })
    .filter((row): row is typeof row & { points: number } => row.points !== null && row.points !== 0)
    .sort((a, b) => b.points - a.points);
}

/** The largest gains and the largest losses, never one brand as both. */
function extremes<T extends { points: number }>(all: readonly T[]): T[] {
  const gains = all.filter(({ points }) => points > 0).slice(0, shown);
  const losses = all.filter(({ points }) => points < 0).slice(-shown);
  return [...gains, ...losses];
}

export function Movers(part: Part) {
  const query = useOverview(part, 'brands');
  const link = useLink();
  const title = 'What moved sales most';
  return (
    <ChartFrame
      title={title}
      subtitle="Points of the growth in value sales, by brand"
      query={query}
      metrics={['value_sales']}
      height={360}
      table={(data) => {
        const all = contributions(data);
        return {
          columns: [
            { label: 'Brand' },
            { label: 'Growth, points', numeric: true },
            { label: 'Change in sales', numeric: true },
          ],
          rows: all.map(({ member, points, difference }) => [
            member?.name ?? '',
            formatPoints(points),
            formatMetric('value_sales', difference, styleOf(data, 'value_sales')),
          ]),
          raw: all.map(({ member, points, difference }) => [member?.name ?? '', points, difference]),
        };
      }}
    >
      {(data) => {
        const moved = extremes(contributions(data));
        if (moved.length === 0) {
          return (
            <Note minHeight={320} title="Nothing to compare with">
              Choose a comparison that the data reaches back to.
            </Note>
          );
        }
        const style = { ...styleOf(data, 'value_sales'), compact: true };
        return (
          <ContributionBars
            head="Brand"
            caption={title}
            items={moved.map(({ member, points, difference }) => ({
              id: member?.id ?? null,
              name: member?.name ?? 'No brand',
              points,
              text: `${difference > 0 ? '+' : ''}${formatMetric('value_sales', difference, style)}`,
              ...(member?.id && { href: link(`/brands/${member.id}`) }),
            }))}
          />
        );
      }}
    </ChartFrame>
  );
}
