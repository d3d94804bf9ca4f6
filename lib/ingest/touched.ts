import 'server-only';
import type { PoolClient } from 'pg';

export type MemberTable = 'product' | 'store' | 'shopper';

/** How each kind of member is numbered. Names of ours only: they become SQL. */
export const idOf: Record<MemberTable, string> = { product: 'id', store: 'id', shopper: 'no' };

export interface Subject {
  client: PoolClient;
  workspaceId: number;
  importId: number;
}

/**
 * Makes the temporary tables of a change: touched_product, touched_store and touched_shopper hold the members that the
 * change concerns (fresh: not in the workspace yet, the id being reserved), moved_product and moved_store those whose
 * lines now count elsewhere in the rollups.
 */
export async function openTouched({ client }: Subject): Promise<void> {
  for (const member of Object.keys(idOf))
    await client.query(
      `CREATE TEMP TABLE touched_${member} (code text PRIMARY KEY, id int NOT NULL, fresh boolean NOT NULL) ON COMMIT DROP`,
    );
  for (const member of ['product', 'store'])
    await client.query(`CREATE TEMP TABLE moved_${member} (id int PRIMARY KEY) ON COMMIT DROP`);
}

/** Puts the members of these codes into the touched table; reserves ids for those that are new, in the order of the codes. */
export async function touchCodes(subject: Subject, member: MemberTable, codes: string): Promise<void> {
  const { client, workspaceId } = subject;
  const next =
    member === 'shopper'
      ? `(SELECT next_shopper_no - 1 FROM workspace WHERE id = ${workspaceId}) + row_number() OVER (ORDER BY first_row)`
      : `nextval(pg_get_serial_sequence('${member}', 'id'))`;
  await client.query(
    `INSERT INTO touched_${member} (code, id, fresh)
     SELECT m.code, m.${idOf[member]}, false FROM ${member} m JOIN (${codes}) n USING (code) WHERE m.workspace_id = ${workspaceId}
     UNION ALL
     SELECT code, (${next})::int, true
     FROM (SELECT n.code, n.first_row FROM (${codes}) n
           WHERE NOT EXISTS (SELECT FROM ${member} m WHERE m.workspace_id = ${workspaceId} AND m.code = n.code)
           ORDER BY n.first_row) fresh`,
  );
  if (member === 'shopper')
    await client.query(
      `UPDATE workspace SET next_shopper_no = greatest(next_shopper_no, coalesce((SELECT max(id) + 1 FROM touched_shopper WHERE fresh), 1))
       WHERE id = ${workspaceId}`,
    );
  await client.query(`ANALYZE touched_${member}`);
}

/** Days whose rollups the moved members' lines belong to. */
export async function movedDays({ client, workspaceId }: Subject): Promise<string[]> {
  const { rows } = await client.query<{ day: string }>(
    `SELECT DISTINCT date::text AS day FROM sale_line WHERE workspace_id = $1
       AND (product_id IN (SELECT id FROM moved_product) OR store_id IN (SELECT id FROM moved_store))`,
    [workspaceId],
  );
  return rows.map(({ day }) => day);
}
