'use client';

import { ChartFrame } from '@/components/charts/ChartFrame';
import { ContributionBars } from '@/components/charts/ContributionBars';
import { Explainable } from '@/components/metrics/Explainable';
import { styleOf } from '@/components/metrics/describe';
import { useLink } from '@/components/shell/workspace-context';
import { Note } from '@/components/ui/Note';
import { Panel } from '@/components/ui/Panel';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { contributionOf } from '@/lib/metrics/compute';
import { formatMetric, formatPoints } from '@/lib/metrics/format';
import { useOverview, type Part } from './part';

const shown = 5;
const title = 'What moved sales most';
const subtitle = 'What brands add to the growth in value sales';

interface Mover {
  row: QueryRow;
  difference: number;
  /** Of the growth of the whole slice. */
  points: number;
}

/** Brands by what they add to the growth of the whole slice: the largest gain first, the largest loss last. */
function moversOf(data: QueryResponse): Mover[] {
  const before = data.totals[0]?.previous?.value_sales ?? null;
  return data.rows
    .map((row) => {
      const now = row.values.value_sales ?? 0;
      const then = row.previous?.value_sales ?? 0;
      return { row, difference: now - then, points: contributionOf(now, then, before) };
    })
    .filter((mover): mover is Mover => mover.points !== null && mover.points !== 0);
}

/** Gains and losses, each with the largest first, as one answer: a brand is in both where there are few. */
function useMovers(part: Part) {
  const gains = useOverview(part, 'gains');
  const losses = useOverview(part, 'losses');
  const moved = (data: QueryResponse, sign: number) =>
    data.rows.filter(({ contribution }) => Math.sign(contribution?.value_sales ?? 0) === sign);
  return {
    data: gains.data &&
      losses.data && { ...gains.data, rows: [...moved(gains.data, 1), ...moved(losses.data, -1).reverse()] },
    error: gains.error ?? losses.error,
    isPending: gains.isPending || losses.isPending,
    isPlaceholderData: gains.isPlaceholderData || losses.isPlaceholderData,
    dataUpdatedAt: Math.min(gains.dataUpdatedAt, losses.dataUpdatedAt),
    refetch: () => Promise.all([gains.refetch(), losses.refetch()]),
  };
}

function cellsOf({ row, points, difference }: Mover, response: QueryResponse) {
  const style = { ...styleOf(response, 'value_sales'), compact: true };
  const cells = [
    {
      label: 'Contribution to growth',
      text: formatPoints(points),
      formula: '(value sales now − before) ÷ value sales of the whole slice before × 100',
    },
    {
      label: 'Change in value sales',
      text: `${difference > 0 ? '+' : ''}${formatMetric('value_sales', difference, style)}`,
      formula: 'value sales now − before',
    },
  ];
  return cells.map((made) => (
    <Explainable
      key={made.label}
      what={{ metric: 'value_sales', response, row, made }}
      label={`${made.label}: ${made.text}`}
    >
      {made.text}
    </Explainable>
  ));
}

export function Movers(part: Part) {
  const query = useMovers(part);
  const link = useLink();
  if (!part.view.compareRange) {
    return (
      <Panel title={title} subtitle={subtitle}>
        <Note minHeight={360} title="Nothing to compare with">
          Choose a comparison that the data reaches back to.
        </Note>
      </Panel>
    );
  }
  return (
    <ChartFrame
      title={title}
      subtitle={subtitle}
      query={query}
      metrics={['value_sales']}
      height={360}
      emptyTitle="No brand moved"
      emptyHint="Choose a comparison that the data reaches back to."
      table={(data) => {
        const all = moversOf(data);
        return {
          columns: [
            { label: 'Brand' },
            { label: 'Contribution, points', numeric: true },
            { label: 'Change in sales', numeric: true },
          ],
          rows: all.map((mover) => [mover.row.member?.name ?? 'No brand', ...cellsOf(mover, data)]),
          raw: all.map(({ row, points, difference }) => [row.member?.name ?? 'No brand', points, difference]),
        };
      }}
    >
      {(data) => {
        const all = moversOf(data);
        const gains = all.filter(({ points }) => points > 0).slice(0, shown);
        const losses = all.filter(({ points }) => points < 0).slice(-shown);
        return (
          <ContributionBars
            head="Brand"
            caption={title}
            columns={['Contribution', 'Change']}
            items={[...gains, ...losses].map((mover) => ({
              id: mover.row.member?.id ?? null,
              name: mover.row.member?.name ?? 'No brand',
              points: mover.points,
              cells: cellsOf(mover, data),
              ...(mover.row.member?.id && { href: link(`/brands/${mover.row.member.id}`) }),
            }))}
          />
        );
      }}
    </ChartFrame>
  );
}
