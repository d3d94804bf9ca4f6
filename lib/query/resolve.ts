import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Dimension, QuerySpec } from '@/lib/contract/query';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { metricOf, type Need } from '@/lib/metrics/catalog';
import { comparisonRange, periodsOf, type Range } from '@/lib/metrics/periods';
import { checkAttributes, checkIds } from './check';
import type { Cut, Key, Owner } from './cut';
import { readFacts, type Facts } from './facts';
import { readOrder, type Order } from './order';
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
  const filtered = filters.brand ?? filters.manufacturer ?? filters.product;
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
  const texts = (spec.filters.attributes ?? []).flatMap((one) => [one.name, ...one.values]);
  if (texts.some((text) => text.includes('\0'))) throw invalid('filters.attributes', 'must hold no NUL character');
  if (spec.by?.includes('\0')) throw invalid('by', 'must hold no NUL character');
}

function attributesOf(spec: QuerySpec): { field: string; of: Owner; name: string }[] {
  const filtered = (spec.filters.attributes ?? []).map(({ of, name }, index) => ({
    field: `filters.attributes.${index}.name`,
    of,
    name,
  }));
  const key = spec.by && attributeKey(spec.by);
  return key ? [...filtered, { field: 'by', of: key.of, name: key.name }] : filtered;
}

function attributeKey(by: string): { by: 'attribute'; of: Owner; name: string } | null {
  const colon = by.indexOf(':');
  return colon < 0 ? null : { by: 'attribute', of: by.slice(0, colon) as Owner, name: by.slice(colon + 1) };
}

async function readSlice(snapshot: Snapshot, workspaceId: number, spec: QuerySpec, tree: Tree): Promise<Cut> {
  const { filters, by, grain } = spec;
  const nodes = filters.category ? tree.tops(filters.category) : [tree.root];
  return {
    nodes,
    manufacturers: filters.brand ? null : once(filters.manufacturer),
    brands: await readBrands(snapshot, workspaceId, spec),
    products: once(filters.product),
    regions: once(filters.region),
    channels: once(filters.channel),
    stores: once(filters.store),
    promotion: filters.promotion ?? null,
    attributes: filters.attributes ?? [],
    key: readKey(by, nodes, tree),
    grain: grain ?? null,
  };
}

const once = (ids: readonly number[] | undefined): number[] | null => (ids ? [...new Set(ids)] : null);

async function readBrands(snapshot: Snapshot, workspaceId: number, { filters }: QuerySpec): Promise<number[] | null> {
  if (!filters.manufacturer) return once(filters.brand);
  const rows = await snapshot.$queryRaw<{ id: number }[]>(sql.sql`
    SELECT id FROM brand WHERE workspace_id = ${workspaceId}::int AND manufacturer_id = ANY(${filters.manufacturer}::int[])
    ORDER BY id`);
  const wanted = filters.brand && new Set(filters.brand);
  return rows.map(({ id }) => id).filter((id) => !wanted || wanted.has(id));
}

function readKey(by: QuerySpec['by'], nodes: readonly number[], tree: Tree): Key {
  if (!by) return { by: 'none' };
  const attribute = attributeKey(by);
  if (attribute) return attribute;
  return by === 'category' ? categoryKey(nodes, tree) : { by: by as Exclude<Dimension, 'category'> };
}

/**
 * Rows of a break-down by category are the children of the one node filtered (or of the root); with several nodes
 * filtered, those nodes. What hangs on a node itself, beside its children, is a row of its own.
 */
export function categoryKey(nodes: readonly number[], tree: Tree): Key {
  const [node] = nodes;
  const children = nodes.length === 1 && node !== undefined ? tree.children(node) : [];
  const cells = (children.length > 0 ? children : nodes).map((id) => ({ key: String(id), nodes: [id] }));
  if (children.length > 0 && node !== undefined && tree.carries(node)) {
    return { by: 'cells', cells: [...cells, { key: OWN, nodes: [node], own: true }] };
  }
  return { by: 'cells', cells };
}

/** The key of the row for what hangs on the filtered node itself. */
export const OWN = 'own';
