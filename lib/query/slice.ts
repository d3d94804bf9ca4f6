import 'server-only';
import type { Dimension, QuerySpec } from '@/lib/contract/query';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Acting, Cut, Group, Key, Owner } from './cut';
import { meetIds, readGroups } from './groups';
import { readLists, type Lists } from './lists';
import type { Tree } from './tree';

type Sliced = Pick<QuerySpec, 'filters' | 'by' | 'grain'>;

/** From filters to the cut. Groups are the members that they hold now. */
export async function readSlice(snapshot: Snapshot, workspaceId: number, spec: Sliced, tree: Tree): Promise<Cut> {
  const { filters, by, grain } = spec;
  const read = (as: Acting, ids: number[] | null): Promise<Group[]> => readGroups(snapshot, workspaceId, tree, as, ids);
  const chosen = async (as: Acting, ids: number[] | undefined): Promise<Group[]> => (ids ? read(as, ids) : []);
  const { exclude = {} } = filters;
  const included = {
    ...held(await chosen('brand', filters.group)),
    ...held(await chosen('region', filters.store_group)),
  };
  const left = [...(await chosen('brand', exclude.group)), ...(await chosen('region', exclude.store_group))];
  const lists: Lists = { ...filters, exclude: { ...exclude } };
  for (const kind of ['brand', 'product', 'store'] as const) {
    const members = meetIds(filters[kind] ?? null, included[kind] ?? null);
    if (members) lists[kind] = members;
    const without = left.filter((group) => group.kind === kind).flatMap(({ ids }) => ids);
    if (without.length > 0) lists.exclude = { ...lists.exclude, [kind]: [...(exclude[kind] ?? []), ...without] };
  }
  const among = filters.category ? tree.tops(filters.category) : [tree.root];
  const acting = by === 'group' ? 'brand' : by === 'store_group' ? 'region' : null;
  const asked = by === 'group' ? filters.group : filters.store_group;
  return {
    ...(await readLists(snapshot, workspaceId, lists, tree)),
    key: acting
      ? { by: 'group', as: acting, groups: await read(acting, asked ?? null) }
      : readKey(by, among, exclude.category ?? [], tree),
    grain: grain ?? null,
  };
}

/** Any of the groups: of brands where all are, else of products. */
function held(groups: readonly Group[]): Partial<Record<Group['kind'], number[]>> {
  const [first] = groups;
  if (!first) return {};
  if (groups.every(({ kind }) => kind === first.kind)) return { [first.kind]: groups.flatMap(({ ids }) => ids) };
  return { product: groups.flatMap(({ kind, ids, products }) => (kind === 'product' ? ids : products)) };
}

function readKey(by: QuerySpec['by'], nodes: readonly number[], excluded: readonly number[], tree: Tree): Key {
  if (!by) return { by: 'none' };
  const attribute = attributeKey(by);
  if (attribute) return attribute;
  if (by !== 'category') return { by: by as Exclude<Dimension, 'category' | 'group' | 'store_group'> };
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
