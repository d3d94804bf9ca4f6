import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';

/** The workspace's categories, held in memory for one query: hundreds of rows at most. */
export interface Tree {
  root: number;
  name(id: number): string;
  parent(id: number): number | null;
  has(id: number): boolean;
  children(id: number): readonly number[];
  /** The node and everything below it. */
  under(id: number): readonly number[];
  /** Of nodes that contain one another only the uppermost, in order. */
  tops(ids: readonly number[]): number[];
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
  const under = (id: number): number[] => [id, ...(children.get(id) ?? []).flatMap(under)];
  const contained = (id: number, among: ReadonlySet<number>): boolean => {
    const parent = byId.get(id)?.parent_id ?? null;
    return parent !== null && (among.has(parent) || contained(parent, among));
  };
  return {
    root,
    name: (id) => byId.get(id)?.name ?? String(id),
    parent: (id) => byId.get(id)?.parent_id ?? null,
    has: (id) => byId.has(id),
    children: (id) => children.get(id) ?? [],
    under,
    tops: (ids) => {
      const among = new Set(ids);
      return [...among].filter((id) => !contained(id, among)).sort((a, b) => a - b);
    },
    carries: (id) => byId.get(id)?.carries ?? false,
  };
}
