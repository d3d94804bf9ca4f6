import 'server-only';
import type { ShopperBrands } from '@/lib/analyses/switching';
import { isChosen, type Chosen } from '@/lib/query/chosen';
import type { Ground } from '@/lib/query/plan';
import type { SpendColumn, SpendRow } from '@/lib/query/read-spend';
import type { Study } from './study';

export const others = 'All other brands';

/**
 * What each shopper bought of each brand of the market in both periods: those asked about first, the others by size.
 * `together`: the brands asked about are one, in the first place. Labels are of the `top` first; where there are more, the last
 * label is of all others.
 */
export async function readShopperBrands(
  study: Study,
  column: SpendColumn,
  top: number,
  { together = false } = {},
): Promise<{ rows: ShopperBrands; labels: string[] }> {
  const cut = { ...study.market, key: { by: 'brand' as const } };
  const before = await study.spendRows('Brands by shopper, before', cut, study.before, [column]);
  const after = await study.spendRows('Brands by shopper, now', cut, study.range, [column]);
  const ranked = rank([...before, ...after], column, study.ground.shoppers);
  const isAsked = (brand: string | null): boolean => study.slice.brands !== null && study.isFocus(brand);
  const asked = ranked.filter(isAsked);
  const alone = ranked.filter((brand) => !isAsked(brand));
  const groups = together ? [asked, ...alone.map((brand) => [brand])] : [...asked, ...alone].map((brand) => [brand]);
  const shown = groups.slice(0, top);
  const places = new Map(groups.flatMap((brands, at) => brands.map((brand) => [brand, at] as const)));
  const name = await study.names(cut.key, shown.flat());
  const labels = [
    ...shown.map((brands) => brands.map(name).join(', ')),
    ...(groups.length > shown.length ? [others] : []),
  ];
  const place = (brand: string | null): number => places.get(brand)!;
  return { rows: rowsOf({ before, after }, column, place, groups.length, study.ground), labels };
}

/** Brands by what they sold in both periods, largest first. */
function rank(rows: readonly SpendRow[], column: SpendColumn, chosen: Chosen | null): (string | null)[] {
  const totals = new Map<string | null, number>();
  for (const { key, lists } of rows) {
    const values = lists[column]!;
    let sum = totals.get(key) ?? 0;
    for (let at = 0; at < values.length; at++) if (!chosen || isChosen(chosen, lists.shoppers[at]!)) sum += values[at]!;
    totals.set(key, sum);
  }
  return [...totals.keys()].sort(
    (a, b) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0) || ((a ?? '') < (b ?? '') ? -1 : 1),
  );
}

/** So many cells of shopper and place are added up at once: few enough to stay near the processor. */
const mostCells = 131_072;

/** A row a shopper and place, shopper by shopper: brands that are one are added up, so that nothing flows among them. */
function rowsOf(
  read: Record<'before' | 'after', readonly SpendRow[]>,
  column: SpendColumn,
  place: (key: string | null) => number,
  places: number,
  { shoppers: chosen }: Ground,
): ShopperBrands {
  const all = [...read.before, ...read.after];
  const size = all.reduce((most, { lists }) => Math.max(most, lists.shoppers.at(-1) ?? 0), 0) + 1;
  const entries = all.reduce((sum, { lists }) => sum + lists.shoppers.length, 0);
  const most = Math.min(entries, size * places);
  const rows = {
    shopper: new Int32Array(most),
    brand: new Int32Array(most),
    before: new Float64Array(most),
    after: new Float64Array(most),
  };
  const block = Math.max(1, Math.min(size, Math.floor(mostCells / places)));
  const before = new Float64Array(block * places);
  const after = new Float64Array(block * places);
  const sides = [
    { cells: before, lists: read.before.map((row) => placed(row, column, place)) },
    { cells: after, lists: read.after.map((row) => placed(row, column, place)) },
  ];
  let count = 0;
  for (let first = 0; first < size; first += block) {
    const last = Math.min(first + block, size);
    for (const { cells, lists } of sides) {
      cells.fill(0);
      for (const list of lists) add(cells, list, first, last, places);
    }
    for (let shopper = first, cell = 0; shopper < last; shopper++) {
      if (chosen && !isChosen(chosen, shopper)) {
        cell += places;
        continue;
      }
      for (let brand = 0; brand < places; brand++, cell++) {
        if (before[cell] === 0 && after[cell] === 0) continue;
        rows.shopper[count] = shopper;
        rows.brand[count] = brand;
        rows.before[count] = before[cell]!;
        rows.after[count++] = after[cell]!;
      }
    }
  }
  return {
    shopper: rows.shopper.subarray(0, count),
    brand: rows.brand.subarray(0, count),
    before: rows.before.subarray(0, count),
    after: rows.after.subarray(0, count),
  };
}

/** What shoppers spent at a place, and how far it is added up. */
interface Placed {
  place: number;
  shoppers: ArrayLike<number>;
  values: ArrayLike<number>;
  next: number;
}

const placed = ({ key, lists }: SpendRow, column: SpendColumn, place: (key: string | null) => number): Placed => ({
  place: place(key),
  shoppers: lists.shoppers,
  values: lists[column]!,
  next: 0,
});

/** Adds what those of its shoppers spent who come before the last. */
function add(cells: Float64Array, list: Placed, first: number, last: number, places: number): void {
  const { place, shoppers, values } = list;
  let { next } = list;
  for (; next < shoppers.length; next++) {
    const shopper = shoppers[next]!;
    if (shopper >= last) break;
    cells[(shopper - first) * places + place]! += values[next]!;
  }
  list.next = next;
}
