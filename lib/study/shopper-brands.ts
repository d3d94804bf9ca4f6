import 'server-only';
import type { ShopperBrands } from '@/lib/analyses/switching';
import type { Spend, SpendColumn } from '@/lib/query/read-spend';
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
  const before = await study.spend('Brands by shopper, before', cut, study.before, [column]);
  const after = await study.spend('Brands by shopper, now', cut, study.range, [column]);
  const ranked = rank([...before, ...after], column);
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
  return { rows: rowsOf(before, after, column, place, groups.length), labels };
}

/** Brands by what they sold in both periods, largest first. */
function rank(spends: readonly Spend[], column: SpendColumn): (string | null)[] {
  const totals = new Map<string | null, number>();
  for (const spend of spends) {
    const sum = spend[column].reduce((all, one) => all + one, 0);
    totals.set(spend.key, (totals.get(spend.key) ?? 0) + sum);
  }
  return [...totals.keys()].sort((a, b) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0));
}

/** A row a shopper and place: brands that are one are added up, so that nothing flows among them. */
function rowsOf(
  before: readonly Spend[],
  after: readonly Spend[],
  column: SpendColumn,
  place: (key: string | null) => number,
  places: number,
): ShopperBrands {
  const all = [...before, ...after];
  const entries = all.reduce((sum, { shoppers }) => sum + shoppers.length, 0);
  const size = all.reduce((most, { shoppers }) => Math.max(most, shoppers.at(-1) ?? 0), 0) + 1;
  const rows = {
    shopper: new Int32Array(entries),
    brand: new Int32Array(entries),
    before: new Float64Array(entries),
    after: new Float64Array(entries),
  };
  const spent = { before: new Float64Array(size), after: new Float64Array(size) };
  const met = new Uint8Array(size);
  let count = 0;
  for (let brand = 0; brand < places; brand++) {
    const first = count;
    for (const [period, spends] of [
      ['before', before],
      ['after', after],
    ] as const) {
      for (const spend of spends.filter(({ key }) => place(key) === brand)) {
        for (let at = 0; at < spend.shoppers.length; at++) {
          const shopper = spend.shoppers[at]!;
          spent[period][shopper]! += spend[column][at]!;
          if (met[shopper] === 1) continue;
          met[shopper] = 1;
          rows.shopper[count++] = shopper;
        }
      }
    }
    for (let row = first; row < count; row++) {
      const shopper = rows.shopper[row]!;
      rows.brand[row] = brand;
      for (const period of ['before', 'after'] as const) {
        rows[period][row] = spent[period][shopper]!;
        spent[period][shopper] = 0;
      }
      met[shopper] = 0;
    }
  }
  return {
    shopper: rows.shopper.subarray(0, count),
    brand: rows.brand.subarray(0, count),
    before: rows.before.subarray(0, count),
    after: rows.after.subarray(0, count),
  };
}
