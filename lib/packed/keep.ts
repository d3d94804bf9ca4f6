import 'server-only';
import { LRUCache } from 'lru-cache';
import { env } from '@/lib/env';
import type { Bits } from './bits';
import type { Numbers } from './unpack';

/** Lists of one row, unpacked. */
export type Lists = Record<string, Numbers | Bits>;

/** A year of the rows with the same keys, by time and chunk. Null: there is no such row. */
export interface Year {
  rows: Map<number, Lists | null>;
  bytes: number;
}

const keep = globalThis as { brandlensPacked?: LRUCache<string, Year> };

/** An object with its place in a map, about; a list is another. */
const overhead = 100;

/**
 * Rows read lately, by data version, so that nothing in here is ever out of date: reading and unpacking them takes far longer
 * than adding them up. PACKED_MEMORY_MB bounds it.
 */
const kept: LRUCache<string, Year> = (keep.brandlensPacked ??= new LRUCache({
  maxSize: env.PACKED_MEMORY_MB * 1_048_576,
}));

const empty = (): Year => ({ rows: new Map(), bytes: 4 * overhead });

/** `name` null: nothing is kept of it. */
export const yearOf = (name: string | null): Year => (name === null ? empty() : (kept.get(name) ?? empty()));

export function putRow(year: Year, at: number, lists: Lists | null): void {
  const sizeOf = (row: Lists | null): number =>
    overhead + Object.values(row ?? {}).reduce((bytes, list) => bytes + list.byteLength + overhead, 0);
  const before = year.rows.get(at);
  year.bytes += sizeOf(lists) - (before === undefined ? 0 : sizeOf(before));
  year.rows.set(at, lists);
}

export function keepYear(name: string | null, year: Year): void {
  if (name !== null) kept.set(name, year, { size: year.bytes });
}
