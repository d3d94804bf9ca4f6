import type { TableData } from '@/components/ui/PlainTable';
import type { QueryResponse } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';

/** The league table in full: each metric with what it was before and its change; numbers as they are, not as they are shown. */
export function leagueCsv(data: QueryResponse, metrics: readonly MetricId[], head: string): TableData {
  const compared = data.meta.compareRange !== null;
  const withParent = data.rows.some(({ member }) => member?.parent);
  const numbers = metrics.flatMap((id) => {
    const { label, unit } = metricOf(id);
    return [
      label,
      ...(compared ? [`${label}, before`, `${label}, change ${unit === 'percent' ? 'in points' : 'in %'}`] : []),
    ];
  });
  const raw = data.rows.map(({ member, values, previous, change, market, lowBase }) => [
    member?.name ?? '',
    ...(withParent ? [member?.parent ?? null] : []),
    market ?? data.meta.market,
    ...metrics.flatMap((id) => [
      values[id] ?? null,
      ...(compared ? [previous?.[id] ?? null, change?.[id] ?? null] : []),
    ]),
    lowBase ? 'yes' : null,
  ]);
  return {
    columns: [head, ...(withParent ? ['Manufacturer'] : []), 'Market', ...numbers, 'Low base'].map((label) => ({
      label,
    })),
    rows: raw,
    raw,
  };
}
