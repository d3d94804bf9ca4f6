import 'server-only';
import type { Study } from '@/lib/study/study';
import { Lacking, plain, type Brand, type Compared, type Look, type Proof } from './look';
import { sold } from './sales';

/** %ACV by product of a brand: what its stores sell of all, of what all stores sell. Counted on the lines by plain sums. */
async function productsOnLines(
  study: Study,
  brands: Brand[],
): Promise<{ brand: number; product: string; weight: number }[]> {
  const stores = await sold(study, 'store');
  stores.delete(null);
  const weights = [...stores.values()].map(Number);
  if (weights.some((weight) => weight < 0))
    throw new Lacking('A store took back more than it sold, so that brands may weigh less than their products.');
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const cut = { ...study.market, brands: brands.map(({ id }) => id) };
  const items = await study.items('Products by store', cut, study.range, ['purchases']);
  const known = await study.products(items.map(({ product }) => product));
  const name = await study.names(
    { by: 'product' },
    items.map(({ product }) => String(product)),
  );
  return items.flatMap(({ product, store, purchases }) => {
    const { brand = 0, unspecified = true } = known.get(product) ?? {};
    if (unspecified || all === 0) return [];
    const selling = new Set([...store].filter((_, at) => (purchases[at] ?? 0) > 0));
    const weight = [...selling].reduce((sum, one) => sum + Number(stores.get(String(one)) ?? 0), 0);
    return [{ brand, product: name(String(product)), weight: (100 * weight) / all }];
  });
}

/** A brand's %ACV from the rollups is at least that of each of its products on the lines. */
async function weighted(look: Look): Promise<Compared[]> {
  const brands = await look.largest();
  const lines = await look.read((study) => productsOnLines(study, brands), { lines: true });
  const compared: Compared[] = [];
  for (const { id, name } of brands) {
    const { tables } = await look.study({ analysis: 'distribution', filters: { brand: [id] } });
    const [table] = tables;
    const at = (table?.columns ?? []).findIndex((column) => column.id === 'weighted');
    const kept = table?.rows[0]?.[at] ?? null;
    for (const { product, weight } of lines.filter(({ brand }) => brand === id)) {
      const holds = weight === 0 || (kept !== null && Number(kept) >= weight - 1e-9);
      const fault = `%ACV of the brand ${kept === null ? 'n/a' : plain(Number(kept))} from the rollups, of the product ${plain(weight)} on the lines`;
      compared.push({ slice: look.slice(`brand ${name}, product ${product}`), fault: holds ? null : fault });
    }
  }
  return compared;
}

export const distributionProofs: Proof[] = [
  { name: 'weighted distribution of a brand ≥ of each of its products', compare: weighted },
];
