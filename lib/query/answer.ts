import 'server-only';
import type { MetricMeta, QueryResponse } from '@/lib/contract/query';
import type { Snapshot } from '@/lib/db/snapshot';
import { metricOf, type Leaf, type MetricId } from '@/lib/metrics/catalog';
import { noLeaves, usesVolume, volumeUnit, type Leaves } from '@/lib/metrics/compute';
import { leavesOf } from '@/lib/metrics/metric';
import { whyUnavailable } from './availability';
import { narrow, type Cut } from './cut';
import { columnsOf, explain } from './explain';
import { readGround } from './ground';
import { Gathering, type Gathered, type Gatherer } from './gather';
import { gatherGroups } from './gather-groups';
import { namesOf, readNames, type Named } from './names';
import { notesOn } from './notes';
import { compareRows, readCursor, writeCursor } from './order';
import { Reader } from './read';
import { resolve, type Resolved } from './resolve';
import { buildRow, type RowFrame } from './row';
import { scopesOf, totalScopes } from './scopes';
import { readSold, type Sold } from './sold';
import type { QuerySpec } from '@/lib/contract/query';

export interface QueryOptions {
  /** Reads every leaf from the lines: what the rollups are compared with. */
  forceLines?: boolean;
  /** Reads the rollups as they are now, not as they were read before. */
  fresh?: boolean;
}

interface Page {
  rows: Gathered[];
  names: Map<string | null, Named>;
  rowCount: number;
  next: number | null;
}

export async function answer(
  snapshot: Snapshot,
  workspaceId: number,
  spec: QuerySpec,
  options: QueryOptions,
): Promise<QueryResponse> {
  const resolved = await resolve(snapshot, workspaceId, spec);
  const { facts, tree, slice, market } = resolved;
  const { ground, chosen } = await readGround(snapshot, resolved, {
    forceLines: options.forceLines ?? false,
    fresh: options.fresh ?? false,
    columns: columnsOf(spec.metrics),
  });
  const reader = new Reader(snapshot, ground);
  const unavailable = new Map<MetricId, string>();
  for (const id of spec.metrics) {
    const why = whyUnavailable(id, resolved);
    if (why) unavailable.set(id, why);
  }
  const metrics = spec.metrics.filter((id) => !unavailable.has(id));
  const sold =
    market === 'sold' && needsMarket(metrics, resolved)
      ? await readSold(snapshot, slice, resolved.range, resolved.before, reader.ground)
      : null;

  const totals = new Gathering(reader, resolved, totalScopes(slice, market, sold, tree));
  totals.need(metrics);
  const { rows: page, gathering } = await readPage(snapshot, reader, resolved, sold, metrics, unavailable);
  const totalRows = totals.rows().sort(byPeriod);
  for (const id of metrics) {
    const why = whyNoVolume(id, totalRows);
    if (why) unavailable.set(id, why);
  }
  const frame: RowFrame = { resolved, metrics: spec.metrics, unavailable, incomplete: new Map() };
  const { marketNodes } = gathering;
  const rows = page.rows.map((row) => {
    const built = buildRow(frame, row, spec.by ? (page.names.get(row.key) ?? null) : null);
    if (marketNodes && sold) built.market = namesOf(marketNodes(row.key), tree);
    return built;
  });
  const built = totalRows.map((row) => buildRow(frame, row, null));
  return {
    rows,
    totals: built,
    nextCursor: page.next === null ? null : writeCursor(facts.dataVersion, page.next),
    rowCount: page.rowCount,
    meta: {
      dataVersion: facts.dataVersion,
      newestDate: facts.data?.to ?? null,
      currency: facts.currency,
      currencyScale: facts.currencyScale,
      calendar: facts.calendar,
      range: resolved.range,
      compareRange: resolved.before,
      ...(resolved.toDate && { toDate: resolved.toDate }),
      ...sliceTold(resolved),
      market: marketName(resolved, sold, gathering),
      lowBase: facts.lowBase,
      ...(chosen && { shoppers: chosen }),
      metrics: Object.fromEntries(
        spec.metrics.map((id): [MetricId, MetricMeta] => {
          const reason = unavailable.get(id);
          if (reason) return [id, { state: 'unavailable', reason }];
          const [whole] = spec.grain ? [] : totalRows;
          return [
            id,
            explain({
              id,
              done: [...new Set([...totals.sources(id), ...gathering.sources(id)])],
              total: addUp(totalRows),
              now: whole?.now ?? null,
              before: whole?.before ?? null,
              notes: notesOn(id, [...rows, ...built], resolved),
            }),
          ];
        }),
      ),
    },
  };
}

const sideOf = { value: 'values', change: 'change', contribution: 'contribution' } as const;

const byPeriod = (a: Gathered, b: Gathered): number => ((a.period ?? '') < (b.period ?? '') ? -1 : 1);

/** The market itself, or what is set beside it. */
const isOfMarket = (leaf: Leaf): boolean => leaf.scope === 'market' || 'requirements' in leaf || 'shelf' in leaf;

function needsMarket(metrics: readonly MetricId[], { before }: Resolved): boolean {
  const shares = metrics.some((id) => leavesOf(metricOf(id)).some(isOfMarket));
  return shares || before !== null;
}

/**
 * Members are ordered over the whole range. Under a grain that takes a reading of its own, for the metric sorted by;
 * periods are then read for the members of the page alone. A page counts members, and brings all their periods.
 */
async function readPage(
  snapshot: Snapshot,
  reader: Reader,
  resolved: Resolved,
  sold: Sold | null,
  metrics: readonly MetricId[],
  unavailable: ReadonlyMap<MetricId, string>,
): Promise<{ rows: Page; gathering: Gatherer }> {
  const { slice, market, tree, order, spec, facts } = resolved;
  const gather = async (cut: Cut): Promise<Gatherer> =>
    cut.key.by === 'group'
      ? gatherGroups(snapshot, reader, resolved, cut, cut.key)
      : new Gathering(reader, resolved, scopesOf(cut, market, sold, tree));
  const grouped = spec.by !== undefined && spec.grain !== undefined;
  const sorted = order.by === 'name' ? [] : [order.metric].filter((id) => !unavailable.has(id));
  const ranked = await gather(spec.by ? { ...slice, grain: null } : slice);
  ranked.need(grouped ? sorted : metrics);
  await reader.run();
  const rows = ranked.rows();
  if (!spec.by) {
    return {
      rows: { rows: rows.sort(byPeriod), names: new Map(), rowCount: rows.length, next: null },
      gathering: ranked,
    };
  }
  const keys = rows.map((row) => row.key);
  const names = await readNames(snapshot, facts.workspaceId, slice, tree, keys);
  const wanted = spec.search?.toLocaleLowerCase('en') ?? '';
  const frame: RowFrame = {
    resolved: { ...resolved, spec: { ...spec, grain: undefined } as QuerySpec },
    metrics: sorted,
    unavailable,
    incomplete: new Map(),
  };
  const all = rows
    .map((row) => {
      const named = names.get(row.key) ?? { id: null, name: '' };
      const built = buildRow(frame, row, null);
      return {
        row,
        name: named.name,
        id: named.id,
        value: order.by === 'name' ? null : (built[sideOf[order.by]]?.[order.metric] ?? null),
      };
    })
    .filter(({ name }) => name.toLocaleLowerCase('en').includes(wanted))
    .sort(compareRows(order));
  const offset = readCursor(spec.cursor, facts.dataVersion);
  const page = all.slice(offset, offset + spec.limit).map(({ row }) => row);
  const next = offset + spec.limit < all.length ? offset + spec.limit : null;
  if (!grouped) return { rows: { rows: page, names, rowCount: all.length, next }, gathering: ranked };

  const place = new Map(page.map((row, index) => [row.key, index]));
  const gathering = await gather(narrow(slice, [...place.keys()]));
  gathering.need(metrics);
  await reader.run();
  const timed = gathering
    .rows()
    .filter((row) => place.has(row.key))
    .sort((a, b) => (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0) || byPeriod(a, b));
  return { rows: { rows: timed, names, rowCount: all.length, next }, gathering };
}

function whyNoVolume(id: MetricId, totals: readonly Gathered[]): string | null {
  if (!leavesOf(metricOf(id)).some(usesVolume)) return null;
  const slices = totals.flatMap((row) => [row.now.slice, row.before?.slice ?? null]).filter((one) => one !== null);
  if (slices.some((leaves) => volumeUnit(leaves) === 'mixed'))
    return 'Kilograms and litres occur together in this slice.';
  const sold = slices.some((leaves) => leaves.sums.lines > 0);
  return sold && slices.every((leaves) => leaves.sums.sizedUnits === 0)
    ? 'No product of this slice has a pack size in kg or l.'
    : null;
}

function addUp(rows: readonly Gathered[]): Leaves | null {
  const slices = rows.map((row) => row.now.slice).filter((one) => one !== null);
  if (slices.length === 0) return null;
  const names = Object.keys(noLeaves.sums) as (keyof Leaves['sums'])[];
  const sums = Object.fromEntries(names.map((name) => [name, slices.reduce((sum, one) => sum + one.sums[name], 0)]));
  return { ...noLeaves, sums: sums as Leaves['sums'] };
}

/** The slice by its filters: stores that are kept the same stand in them, as far as a list may be so long. */
function sliceTold({ spec, slice, sameStores }: Resolved): Pick<QueryResponse['meta'], 'slice' | 'sameStores'> {
  const { filters, by, grain, compare, market } = spec;
  const asked = { by, grain, compare, market };
  if (!sameStores) return { slice: { filters, ...asked } };
  const kept = slice.stores ?? [];
  const told =
    kept.length > 0 && kept.length <= 500 ? { slice: { filters: { ...filters, store: kept }, ...asked } } : {};
  return { ...told, sameStores: { kept: kept.length, of: sameStores.of } };
}

function marketName(resolved: Resolved, sold: Sold | null, { marketNodes }: Gatherer): string | null {
  const { market, slice, spec } = resolved;
  if (typeof market === 'object' && !Array.isArray(market)) return market.name;
  if (marketNodes && sold && spec.by !== 'category') return `The categories each ${spec.by} sold in`;
  if (marketNodes && spec.by === 'category') return 'Each category';
  if (Array.isArray(market)) return namesOf(market, resolved.tree);
  return namesOf(sold?.together ?? slice.nodes, resolved.tree);
}
