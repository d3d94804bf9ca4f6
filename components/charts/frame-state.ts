import type { MetricId } from '@/lib/metrics/catalog';
import type { QueryResponse } from '@/lib/contract/query';
import { ApiFailure } from '@/lib/client/failure';

/** What react-query knows of a chart's data. */
export interface Reading {
  data: QueryResponse | undefined;
  error: Error | null;
  isPending: boolean;
  isPlaceholderData: boolean;
  dataUpdatedAt: number;
}

export type FrameState =
  | { kind: 'pending' }
  | { kind: 'failed'; message: string; requestId: string | null }
  | { kind: 'unavailable'; reason: string; data: QueryResponse }
  | { kind: 'empty'; data: QueryResponse }
  /** `ageSeconds` is null where only a fresher answer is on its way. */
  | { kind: 'stale'; why: 'updating' | 'refreshing' | 'down'; ageSeconds: number; data: QueryResponse }
  | { kind: 'ready'; data: QueryResponse };

const hasNumbers = (data: QueryResponse, metrics: readonly MetricId[]): boolean =>
  data.rows.some((row) => metrics.some((id) => row.values[id] !== null && row.values[id] !== undefined));

/** The state of a chart on these metrics. Data, once there, stays: an error or a wait behind it is only noted. */
export function frameState(reading: Reading, metrics: readonly MetricId[], now = Date.now()): FrameState {
  const { data, error } = reading;
  if (!data) {
    if (!error) return { kind: 'pending' };
    const requestId = error instanceof ApiFailure ? error.requestId : null;
    return { kind: 'failed', message: error.message, requestId };
  }
  const metas = metrics.map((id) => data.meta.metrics[id]);
  if (metas.length > 0 && metas.every((meta) => meta?.state === 'unavailable')) {
    return { kind: 'unavailable', reason: metas[0]?.reason ?? 'The data does not hold what this needs.', data };
  }
  if (reading.isPlaceholderData) return { kind: 'stale', why: 'updating', ageSeconds: 0, data };
  if (!hasNumbers(data, metrics)) return { kind: 'empty', data };
  const { cache } = data.meta;
  if (error) {
    const since = Math.max(0, Math.round((now - reading.dataUpdatedAt) / 1_000));
    return { kind: 'stale', why: 'down', ageSeconds: since + (cache?.ageSeconds ?? 0), data };
  }
  if (cache?.state === 'stale') {
    const why = cache.reason === 'source unavailable' ? 'down' : 'refreshing';
    return { kind: 'stale', why, ageSeconds: cache.ageSeconds, data };
  }
  return { kind: 'ready', data };
}
