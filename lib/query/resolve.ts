import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { QuerySpec } from '@/lib/contract/query';
import type { Snapshot } from '@/lib/db/snapshot';
import { metricOf, type Need } from '@/lib/metrics/catalog';
import { isRetail } from '@/lib/metrics/calendar';
import { comparisonRange } from '@/lib/metrics/comparison';
import { periodsOf, type Range } from '@/lib/metrics/periods';
import { checkAttributes, checkIds, listsOf } from './check';
import type { Cut, Owner } from './cut';
import { heldBy, type Facts } from './facts';
import { readGroups } from './groups';
import { readOrder, type Order } from './order';
import { keepSame, readSameStores, type SameStores } from './same-stores';
import type { MarketMode } from './scopes';
import { attributeKey, readSlice } from './slice';
import { readStanding } from './standing';
import type { Tree } from './tree';

/** A query whose every name, date and default is settled. */
export interface Resolved {
  spec: QuerySpec;
  facts: Facts;
  tree: Tree;
  range: Range;
  before: Range | null;
  /** The newest date, where the range is not over then and is compared with as much of the earlier dates. */
  toDate: string | null;
  /** The stores that all of it runs over, where they are to be the same in both periods. */
  sameStores: SameStores | null;
  slice: Cut;
  market: MarketMode;
  order: Order;
}

const MAX_ROWS = 20_000;
const calendar: Range = { from: '1900-01-01', to: '2299-12-31' };

const invalid = (field: string, message: string): ApiError =>
  new ApiError('invalid_request', `The query's ${field} is wrong.`, [{ field, message }]);

export async function resolve(
  snapshot: Snapshot,
  workspaceId: number,
  spec: QuerySpec,
  needs: readonly Need[] = spec.metrics.flatMap((id) => metricOf(id).needs),
): Promise<Resolved> {
  checkDates(spec);
  const order = readOrder(spec);
  const standing = await readStanding(snapshot, workspaceId, needs.includes('promotion') || !!spec.filters.promotion);
  const { facts, tree } = standing;
  checkGrain(spec, facts);
  await checkIds(snapshot, workspaceId, listsOf(spec), Array.isArray(spec.market) ? spec.market : [], standing.ids);
  await checkAttributes(snapshot, workspaceId, attributesOf(spec));
  const range = { from: spec.from, to: spec.to };
  const before = readBefore(spec, range, facts);
  const toDate = readToDate(spec, range, facts);
  const sameStores = await readSameStores(snapshot, { spec, facts, range, before, toDate });
  const asked = await readSlice(snapshot, workspaceId, spec, tree);
  const slice = { ...asked, stores: keepSame(asked.stores, sameStores) };
  return {
    spec,
    facts,
    tree,
    range,
    before,
    toDate,
    sameStores,
    slice,
    market: await readMarket(snapshot, workspaceId, spec, slice, tree),
    order,
  };
}

/** A brand competes where it sells; what is cut by category already has its market. */
function defaultMarket({ filters, by }: QuerySpec, slice: Cut): 'slice' | 'sold' {
  const ofMembers = by === 'brand' || by === 'manufacturer' || by === 'product' || by === 'group';
  const filtered = slice.brands !== null || slice.products !== null;
  return (ofMembers || filtered) && !filters.category ? 'sold' : 'slice';
}

async function readMarket(
  snapshot: Snapshot,
  workspaceId: number,
  spec: QuerySpec,
  slice: Cut,
  tree: Tree,
): Promise<MarketMode> {
  const { market = defaultMarket(spec, slice) } = spec;
  if (typeof market === 'string') return market;
  if (Array.isArray(market)) return tree.tops(market);
  const [group] = await readGroups(snapshot, workspaceId, tree, 'brand', [market.group]);
  const { name, kind, ids } = group ?? { name: '', kind: 'brand', ids: [] };
  return { name, brands: kind === 'brand' ? ids : null, products: kind === 'product' ? ids : null };
}

function checkDates(spec: QuerySpec): void {
  const dates: [string, string][] = [
    ['from', spec.from],
    ['to', spec.to],
  ];
  if (typeof spec.compare === 'object') {
    dates.push(['compare.from', spec.compare.from], ['compare.to', spec.compare.to]);
    if (spec.compare.from > spec.compare.to) throw invalid('compare.to', 'must not be before compare.from');
  }
  for (const [field, date] of dates) {
    if (date < calendar.from || date > calendar.to) {
      throw invalid(field, `must be from ${calendar.from} to ${calendar.to}`);
    }
  }
  for (const [field, attributes] of [
    ['filters.attributes', spec.filters.attributes],
    ['filters.exclude.attributes', spec.filters.exclude?.attributes],
  ] as const) {
    const texts = (attributes ?? []).flatMap((one) => [one.name, ...one.values]);
    if (texts.some((text) => text.includes('\0'))) throw invalid(field, 'must hold no NUL character');
  }
  if (spec.by?.includes('\0')) throw invalid('by', 'must hold no NUL character');
}

function checkGrain({ grain, by, limit, from, to }: QuerySpec, { grain: finest, calendar }: Facts): void {
  if (!grain) return;
  if (finest === 'week' && grain === 'day') {
    throw new ApiError('unprocessable', 'The data is weekly, so it cannot be shown by day.', [
      { field: 'grain', message: 'must be week, month, quarter or year' },
    ]);
  }
  if (isRetail(grain) && !calendar.retail) {
    throw new ApiError('unprocessable', 'The workspace has no retail calendar; an admin can set one.', [
      { field: 'grain', message: 'must be day, week, month, quarter or year' },
    ]);
  }
  const rows = periodsOf(grain, { from, to }, calendar).length * (by ? limit : 1);
  if (rows <= MAX_ROWS) return;
  throw invalid(
    'grain',
    `gives up to ${rows.toLocaleString('en')} rows, of at most ${MAX_ROWS.toLocaleString('en')}: take a coarser grain, fewer dates or a lower limit`,
  );
}

function readBefore({ compare }: QuerySpec, range: Range, facts: Facts): Range | null {
  const before = comparisonRange(range, compare, facts.calendar, heldBy(facts)?.to ?? null);
  if (compare !== 'previous_to_date' || before) return before;
  throw invalid('compare', 'previous_to_date needs dates that begin a week, month, quarter or year, and end within it');
}

function readToDate({ compare }: QuerySpec, { from, to }: Range, facts: Facts): string | null {
  const newest = heldBy(facts)?.to;
  if (typeof compare === 'object' || compare === 'none' || newest === undefined) return null;
  return newest >= from && newest < to ? newest : null;
}

function attributesOf(spec: QuerySpec): { field: string; of: Owner; name: string }[] {
  const { attributes = [], exclude } = spec.filters;
  const filtered = [
    ...attributes.map((filter, index) => ({ ...filter, field: `filters.attributes.${index}.name` })),
    ...(exclude?.attributes ?? []).map((filter, index) => ({
      ...filter,
      field: `filters.exclude.attributes.${index}.name`,
    })),
  ];
  const key = spec.by && attributeKey(spec.by);
  return key ? [...filtered, { field: 'by', of: key.of, name: key.name }] : filtered;
}
