import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { QuerySpec } from '@/lib/contract/query';
import type { Snapshot } from '@/lib/db/snapshot';
import { metricOf, type Need } from '@/lib/metrics/catalog';
import { comparisonRange, periodsOf, type Range } from '@/lib/metrics/periods';
import { checkAttributes, checkIds } from './check';
import type { Cut, Owner } from './cut';
import { readFacts, type Facts } from './facts';
import { readOrder, type Order } from './order';
import { attributeKey, readSlice } from './slice';
import { readTree, type Tree } from './tree';

/** A query whose every name, date and default is settled. */
export interface Resolved {
  spec: QuerySpec;
  facts: Facts;
  tree: Tree;
  range: Range;
  before: Range | null;
  slice: Cut;
  market: 'slice' | 'sold' | number[];
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
  checkShape(spec);
  const order = readOrder(spec);
  const facts = await readFacts(snapshot, workspaceId, needs.includes('promotion'));
  const tree = await readTree(snapshot, workspaceId);
  await checkIds(snapshot, workspaceId, spec);
  await checkAttributes(snapshot, workspaceId, attributesOf(spec));
  if (facts.grain === 'week' && spec.grain === 'day') {
    throw new ApiError('unprocessable', 'The data is weekly, so it cannot be shown by day.', [
      { field: 'grain', message: 'must be week, month, quarter or year' },
    ]);
  }
  const range = { from: spec.from, to: spec.to };
  return {
    spec,
    facts,
    tree,
    range,
    before: comparisonRange(range, spec.compare),
    slice: await readSlice(snapshot, workspaceId, spec, tree),
    market: Array.isArray(spec.market) ? tree.tops(spec.market) : (spec.market ?? defaultMarket(spec)),
    order,
  };
}

/** A brand competes where it sells; what is cut by category already has its market. */
function defaultMarket({ filters, by }: QuerySpec): 'slice' | 'sold' {
  const ofMembers = by === 'brand' || by === 'manufacturer' || by === 'product';
  const filtered = [filters, filters.exclude].some((lists) => lists?.brand ?? lists?.manufacturer ?? lists?.product);
  return (ofMembers || filtered) && !filters.category ? 'sold' : 'slice';
}

function checkShape(spec: QuerySpec): void {
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
  if (spec.grain) {
    const rows = periodsOf(spec.grain, spec).length * (spec.by ? spec.limit : 1);
    if (rows > MAX_ROWS) {
      throw invalid(
        'grain',
        `gives up to ${rows} rows, of at most ${MAX_ROWS}: take a coarser grain, fewer dates or a lower limit`,
      );
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
