import 'server-only';
import { removeKeeping } from './kept-id';
import type { Subject } from './touched';

/**
 * The coarsest grain of what is loaded, and whether a receipt id that stands for itself was seen on more than one day or
 * in more than one store. An import being published counts from now on; one being reverted has no lines any more.
 */
export async function settleWorkspace({ client, workspaceId }: Subject): Promise<void> {
  await client.query(
    `UPDATE workspace w SET
       grain = (SELECT i.grain FROM import i
                WHERE i.workspace_id = w.id AND i.kind = 'transactions' AND i.grain IS NOT NULL
                  AND EXISTS (SELECT FROM sale_line l WHERE l.workspace_id = w.id AND l.import_id = i.id)
                ORDER BY array_position(ARRAY['week', 'day', 'receipt'], i.grain) LIMIT 1),
       baskets_span = EXISTS (SELECT FROM basket b JOIN sale_line l ON l.workspace_id = b.workspace_id AND l.basket_id = b.id
                              WHERE b.workspace_id = w.id AND b.date IS NULL
                              GROUP BY b.id HAVING min(l.date) < max(l.date) OR count(DISTINCT coalesce(l.store_id, 0)) > 1)
     WHERE w.id = $1`,
    [workspaceId],
  );
}

/** Names that imports brought and nothing stands on any more: brands without products, regions without stores … */
export async function removeOrphans({ client, workspaceId: w }: Subject): Promise<void> {
  const unused = (table: string, user: string, column: string): Promise<unknown> =>
    client.query(
      removeKeeping(
        w,
        table,
        `DELETE FROM ${table} t WHERE t.workspace_id = ${w} AND t.import_id IS NOT NULL
           AND NOT EXISTS (SELECT FROM ${user} u WHERE u.workspace_id = ${w} AND u.${column} = t.id)
         RETURNING t.id, t.name`,
      ),
    );
  await unused('brand', 'product', 'brand_id');
  await unused('manufacturer', 'brand', 'manufacturer_id');
  await unused('region', 'store', 'region_id');
  await unused('channel', 'store', 'channel_id');
  // A node goes with the last product below it; the whole branch in one statement, as children refer to parents. Sets and no
  // look-ups node by node: after a revert the index still leads through every product that is gone.
  await client.query(
    removeKeeping(
      w,
      'category',
      `DELETE FROM category t WHERE t.workspace_id = ${w} AND t.import_id IS NOT NULL AND t.id NOT IN (
         SELECT a.ancestor_id FROM category_ancestor a JOIN category d ON d.workspace_id = a.workspace_id AND d.id = a.category_id
         WHERE a.workspace_id = ${w}
           AND (d.import_id IS NULL OR d.id IN (SELECT p.category_id FROM product p WHERE p.workspace_id = ${w})))
       RETURNING t.id, (
         SELECT string_agg(u.name, E'\\x1f' ORDER BY u.depth) FROM category_ancestor a
         JOIN category u ON u.workspace_id = a.workspace_id AND u.id = a.ancestor_id AND u.depth > 0
         WHERE a.workspace_id = ${w} AND a.category_id = t.id) AS name`,
    ),
  );
}
