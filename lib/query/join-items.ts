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
    const size = kept.reduce((sum, one) => sum + sizeOf(one), 0);
    if (size > 0) items.push(concatenate(product, kept, wanted, size));
    start = end;
  }
  return items;
}

interface Kept {
  row: ItemRow;
  /** Days are added to it. */
  shift: number;
  /** Positions that count: from one to another, or of these. */
  from: number;
  to: number;
  at: Int32Array | null;
}

const sizeOf = ({ from, to, at }: Kept): number => at?.length ?? to - from;

/** Entries come day by day, so that those inside the range stand together. */
function keep(row: ItemRow, range: Range, first: string, stores: ReadonlyMap<number, unknown> | null): Kept {
  const inside = within({ from: row.month, to: endOf('month', row.month) }, range);
  if (!inside) return { row, shift: 0, from: 0, to: 0, at: null };
  const shift =
    row.month >= first ? lengthOf({ from: first, to: row.month }) - 1 : 1 - lengthOf({ from: row.month, to: first });
  const { days, stores: all } = row.lists;
  const from = firstFrom(days, Number(inside.from.slice(8)));
  const to = firstFrom(days, Number(inside.to.slice(8)) + 1);
  if (!stores) return { row, shift: shift - 1, from, to, at: null };
  const at = new Int32Array(to - from);
  let count = 0;
  for (let index = from; index < to; index++) if (stores.has(all[index]!)) at[count++] = index;
  return { row, shift: shift - 1, from, to, at: at.subarray(0, count) };
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

function concatenate(product: number, kept: readonly Kept[], wanted: readonly ItemColumn[], size: number): Items {
  const empty = new Float64Array(0);
  const blank = Object.fromEntries(itemColumns.map((column) => [column, empty])) as Record<ItemColumn, Float64Array>;
  const items: Items = { ...blank, product, day: new Int32Array(size), store: new Int32Array(size) };
  for (const column of wanted) items[column] = new Float64Array(size);
  let offset = 0;
  for (const one of kept) {
    const { lists } = one.row;
    take(items.day, lists.days, one, offset);
    for (let index = 0; index < sizeOf(one); index++) items.day[offset + index]! += one.shift;
    take(items.store, lists.stores, one, offset);
    for (const column of wanted) take(items[column], lists[column]!, one, offset);
    offset += sizeOf(one);
  }
  return items;
}

function take(into: Int32Array | Float64Array, values: Numbers, { from, to, at }: Kept, offset: number): void {
  if (!at) into.set(values.subarray(from, to), offset);
  else for (let index = 0; index < at.length; index++) into[offset + index] = values[at[index]!]!;
}
