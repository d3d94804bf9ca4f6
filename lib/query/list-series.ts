import 'server-only';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Series } from '@/lib/packed/read';
import { readBrands, readManufacturers } from './assortment';
import { cellsOf, type Cut } from './cut';
import { allUnder } from './fragments';
import type { Ground } from './plan';

/**
 * The rows by category and brand that make up a cut, of rollups of shoppers: those of whatever brand (0) stand at the node, a
 * brand's at the categories of its products.
 */
export async function listSeries(snapshot: Snapshot, cut: Cut, ground: Ground): Promise<Series[]> {
  const { by } = cut.key;
  const cells = cellsOf(cut).map(({ key, nodes }) => ({ key: by === 'cells' ? key : null, nodes }));
  if (cut.brands === null && by !== 'brand' && by !== 'manufacturer') {
    return cells.flatMap(({ key, nodes }) => nodes.map((node) => ({ key, ids: [node, 0] })));
  }
  const under = cells.map(({ key, nodes }) => ({ key, categories: allUnder(ground.tree)(nodes) }));
  const brands = await readBrands(
    snapshot,
    cut,
    under.flatMap(({ categories }) => categories),
    ground,
  );
  const manufacturerOf = by === 'manufacturer' ? await readManufacturers(snapshot, ground) : null;
  const keyOf = (brand: number): string | null => (by === 'brand' ? String(brand) : (manufacturerOf?.(brand) ?? null));
  return under.flatMap(({ key, categories }) =>
    categories.flatMap((category) =>
      (brands.get(category) ?? []).map((brand) => ({ key: key ?? keyOf(brand), ids: [category, brand] })),
    ),
  );
}
