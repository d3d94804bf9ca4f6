import { ApiError } from '@/lib/contract/errors';
import type { QuerySpec } from '@/lib/contract/query';
import { metricIds, type MetricId } from '@/lib/metrics/catalog';

// Which row comes first, and where the next page starts.

/** What a metric can be sorted by; all but the value are written "change:value_sales". */
const sides = ['value', 'change', 'contribution'] as const;

export type Order = { descending: boolean } & ({ by: 'name' } | { by: (typeof sides)[number]; metric: MetricId });

export const contributes = (id: MetricId): boolean => id === 'value_sales' || id === 'unit_sales';

const invalid = (field: string, message: string): ApiError =>
  new ApiError('invalid_request', `The query's ${field} is wrong.`, [{ field, message }]);

/** "-value_sales", "name", "change:unit_sales", "contribution:value_sales"; left out: the first metric, largest first. */
export function readOrder(spec: QuerySpec): Order {
  const [first] = spec.metrics;
  if (!spec.sort) return { by: 'value', metric: first as MetricId, descending: true };
  const descending = spec.sort.startsWith('-');
  const text = descending ? spec.sort.slice(1) : spec.sort;
  if (text === 'name') return { by: 'name', descending };
  const by = sides.find((side) => text.startsWith(`${side}:`) && side !== 'value') ?? 'value';
  const metric = (by === 'value' ? text : text.slice(by.length + 1)) as MetricId;
  const known = metricIds.includes(metric) && spec.metrics.includes(metric);
  if (!known || (by === 'contribution' && !contributes(metric))) {
    const choices = [
      'name',
      ...spec.metrics,
      ...spec.metrics.map((id) => `change:${id}`),
      ...spec.metrics.filter(contributes).map((id) => `contribution:${id}`),
    ].join(', ');
    throw invalid('sort', `must be one of ${choices}, with "-" in front for descending`);
  }
  if (by !== 'value' && spec.compare === 'none') {
    throw invalid('sort', `a ${by} can be sorted by only with a comparison`);
  }
  return { by, metric, descending };
}

export interface Sortable {
  name: string;
  /** Null for "none": such a row sorts after its namesakes. */
  id: number | null;
  value: number | null;
}

/** Rows without a value come last either way; equal ones go by name, then by id. */
export function compareRows(order: Order): (a: Sortable, b: Sortable) => number {
  const sign = order.descending ? -1 : 1;
  const byName = (a: Sortable, b: Sortable): number =>
    a.name.localeCompare(b.name, 'en') || (a.id ?? Infinity) - (b.id ?? Infinity) || 0;
  if (order.by === 'name') return (a, b) => sign * byName(a, b);
  return (a, b) => {
    if (a.value === null || b.value === null)
      return Number(a.value === null) - Number(b.value === null) || byName(a, b);
    return sign * (a.value - b.value) || byName(a, b);
  };
}

/** The cursor holds the data version: a page of other data would skip or repeat rows. */
export const writeCursor = (dataVersion: number, offset: number): string =>
  Buffer.from(JSON.stringify([dataVersion, offset])).toString('base64url');

export function readCursor(cursor: string | undefined, dataVersion: number): number {
  if (cursor === undefined) return 0;
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    content = null;
  }
  const [version, offset] = Array.isArray(content) ? (content as unknown[]) : [];
  if (!Number.isSafeInteger(version) || !Number.isSafeInteger(offset) || (offset as number) < 0) {
    throw invalid('cursor', 'must be the nextCursor of an earlier answer to this query');
  }
  if (version !== dataVersion) {
    throw new ApiError('conflict', 'The data has changed since the page before; start again from the first.');
  }
  return offset as number;
}
