import 'server-only';
import type { Dimension, QuerySpec } from '@/lib/contract/query';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { AttributeFilter, Cut, Key, Owner } from './cut';
import { name, oneOf } from './fragments';
import type { Tree } from './tree';

// From filters to the cut: what is excluded becomes the list of what is left, which the rollups hold as they hold any other.

type Sliced = Pick<QuerySpec, 'filters' | 'by' | 'grain'>;

export async function readSlice(snapshot: Snapshot, workspaceId: number, spec: Sliced, tree: Tree): Promise<Cut> {
  const { filters, by, grain } = spec;
  const { exclude = {} } = filters;
  const left = (table: Listed): Promise<number[] | null> =>
    readLeft(snapshot, workspaceId, table, filters[table], exclude[table]);
  const among = filters.category ? tree.tops(filters.category) : [tree.root];
  const excluded = exclude.category ?? [];
  const byBrand = filters.brand ?? exclude.brand ?? exclude.manufacturer;
  return {
    nodes: tree.without(among, excluded),
    manufacturers: byBrand ? null : once(filters.manufacturer),
    brands: await readBrands(snapshot, workspaceId, spec),
    products: await left('product'),
    regions: await left('region'),
    channels: await left('channel'),
    stores: await left('store'),
    promotion: filters.promotion ?? null,
    attributes: [
      ...(filters.attributes ?? []),
      ...(exclude.attributes ?? []).map((filter): AttributeFilter => ({ ...filter, not: true })),
    ],
    key: readKey(by, among, excluded, tree),
    grain: grain ?? null,
  };
}

const once = (ids: readonly number[] | undefined): number[] | null => (ids ? [...new Set(ids)] : null);

type Listed = 'product' | 'region' | 'channel' | 'store';

/** The members that pass; of places also 0, what has none, where nothing is included. */
async function readLeft(
  snapshot: Snapshot,
  workspaceId: number,
  table: Listed,
  included: readonly number[] | undefined,
  excluded: readonly number[] | undefined,
): Promise<number[] | null> {
  if (!excluded) return once(included);
  const rows = await snapshot.$queryRaw<{ id: number }[]>(sql.sql`
    SELECT id FROM ${name(table)} WHERE workspace_id = ${workspaceId}::int AND id <> ALL(${[...excluded]}::int[])
      ${oneOf(name('id'), once(included))} ORDER BY id`);
  const none = table === 'product' || included ? [] : [0];
  return [...none, ...rows.map(({ id }) => id)];
}

/** Brands that pass the filters by brand and by manufacturer; null where there are none of these. */
async function readBrands(snapshot: Snapshot, workspaceId: number, { filters }: Sliced): Promise<number[] | null> {
  const { manufacturer, brand, exclude = {} } = filters;
  if (!manufacturer && !exclude.manufacturer && !exclude.brand) return once(brand);
  const rows = await snapshot.$queryRaw<{ id: number }[]>(sql.sql`
    SELECT id FROM brand WHERE workspace_id = ${workspaceId}::int
      ${oneOf(name('manufacturer_id'), once(manufacturer))} ${oneOf(name('id'), once(brand))}
      AND id <> ALL(${exclude.brand ?? []}::int[])
      AND coalesce(manufacturer_id, 0) <> ALL(${exclude.manufacturer ?? []}::int[])
    ORDER BY id`);
  return rows.map(({ id }) => id);
}

function readKey(by: QuerySpec['by'], nodes: readonly number[], excluded: readonly number[], tree: Tree): Key {
  if (!by) return { by: 'none' };
  const attribute = attributeKey(by);
  if (attribute) return attribute;
  if (by !== 'category') return { by: by as Exclude<Dimension, 'category'> };
  const cells = categoryKey(nodes, tree).cells.map((cell) => ({ ...cell, nodes: tree.without(cell.nodes, excluded) }));
  return { by: 'cells', cells: cells.filter((cell) => cell.nodes.length > 0) };
}

export function attributeKey(by: string): { by: 'attribute'; of: Owner; name: string } | null {
  const colon = by.indexOf(':');
  return colon < 0 ? null : { by: 'attribute', of: by.slice(0, colon) as Owner, name: by.slice(colon + 1) };
}

/**
 * Rows of a break-down by category are the children of the one node filtered (or of the root); with several nodes
 * filtered, those nodes. What hangs on a node itself, beside its children, is a row of its own.
 */
export function categoryKey(nodes: readonly number[], tree: Tree): Extract<Key, { by: 'cells' }> {
  const [node] = nodes;
  const children = nodes.length === 1 && node !== undefined ? tree.children(node) : [];
  const own = children.length > 0 && node !== undefined && tree.carries(node) ? [-node] : [];
  const rows = children.length > 0 ? [...children, ...own] : nodes;
  return { by: 'cells', cells: rows.map((one) => ({ key: String(one), nodes: [one] })) };
}
