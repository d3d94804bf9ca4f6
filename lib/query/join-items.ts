import { toDays } from '@/lib/metrics/calendar';
import type { Range } from '@/lib/metrics/periods';
import type { Numbers } from '@/lib/packed/unpack';

export const itemColumns = [
  'purchases',
  'amount',
  'units',
  'promoted_amount',
  'promoted_units',
  'based_amount',
  'base_amount',
] as const;
export type ItemColumn = (typeof itemColumns)[number];

/**
 * What stores sold of a product, an entry a day and store. `day` counts from the first of the range, `store` is 0 where the
 * line has none. Amounts in the minor unit, units in thousandths, net of returns. Columns not asked for are empty.
 */
export type Items = Record<ItemColumn, Float64Array> & { product: number; day: Int32Array; store: Int32Array };

/** What is read of a product and month, which begins so many days after 1970 does. */
export interface ItemRow {
  product: number;
  time: number;
  lists: ItemLists;
}
export type ItemLists = { days: Numbers; stores: Numbers } & Partial<Record<ItemColumn, Numbers>>;

/** A month's entries of a product inside the range and the stores, as they are kept. */
export interface ItemMonth {
  product: number;
  lists: ItemLists;
  /** Added to a day of the month it counts from the first of the range. */
  shift: number;
  /** Positions that count: from one to another, or of these. */
  from: number;
  to: number;
  at: Int32Array | null;
}

export const sizeOf = ({ from, to, at }: ItemMonth): number => at?.length ?? to - from;

/** Days count from `start`. Entries come day by day, so that those inside the range stand together. */
export function monthsIn(
  rows: readonly ItemRow[],
  range: Range,
  start: string,
  stores: ReadonlyMap<number, unknown> | null,
): ItemMonth[] {
  const [first, last, zero] = [range.from, range.to, start].map(toDays) as [number, number, number];
  const months = rows.map(({ product, time, lists }): ItemMonth => {
    const from = firstFrom(lists.days, first - time + 1);
    const to = firstFrom(lists.days, last - time + 2);
    const at = stores && placesOf(lists.stores, from, to, stores);
    return { product, lists, shift: time - 1 - zero, from, to, at };
  });
  return months.filter((month) => sizeOf(month) > 0);
}

function placesOf(all: Numbers, from: number, to: number, stores: ReadonlyMap<number, unknown>): Int32Array {
  const at = new Int32Array(to - from);
  let count = 0;
  for (let index = from; index < to; index++) if (stores.has(all[index]!)) at[count++] = index;
  return at.subarray(0, count);
}

/** One list a product, of which the months stand together. */
export function joinItems(all: readonly ItemMonth[], wanted: readonly ItemColumn[]): Items[] {
  const items: Items[] = [];
  for (let start = 0; start < all.length;) {
    const { product } = all[start]!;
    let end = start;
    while (end < all.length && all[end]!.product === product) end++;
    items.push(concatenate(product, all.slice(start, end), wanted));
    start = end;
  }
  return items;
}

/** The first position with the day or a later one. */
function firstFrom(days: Numbers, day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function concatenate(product: number, months: readonly ItemMonth[], wanted: readonly ItemColumn[]): Items {
  const size = months.reduce((sum, month) => sum + sizeOf(month), 0);
  const empty = new Float64Array(0);
  const blank = Object.fromEntries(itemColumns.map((column) => [column, empty])) as Record<ItemColumn, Float64Array>;
  const items: Items = { ...blank, product, day: new Int32Array(size), store: new Int32Array(size) };
  for (const column of wanted) items[column] = new Float64Array(size);
  let offset = 0;
  for (const month of months) {
    const { lists, shift } = month;
    const end = offset + sizeOf(month);
    take(items.day, lists.days, month, offset);
    for (let index = offset; index < end; index++) items.day[index]! += shift;
    take(items.store, lists.stores, month, offset);
    for (const column of wanted) take(items[column], lists[column]!, month, offset);
    offset = end;
  }
  return items;
}

function take(into: Int32Array | Float64Array, values: Numbers, { from, to, at }: ItemMonth, offset: number): void {
  if (!at) into.set(values.subarray(from, to), offset);
  else for (let index = 0; index < at.length; index++) into[offset + index] = values[at[index]!]!;
}
