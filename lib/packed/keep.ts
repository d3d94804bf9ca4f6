import 'server-only';
import { LRUCache } from 'lru-cache';
import { env } from '@/lib/env';
import type { Bits } from './bits';
import type { Numbers } from './unpack';

/** Lists of one row of a packed rollup, unpacked. */
export type Lists = Record<string, Numbers | Bits>;

const keep = globalThis as { brandlensPacked?: LRUCache<string, Lists> };

/** An object, its key and its place in the cache, about. */
const overhead = 400;

/**
 * Rows read lately, by data version, so that nothing in here is ever out of date: unpacking them takes far longer than
 * adding them up. PACKED_MEMORY_MB bounds it.
 */
export const kept: LRUCache<string, Lists> = (keep.brandlensPacked ??= new LRUCache({
  maxSize: env.PACKED_MEMORY_MB * 1_048_576,
  sizeCalculation: (lists) =>
    Object.values(lists).reduce((bytes, list) => bytes + list.byteLength, 0) + overhead * Object.keys(lists).length,
}));
