import 'server-only';
import type { GroupKind, GroupRule } from '@/lib/contract/groups';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Acting, Cut, Group } from './cut';
import { allUnder, attributesMatch, name, oneOf, type Sql } from './fragments';
import { readLists } from './lists';
import type { Tree } from './tree';

/** The workspace's groups that act so, or those of the ids; in the order of their names. */
export async function readGroups(
  snapshot: Snapshot,
  workspaceId: number,
  tree: Tree,
  as: Acting,
  ids: readonly number[] | null,
): Promise<Group[]> {
  const rows = await snapshot.$queryRaw<{ id: number; name: string; kind: GroupKind; rule: GroupRule }[]>(sql.sql`
    SELECT g.id, g.name, g.kind, g.rule FROM custom_group g
    WHERE g.workspace_id = ${workspaceId}::int AND (g.kind = 'store') = ${as === 'region'} ${oneOf(name('g.id'), ids)}
    ORDER BY g.name, g.id`);
  const mixed = new Set(rows.map(({ kind }) => kind)).size > 1;
  const groups: Group[] = [];
  for (const { rule, ...group } of rows) {
    const held = await readMembers(snapshot, workspaceId, tree, group.kind, rule);
    const products =
      mixed && group.kind === 'brand' ? await readMembers(snapshot, workspaceId, tree, 'product', { brand: held }) : [];
    groups.push({ ...group, ids: held, products });
  }
  return groups;
}

/** The brands, products or stores that meet a rule. */
export async function readMembers(
  snapshot: Snapshot,
  workspaceId: number,
  tree: Tree,
  kind: GroupKind,
  { name: text, ...conditions }: GroupRule,
): Promise<number[]> {
  const cut = await readLists(snapshot, workspaceId, conditions, tree);
  const where: Record<GroupKind, Sql> = {
    brand: oneOf(name('m.id'), cut.brands),
    product: sql.sql`AND m.category_id = ANY(${allUnder(tree)(cut.nodes)}::int[]) ${oneOf(name('m.id'), cut.products)}
      ${oneOf(name('m.brand_id'), cut.brands)} ${attributesMatch('m', 'product', cut)}`,
    store: sql.sql`${oneOf(name('m.id'), cut.stores)} ${oneOf(name('m.region_id'), cut.regions)}
      ${oneOf(name('m.channel_id'), cut.channels)} ${attributesMatch('m', 'store', cut)}`,
  };
  const rows = await snapshot.$queryRaw<{ id: number }[]>(sql.sql`
    SELECT m.id FROM ${name(kind)} m WHERE m.workspace_id = ${workspaceId}::int ${where[kind]}
      ${text === undefined ? sql.empty : sql.sql`AND position(lower(${text}) IN lower(m.name)) > 0`} ORDER BY m.id`);
  return rows.map(({ id }) => id);
}

/** Ids that are in both lists, null being no limit. */
export function meetIds(a: readonly number[] | null, b: readonly number[] | null): number[] | null {
  if (a === null || b === null) return (a ?? b)?.slice() ?? null;
  const among = new Set(b);
  return a.filter((id) => among.has(id));
}

/** The slice in which a group's lines are. */
export function sliceOf(slice: Cut, { kind, ids }: Group): Cut {
  const own = { ...slice, key: { by: 'none' as const } };
  if (kind === 'store') return { ...own, stores: meetIds(slice.stores, ids) };
  if (kind === 'product') return { ...own, products: meetIds(slice.products, ids) };
  return { ...own, manufacturers: null, brands: meetIds(slice.brands, ids) };
}
