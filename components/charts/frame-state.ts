import type { MetricId } from '@/lib/metrics/catalog';
import type { AnalysisResponse } from '@/lib/contract/analyses';
import type { QueryResponse } from '@/lib/contract/query';
import { ApiFailure } from '@/lib/client/failure';

/** What a frame can show. */
export type Framed = QueryResponse | AnalysisResponse;

/** What react-query knows of a chart's data. */
export interface Reading<Data extends Framed = QueryResponse> {
  data: Data | undefined;
  error: Error | null;
  isPending: boolean;
  isPlaceholderData: boolean;
  dataUpdatedAt: number;
}

export type FrameState<Data extends Framed = QueryResponse> =
  | { kind: 'pending' }
  | { kind: 'failed'; message: string; requestId: string | null }
  | { kind: 'unavailable'; reason: string; data: Data }
  | { kind: 'empty'; data: Data }
  /** `ageSeconds` is null where only a fresher answer is on its way. */
  | { kind: 'stale'; why: 'updating' | 'refreshing' | 'down'; ageSeconds: number; data: Data }
  | { kind: 'ready'; data: Data };

interface Judged<Data> {
  /** Why the data cannot tell; null where it can. */
  lacks: (data: Data) => string | null;
  isEmpty: (data: Data) => boolean;
  now?: number;
}

/** The state of a frame. Data, once there, stays: an error or a wait behind it is only noted. */
export function stateOf<Data extends Framed>(
  reading: Reading<Data>,
  { lacks, isEmpty, now = Date.now() }: Judged<Data>,
): FrameState<Data> {
  const { data, error } = reading;
  if (!data) {
    if (!error) return { kind: 'pending' };
    const requestId = error instanceof ApiFailure ? error.requestId : null;
    return { kind: 'failed', message: error.message, requestId };
  }
  const reason = lacks(data);
  if (reason !== null) return { kind: 'unavailable', reason, data };
  if (reading.isPlaceholderData) return { kind: 'stale', why: 'updating', ageSeconds: 0, data };
  if (isEmpty(data)) return { kind: 'empty', data };
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

const unknownLack = 'The data does not hold what this needs.';

/** The state of a chart on these metrics. */
export const frameState = (reading: Reading, metrics: readonly MetricId[], now?: number): FrameState =>
  stateOf(reading, {
    lacks: ({ meta }) => {
      const told = metrics.map((id) => meta.metrics[id]);
      if (told.length === 0 || told.some((one) => one?.state !== 'unavailable')) return null;
      return told[0]?.reason ?? unknownLack;
    },
    isEmpty: ({ rows }) =>
      !rows.some(({ values }) => metrics.some((id) => values[id] !== null && values[id] !== undefined)),
    ...(now !== undefined && { now }),
  });

/** The state of an analysis, or of one of its tables. */
export const analysisState = (reading: Reading<AnalysisResponse>, table?: string): FrameState<AnalysisResponse> =>
  stateOf(reading, {
    lacks: ({ state, reason }) => (state === 'unavailable' ? (reason ?? unknownLack) : null),
    isEmpty: ({ tables, chart }) =>
      tables.every(({ id, columns, rows }) => {
        if (table !== undefined && id !== table) return true;
        if (chart?.table !== id) return rows.length === 0;
        const drawn = columns.flatMap((column, at) => (chart.y.includes(column.id) ? [at] : []));
        if (drawn.length === 0) return rows.length === 0;
        return !rows.some((row) => drawn.some((at) => row[at] !== null && columns[at]?.unit !== 'text'));
      }),
  });
