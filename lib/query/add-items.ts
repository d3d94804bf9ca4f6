import 'server-only';
import type { Snapshot } from '@/lib/db/snapshot';
import { readPacked, type Series } from '@/lib/packed/read';
import { cellsOf, usesPlace, usesProduct, usesStore, type Cut } from './cut';
import { itemLevel } from './item-level';
import { packedFrom, type Ground, type Part } from './plan';
import { listProducts } from './products';
import { indexStores, readStores } from './read-stores';
import { dayIn, firstsIn, periodsBy } from './times';
import type { Totals } from './totals';

/** Adds what stores sold of the cut, by entries of product, store and day. */
export async function addItems(
  snapshot: Snapshot,
  totals: Totals,
  cut: Cut,
  { spans }: Part,
  ground: Ground,
): Promise<void> {
  const byPlace =
    ['region', 'channel', 'store'].includes(cut.key.by) || (cut.key.by === 'attribute' && cut.key.of === 'store');
  const placed = usesPlace(cut) || usesStore(cut);
  const passing = placed ? indexStores(await readStores(snapshot, cut, ground)) : null;
  const columns = ground.columns.filter((column) => column !== 'lines');
  const rows = await readPacked(snapshot, packedFrom(ground), {
    ...{ level: itemLevel, series: await listItems(snapshot, cut, ground), times: firstsIn('month', spans), chunks: 1 },
    columns: ['days', 'stores', ...columns],
  });
  const periodAt = periodsBy(cut, ground.facts);
  const within = dayIn(spans);
  const lines = ground.columns.indexOf('lines');
  const places = columns.map((column) => ground.columns.indexOf(column));
  for (const { series, time, lists } of rows) {
    const days = lists['days']!;
    const stores = lists['stores']!;
    const values = columns.map((column) => lists[column]!);
    for (let entry = 0; entry < days.length; entry++) {
      const day = time + days[entry]! - 1;
      const store = passing ? passing.at(stores[entry]!) : 0;
      if (store < 0 || !within(day)) continue;
      const total = totals.at(byPlace ? passing!.keys[store]! : series.key, periodAt(day));
      total.rowsRead++;
      total.values[lines]! += 1;
      for (let at = 0; at < values.length; at++) total.values[places[at]!]! += values[at]![entry]!;
    }
  }
}

/** Products apart where the cut tells them apart, else each node as a whole. */
async function listItems(snapshot: Snapshot, cut: Cut, ground: Ground): Promise<Series[]> {
  const apart = cut.brands !== null || cut.key.by === 'brand' || cut.key.by === 'manufacturer' || usesProduct(cut);
  if (!apart) {
    const byCell = cut.key.by === 'cells';
    return cellsOf(cut).flatMap(({ key, nodes }) =>
      nodes.map((node) => ({ key: byCell ? key : null, ids: [node, 0] })),
    );
  }
  const products = await listProducts(snapshot, cut, ground);
  return products.map(({ key, category, ids: [product] }) => ({ key, ids: [category, product!] }));
}
