import 'server-only';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Range } from '@/lib/metrics/periods';
import { listedLevel, ofTime } from '@/lib/packed/levels';
import { readPacked, type Level, type PackedRow, type Series } from '@/lib/packed/read';
import { productLevels, salesLevels, tripColumns } from '@/lib/rollups/levels';
import { readBrands, readManufacturers } from './assortment';
import { cellsOf, type Cut } from './cut';
import { allUnder } from './fragments';
import { addItems } from './add-items';
import { membersIn } from './members';
import { packedFrom, type Ground, type Part } from './plan';
import { listProducts } from './products';
import { dayIn, firstsIn, periodsBy } from './times';
import { integers, integersOf, type Total, type Totals } from './totals';

// Rows of sums, kept in memory a month of days or a year of months at a time.

type SumTable = (typeof salesLevels)[number]['table'] | (typeof productLevels)[number]['table'];
interface SumLevel {
  level: Level;
  /** What one row of lists holds. */
  block: 'month' | 'year';
  place: boolean;
}

const blockOf = (grain: 'day' | 'month') => (grain === 'day' ? 'month' : 'year');
const sinceEpoch = (time: string): string => `r.${time} - DATE '1970-01-01'`;

const levels = new Map<string, SumLevel>([
  ...salesLevels.map(({ table, time, grain, place }): [string, SumLevel] => [
    table,
    {
      level: listedLevel(table, {
        from: `${table} r`,
        keys: { category_id: 'r.category_id', member_kind: 'r.member_kind', member_id: 'r.member_id' },
        of: ofTime(time, blockOf(grain)),
        order: place ? `r.${time}, r.region_id, r.channel_id` : `r.${time}`,
        lists: {
          ...integers,
          times: sinceEpoch(time),
          ...(place && { regions: 'r.region_id', channels: 'r.channel_id' }),
        },
      }),
      block: blockOf(grain),
      place,
    },
  ]),
  ...productLevels.map(({ table, time, grain }): [string, SumLevel] => [
    table,
    {
      level: listedLevel(table, {
        from: `${table} r`,
        keys: { product_id: 'r.product_id' },
        of: ofTime(time, blockOf(grain)),
        order: `r.${time}`,
        lists: { ...integers, times: sinceEpoch(time) },
      }),
      block: blockOf(grain),
      place: false,
    },
  ]),
]);

const hasRows = (source: string): source is SumTable => levels.has(source);

/** What rows and entries in memory add up to; lines, and what chosen shoppers spent, take a statement. */
export const holdsSums = (source: string): boolean => hasRows(source) || source === 'item_month';

/** Rows of some members of a level in the spans, by the names of integers. */
export function readSumRows<Of extends Series>(
  snapshot: Snapshot,
  table: SumTable,
  series: readonly Of[],
  spans: readonly Range[],
  columns: readonly string[],
  ground: Ground,
): Promise<PackedRow<Of>[]> {
  const { level, block, place } = levels.get(table)!;
  const asked = [...columns, 'times', ...(place ? ['regions', 'channels'] : [])];
  return readPacked(snapshot, packedFrom(ground), {
    ...{ level, series, times: firstsIn(block, spans), chunks: 1 },
    columns: asked,
  });
}

/** Adds what the part holds of the cut. */
export async function addSums(
  snapshot: Snapshot,
  totals: Totals,
  cut: Cut,
  part: Part,
  trips: boolean,
  ground: Ground,
): Promise<void> {
  const { source, spans } = part;
  if (source === 'item_month') return addItems(snapshot, totals, cut, part, ground);
  if (!hasRows(source)) throw new Error(`${source} holds no sums`);
  const sums = integersOf(ground.columns);
  const columns = trips ? [...sums, ...tripColumns] : sums;
  const series = await (source.startsWith('sales_product')
    ? listProducts(snapshot, cut, ground)
    : listMembers(snapshot, cut, source, ground));
  const rows = await readSumRows(snapshot, source, series, spans, columns, ground);
  const periodAt = periodsBy(cut, ground.facts);
  const within = dayIn(spans);
  const regions = cut.regions && new Set(cut.regions);
  const channels = cut.channels && new Set(cut.channels);
  const { by } = cut.key;
  for (const { series: one, lists } of rows) {
    const times = lists['times']!;
    const places = { region: lists['regions'], channel: lists['channels'] };
    const byPlace = by === 'region' || by === 'channel' ? places[by] : undefined;
    const values = columns.map((column) => lists[column]!);
    let total: Total | undefined;
    for (let row = 0; row < times.length; row++) {
      const time = times[row]!;
      if (!within(time)) continue;
      if (regions && !regions.has(places.region![row]!)) continue;
      if (channels && !channels.has(places.channel![row]!)) continue;
      const key = byPlace ? (byPlace[row] ? String(byPlace[row]) : null) : one.key;
      const period = periodAt(time);
      // Rows of a period mostly come one after another.
      if (total?.key !== key || total.period !== period) total = totals.at(key, period);
      total.rowsRead++;
      for (let at = 0; at < values.length; at++) total.values[at]! += values[at]![row]!;
    }
  }
}

/** The members whose rows make up the cut, each at its nodes. */
async function listMembers(snapshot: Snapshot, cut: Cut, source: SumTable, ground: Ground): Promise<Series[]> {
  const { kind, ids, group } = membersIn(cut, source as (typeof salesLevels)[number]['table'], ground);
  const cells = cellsOf(cut);
  const byCell = cut.key.by === 'cells';
  const manufacturerOf =
    kind !== 0 && (group === 'manufacturer' || ids === null) ? await readManufacturers(snapshot, ground) : null;
  const keyOf = (member: number): string | null => {
    if (group === null) return null;
    return group === 'manufacturer' && kind === 2 ? manufacturerOf!(member) : String(member);
  };
  const sold =
    kind !== 0 && ids === null
      ? await readBrands(
          snapshot,
          { ...cut, brands: null },
          allUnder(ground.tree)(cells.flatMap(({ nodes }) => nodes)),
          ground,
        )
      : null;
  const membersAt = (node: number): readonly number[] => {
    if (kind === 0) return [0];
    if (ids) return ids;
    const brands = new Set(ground.tree.under(node).flatMap((category) => sold!.get(category) ?? []));
    if (kind === 2) return [...brands];
    return [...new Set([...brands].map((brand) => Number(manufacturerOf!(brand) ?? 0)))];
  };
  return cells.flatMap(({ key, nodes }) =>
    nodes.flatMap((node) =>
      membersAt(node).map((member) => ({ key: byCell ? key : keyOf(member), ids: [node, kind, member] })),
    ),
  );
}
