import type { QueryRow } from '@/lib/contract/query';
import type { MetricId } from '@/lib/metrics/catalog';

export interface FactorChange {
  id: MetricId;
  /** Now ÷ before: these multiply up to that of the product. Null where either is nothing. */
  times: number | null;
  /** Its logarithm over the largest one's, from -1 to 1: lengths of bars that add up. */
  length: number;
}

/** What each factor, and their product, was multiplied by from the period before. */
export function factorChanges({ values, previous }: QueryRow, ids: readonly MetricId[]): FactorChange[] {
  const times = ids.map((id) => {
    const now = values[id] ?? 0;
    const then = previous?.[id] ?? 0;
    return now > 0 && then > 0 ? now / then : null;
  });
  const logs = times.map((one) => (one === null ? 0 : Math.log(one)));
  const most = Math.max(...logs.map(Math.abs)) || 1;
  return ids.map((id, index) => ({ id, times: times[index] ?? null, length: (logs[index] ?? 0) / most }));
}
