import 'server-only';
import type { Range } from '@/lib/metrics/periods';
import type { Cut } from '@/lib/query/cut';
import { members, type ShopperSet } from '@/lib/query/shopper-sets';

// Which numbers of an analysis open their shoppers. Said beside the counting, by the sets that were counted: so many are listed.

/** Shoppers, each with lines in the dates of the cut, which they are listed with. */
export interface Counted {
  shoppers: Int32Array;
  cut: Cut;
  range: Range;
}

type OfRow = (row: number) => Counted | Promise<Counted>;

/** By column the shoppers of a row's number; null cells, and rows beyond the first so many, open nothing. */
export interface OpenTable {
  /** Left out: all of them. */
  rows?: number;
  columns: Record<string, OfRow>;
}

export interface Opens {
  figures?: Record<string, () => Counted | Promise<Counted>>;
  tables?: Record<string, OpenTable>;
}

const whole = (cut: Cut): Cut => ({ ...cut, key: { by: 'none' }, grain: null });

export const counted = (set: ShopperSet, cut: Cut, range: Range): Counted => ({
  shoppers: members(set),
  cut: whole(cut),
  range,
});

export const those = (shoppers: Iterable<number>, cut: Cut, range: Range): Counted => ({
  shoppers: Int32Array.from(shoppers),
  cut: whole(cut),
  range,
});
