import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Series } from '@/lib/packed/read';
import { readManufacturers, readProducts } from './assortment';
import { cellsOf, type Cut } from './cut';
import { allUnder, attributesMatch, oneOf, name } from './fragments';
import type { Ground } from './plan';

/** A product of the cut; `ids` is its own alone. */
export interface ProductSeries extends Series {
  category: number;
}

/** The products that pass the cut, with their rows in it. */
export async function listProducts(snapshot: Snapshot, cut: Cut, ground: Ground): Promise<ProductSeries[]> {
  const { key: by } = cut;
  const cells = cellsOf(cut).map(({ key, nodes }) => ({ key, categories: allUnder(ground.tree)(nodes) }));
  const categories = [...new Set(cells.flatMap((cell) => cell.categories))];
  const attributed =
    cut.attributes.some(({ of }) => of === 'product') || (by.by === 'attribute' && by.of === 'product');
  const tagged = attributed ? await readTagged(snapshot, cut, categories, ground) : null;
  const manufacturerOf = by.by === 'manufacturer' ? await readManufacturers(snapshot, ground) : null;
  const brands = cut.brands && new Set(cut.brands);
  const products = cut.products && new Set(cut.products);
  const found = new Map(
    (await readProducts(snapshot, categories, ground)).map((one) => [
      one.category,
      Array.from(one.ids, (id, at) => ({ id, brand: one.brands[at]! })).filter(
        ({ id, brand }) => (brands?.has(brand) ?? true) && (products?.has(id) ?? true) && (tagged?.has(id) ?? true),
      ),
    ]),
  );
  const keyOf = ({ id, brand }: { id: number; brand: number }): string | null => {
    if (by.by === 'product') return String(id);
    if (by.by === 'brand') return String(brand);
    if (by.by === 'manufacturer') return manufacturerOf!(brand);
    return by.by === 'attribute' ? (tagged?.get(id) ?? null) : null;
  };
  return cells.flatMap((cell) =>
    cell.categories.flatMap((category) =>
      (found.get(category) ?? []).map((product) => ({
        key: by.by === 'cells' ? cell.key : keyOf(product),
        ids: [product.id],
        category,
      })),
    ),
  );
}

/** Products whose attributes pass, each with the value of the one that rows are broken down by. */
async function readTagged(
  snapshot: Snapshot,
  cut: Cut,
  categories: readonly number[],
  { facts }: Ground,
): Promise<Map<number, string | null>> {
  const value =
    cut.key.by === 'attribute' && cut.key.of === 'product' ? sql.sql`p.attributes ->> ${cut.key.name}` : name('NULL');
  const rows = await snapshot.$queryRaw<{ id: number; value: string | null }[]>(sql.sql`
    SELECT p.id, ${value} AS value FROM product p
    WHERE p.workspace_id = ${facts.workspaceId}::int AND p.category_id = ANY(${[...categories]}::int[])
      ${oneOf(name('p.id'), cut.products)} ${oneOf(name('p.brand_id'), cut.brands)} ${attributesMatch('p', 'product', cut)}`);
  return new Map(rows.map((row) => [row.id, row.value]));
}
