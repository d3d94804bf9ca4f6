import { endOf, lengthOf, within, type Range } from '@/lib/metrics/periods';
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

/** What is read of a product and month. */
export interface ItemRow {
  product: number;
  month: string;
  lists: ItemLists;
}
export type ItemLists = { days: Numbers; stores: Numbers } & Partial<Record<ItemColumn, Numbers>>;

/** One list a product, of the entries inside the range and the stores. */
export function joinItems(
  rows: readonly ItemRow[],
  wanted: readonly ItemColumn[],
  range: Range,
  first: string,
  stores: ReadonlyMap<number, unknown> | null,
): Items[] {
  const items: Items[] = [];
  for (let start = 0; start < rows.length;) {
    const { product } = rows[start]!;
    let end = start;
    while (end < rows.length && rows[end]!.product === product) end++;
    const kept = rows.slice(start, end).map((row) => keep(row, range, first, stores));
    const size = kept.reduce((sum, { at }) => sum + at.length, 0);
    if (size > 0) items.push(concatenate(product, kept, wanted, size));
    start = end;
  }
  return items;
}

interface Kept {
  row: ItemRow;
  /** Positions that count, and their days and stores. */
  at: Int32Array;
  days: Int32Array;
  stores: Int32Array;
}

function keep(row: ItemRow, range: Range, first: string, stores: ReadonlyMap<number, unknown> | null): Kept {
  const inside = within({ from: row.month, to: endOf('month', row.month) }, range);
  if (!inside) return { row, at: nothing, days: nothing, stores: nothing };
  const [from, to] = [Number(inside.from.slice(8)), Number(inside.to.slice(8))];
  const shift =
    row.month >= first ? lengthOf({ from: first, to: row.month }) - 1 : 1 - lengthOf({ from: row.month, to: first });
  const { days, stores: all } = row.lists;
  const kept: Kept = {
    row,
    at: new Int32Array(days.length),
    days: new Int32Array(days.length),
    stores: new Int32Array(days.length),
  };
  let count = 0;
  for (let index = 0; index < days.length; index++) {
    const day = days[index]!;
    const store = all[index]!;
    if (day < from || day > to || (stores && !stores.has(store))) continue;
    kept.at[count] = index;
    kept.days[count] = shift + day - 1;
    kept.stores[count++] = store;
  }
  const filled = (list: Int32Array): Int32Array => list.subarray(0, count);
  return { row, at: filled(kept.at), days: filled(kept.days), stores: filled(kept.stores) };
}

const nothing = new Int32Array();

function concatenate(product: number, kept: readonly Kept[], wanted: readonly ItemColumn[], size: number): Items {
  const empty = new Float64Array(0);
  const blank = Object.fromEntries(itemColumns.map((column) => [column, empty])) as Record<ItemColumn, Float64Array>;
  const items: Items = { ...blank, product, day: new Int32Array(size), store: new Int32Array(size) };
  for (const column of wanted) items[column] = new Float64Array(size);
  let offset = 0;
  for (const { row, at, days, stores } of kept) {
    items.day.set(days, offset);
    items.store.set(stores, offset);
    for (const column of wanted) {
      const values = row.lists[column]!;
      const into = items[column];
      for (let index = 0; index < at.length; index++) into[offset + index] = values[at[index]!]!;
    }
    offset += at.length;
  }
  return items;
}
