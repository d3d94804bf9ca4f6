import type { QueryResponse } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import type { NumberStyle } from '@/lib/metrics/format';

/** How the numbers of a metric are written in this answer. */
export const styleOf = ({ meta }: QueryResponse, id: MetricId): NumberStyle => ({
  currency: meta.currency,
  volumeUnit: meta.metrics[id]?.unit,
});

/** What a share or a penetration is a part of, in words. */
export function baseOf(id: MetricId, market: string | null | undefined): string | null {
  const { compute } = metricOf(id);
  if (compute.kind !== 'ratio') return null;
  if (compute.under.scope === 'market') return market ? `The market: ${market}` : 'The market';
  if ('constant' in compute.under) return 'The universe of the workspace, or of the regions';
  return compute.under.scope === 'all' ? 'All shoppers with any purchase in these dates and places' : null;
}
