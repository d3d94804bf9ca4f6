import 'server-only';
import { keptOr } from './kept-id';
import type { Subject } from './touched';

type Named = 'brand' | 'manufacturer' | 'region' | 'channel';

/** Adds the members of these names that the workspace lacks; `names` selects (name), nulls are left out. */
export async function ensureNamed(
  { client, workspaceId, importId }: Subject,
  table: Named,
  names: string,
): Promise<void> {
  await client.query(
    `INSERT INTO ${table} (workspace_id, id, name, import_id)
     SELECT ${workspaceId}, ${keptOr(table, 'k.id')}, n.name, ${importId}
     FROM (SELECT DISTINCT name FROM (${names}) s WHERE name IS NOT NULL ORDER BY name) n
     LEFT JOIN kept_id k ON k.workspace_id = ${workspaceId} AND k.member = '${table}' AND k.name = n.name
     WHERE NOT EXISTS (SELECT FROM ${table} m WHERE m.workspace_id = ${workspaceId} AND m.name = n.name)`,
  );
}

/** Adds the category nodes that the settled products need; category_node then says which node each path is. */
export async function ensureCategories({ client, workspaceId: w, importId }: Subject): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE category_node ON COMMIT DROP AS
     SELECT DISTINCT s.path, r.id FROM settled_product s
     JOIN category r ON r.workspace_id = ${w} AND r.parent_id IS NULL`,
  );
  const { rows } = await client.query<{ depth: number }>(
    'SELECT coalesce(max(cardinality(path)), 0) AS depth FROM category_node',
  );
  for (let depth = 1; depth <= (rows[0]?.depth ?? 0); depth += 1) {
    // One level after the other: a node's parent must be there before it.
    await client.query(
      `WITH added AS (
         INSERT INTO category (workspace_id, id, parent_id, name, depth, import_id)
         SELECT ${w}, ${keptOr('category', 'k.id')}, n.id, n.path[${depth}], ${depth}, ${importId}
         FROM (SELECT DISTINCT id, path[1:${depth}] AS path FROM category_node WHERE cardinality(path) >= ${depth} ORDER BY path) n
         LEFT JOIN kept_id k ON k.workspace_id = ${w} AND k.member = 'category' AND k.name = array_to_string(n.path, E'\\x1f')
         WHERE NOT EXISTS (SELECT FROM category c WHERE c.workspace_id = ${w} AND c.parent_id = n.id AND c.name = n.path[${depth}])
         RETURNING id, parent_id)
       INSERT INTO category_ancestor (workspace_id, category_id, ancestor_id)
       SELECT ${w}, id, id FROM added
       UNION ALL
       SELECT ${w}, added.id, a.ancestor_id FROM added
       JOIN category_ancestor a ON a.workspace_id = ${w} AND a.category_id = added.parent_id`,
    );
    await client.query(
      `UPDATE category_node n SET id = c.id FROM category c
       WHERE cardinality(n.path) >= ${depth} AND c.workspace_id = ${w} AND c.parent_id = n.id AND c.name = n.path[${depth}]`,
    );
  }
}
