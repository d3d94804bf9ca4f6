import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';

/**
 * The workspace's categories, held in memory for one query: hundreds of rows at most. What hangs on a category itself, beside
 * its children, is a node too, below it: the category's id with a minus.
 */
export interface Tree {
  root: number;
  name(id: number): string;
  parent(id: number): number | null;
  has(id: number): boolean;
  children(id: number): readonly number[];
  /** The categories of the products at the node and below it. */
  under(id: number): readonly number[];
  /** Of nodes that contain one another only the uppermost, in order. */
  tops(ids: readonly number[]): number[];
  /** What two lists of disjoint nodes have in common. */
  meet(a: readonly number[], b: readonly number[]): number[];
  /** The nodes less what is at or below the others: a category that loses a part is divided into what is left. */
  without(nodes: readonly number[], others: readonly number[]): number[];
  /** Products hang on the node itself. */
  carries(id: number): boolean;
}

interface Row {
  id: number;
  parent_id: number | null;
  name: string;
  carries: boolean;
}

export async function readTree(snapshot: Snapshot, workspaceId: number): Promise<Tree> {
  const rows = await snapshot.$queryRaw<Row[]>(sql.sql`
    SELECT c.id, c.parent_id, c.name,
           EXISTS (SELECT 1 FROM product p WHERE p.workspace_id = c.workspace_id AND p.category_id = c.id) AS carries
    FROM category c WHERE c.workspace_id = ${workspaceId}::int ORDER BY c.name, c.id`);
  return growTree(rows);
}

export function growTree(rows: readonly Row[]): Tree {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const children = new Map<number, number[]>();
  for (const { id, parent_id } of rows) {
    if (parent_id !== null) children.set(parent_id, [...(children.get(parent_id) ?? []), id]);
  }
  const root = rows.find((row) => row.parent_id === null)?.id ?? 0;
  const under = (id: number): number[] => (id < 0 ? [-id] : [id, ...(children.get(id) ?? []).flatMap(under)]);
  const parentOf = (id: number): number | null => (id < 0 ? -id : (byId.get(id)?.parent_id ?? null));
  const nameOf = (id: number): string =>
    id < 0 ? `${nameOf(-id)}, not divided further` : (byId.get(id)?.name ?? String(id));
  const contained = (id: number, among: ReadonlySet<number>): boolean => {
    const parent = parentOf(id);
    return parent !== null && (among.has(parent) || contained(parent, among));
  };
  const within = (id: number, node: number): boolean => id === node || contained(id, new Set([node]));
  const without = (nodes: readonly number[], others: readonly number[]): number[] =>
    nodes.flatMap((node) => {
      if (others.some((other) => within(node, other))) return [];
      if (!others.some((other) => within(other, node))) return [node];
      return without([...(children.get(node) ?? []), ...(byId.get(node)?.carries ? [-node] : [])], others);
    });
  return {
    root,
    name: nameOf,
    parent: parentOf,
    has: (id) => byId.has(id),
    children: (id) => children.get(id) ?? [],
    under,
    tops: (ids) => {
      const among = new Set(ids);
      return [...among].filter((id) => !contained(id, among)).sort((a, b) => a - b);
    },
    meet: (a, b) => [
      ...a.filter((one) => b.some((node) => within(one, node))),
      ...b.filter((one) => a.some((node) => node !== one && within(one, node))),
    ],
    without,
    carries: (id) => byId.get(id)?.carries ?? false,
  };
}
