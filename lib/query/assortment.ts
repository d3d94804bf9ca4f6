import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { listedLevel } from '@/lib/packed/levels';
import { readPacked, type Series } from '@/lib/packed/read';
import type { Cut } from './cut';
import { packedFrom, type Ground } from './plan';

// Which products and brands hang in which category, and whose brands they are: kept as rollups' rows are.

const products = listedLevel('product', {
  from: 'product r',
  keys: { category_id: 'r.category_id' },
  of: sql.empty,
  order: 'r.id',
  lists: { ids: 'r.id', brands: 'r.brand_id' },
});
const brands = listedLevel('brand', {
  from: 'brand r',
  keys: {},
  of: sql.empty,
  order: 'r.id',
  lists: { ids: 'r.id', manufacturers: 'coalesce(r.manufacturer_id, 0)' },
});

interface Category extends Series {
  category: number;
}

/** The products of each category, with their brands. */
export async function readProducts(
  snapshot: Snapshot,
  categories: readonly number[],
  ground: Ground,
): Promise<{ category: number; ids: ArrayLike<number>; brands: ArrayLike<number> }[]> {
  const series = categories.map((category): Category => ({ key: null, ids: [category], category }));
  const asked = { level: products, series, times: [0], chunks: 1, columns: ['ids', 'brands'] };
  const rows = await readPacked(snapshot, packedFrom(ground), asked);
  return rows.map(({ series: { category }, lists }) => ({ category, ids: lists['ids']!, brands: lists['brands']! }));
}

/** The brands with a product in each category, of those that the cut is filtered to. */
export async function readBrands(
  snapshot: Snapshot,
  cut: Cut,
  categories: readonly number[],
  ground: Ground,
): Promise<Map<number, number[]>> {
  const passes = cut.brands && new Set(cut.brands);
  const found = await readProducts(snapshot, [...new Set(categories)], ground);
  return new Map(
    found.map((one) => [
      one.category,
      [...new Set(Array.from(one.brands))].filter((brand) => passes?.has(brand) ?? true),
    ]),
  );
}

/** The manufacturer of a brand as a key; null where it has none. */
export async function readManufacturers(snapshot: Snapshot, ground: Ground): Promise<(brand: number) => string | null> {
  const asked = {
    level: brands,
    series: [{ key: null, ids: [] }],
    times: [0],
    chunks: 1,
    columns: ['ids', 'manufacturers'],
  };
  const [row] = await readPacked(snapshot, packedFrom(ground), asked);
  const { ids = [], manufacturers = [] } = (row?.lists ?? {}) as Record<string, ArrayLike<number>>;
  const known = new Map(Array.from(ids, (brand, at) => [brand, manufacturers[at]!]));
  return (brand) => (known.get(brand) ? String(known.get(brand)) : null);
}
