import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Cut } from './cut';
import { lookedUp } from './looked-up';
import type { Tree } from './tree';

export interface Named {
  id: number | null;
  name: string;
  parent?: string | null;
}

const NONE = '(none)';

const promotions: Record<string, string> = { promoted: 'Promoted', not_promoted: 'Not promoted' };

/** The members behind the keys of a break-down. A key of null is what belongs to no member. */
export async function readNames(
  snapshot: Snapshot,
  workspaceId: number,
  { key }: Cut,
  tree: Tree,
  keys: readonly (string | null)[],
): Promise<Map<string | null, Named>> {
  const names = new Map<string | null, Named>(keys.map((one) => [one, { id: null, name: one ?? NONE }]));
  if (key.by === 'cells') {
    for (const cell of key.cells) {
      const node = Number(cell.key);
      const parent = tree.parent(node);
      names.set(cell.key, {
        id: node < 0 ? null : node,
        name: tree.name(node),
        parent: parent === null ? null : tree.name(parent),
      });
    }
    return names;
  }
  if (key.by === 'group') {
    for (const { id, name } of key.groups) names.set(String(id), { id, name });
    return names;
  }
  if (key.by === 'promotion') {
    for (const one of keys) names.set(one, { id: null, name: one === null ? 'Not stated' : (promotions[one] ?? one) });
    return names;
  }
  if (key.by === 'attribute' || key.by === 'none') return names;
  const known = lookedUp<Named>(tree, key.by, 5_000);
  const ids = keys.filter((one) => one !== null && !known.has(one)).map(Number);
  if (ids.length > 0) await look(snapshot, workspaceId, key.by, ids, known);
  for (const one of keys) if (one !== null && known.has(one)) names.set(one, known.get(one)!);
  return names;
}

type Dimension = Exclude<Cut['key']['by'], 'none' | 'cells' | 'group' | 'promotion' | 'attribute'>;

async function look(
  snapshot: Snapshot,
  workspaceId: number,
  dimension: Dimension,
  ids: readonly number[],
  known: Map<string, Named>,
): Promise<void> {
  const from = {
    manufacturer: sql.sql`m.name, NULL AS parent FROM manufacturer m`,
    brand: sql.sql`m.name, u.name AS parent FROM brand m
      LEFT JOIN manufacturer u ON u.workspace_id = m.workspace_id AND u.id = m.manufacturer_id`,
    product: sql.sql`m.name, u.name AS parent FROM product m
      JOIN brand u ON u.workspace_id = m.workspace_id AND u.id = m.brand_id`,
    region: sql.sql`m.name, NULL AS parent FROM region m`,
    channel: sql.sql`m.name, NULL AS parent FROM channel m`,
    store: sql.sql`m.name, u.name AS parent FROM store m
      LEFT JOIN region u ON u.workspace_id = m.workspace_id AND u.id = m.region_id`,
  }[dimension];
  const rows = await snapshot.$queryRaw<{ id: number; name: string; parent: string | null }[]>(sql.sql`
    SELECT m.id, ${from} WHERE m.workspace_id = ${workspaceId}::int AND m.id = ANY(${[...ids]}::int[])`);
  for (const { id, name, parent } of rows) known.set(String(id), { id, name, parent });
}

/** Categories in words; of many the first few. */
export function namesOf(nodes: readonly number[], tree: Tree): string {
  const names = nodes.map((node) => tree.name(node));
  return names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}
