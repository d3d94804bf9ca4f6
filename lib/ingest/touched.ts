import 'server-only';
import type { PoolClient } from 'pg';
import { keptOr } from './kept-id';

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
  const kept = `(SELECT k.id FROM kept_id k WHERE k.workspace_id = ${workspaceId} AND k.member = '${member}' AND k.name = fresh.code)`;
  const next =
    member === 'shopper'
      ? `(SELECT next_shopper_no - 1 FROM workspace WHERE id = ${workspaceId}) + row_number() OVER (ORDER BY first_row)`
      : keptOr(member, kept);
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

/** Lines are about to refer to the touched members, and no foreign key looks whether they are there. */
export async function requireMembers({ client, workspaceId: w }: Subject): Promise<void> {
  for (const [member, id] of Object.entries(idOf)) {
    // Whole sets: the planner knows nothing of members that were inserted just now.
    const { rows } = await client.query<{ id: number }>(
      `SELECT id FROM touched_${member} EXCEPT SELECT ${id} FROM ${member} WHERE workspace_id = ${w} LIMIT 1`,
    );
    if (rows[0]) throw new Error(`Workspace ${w} has no ${member} ${rows[0].id}, which its lines would refer to.`);
  }
}

/** Days whose rollups the moved members' lines belong to. */
export async function movedDays({ client, workspaceId }: Subject): Promise<string[]> {
  const { rows } = await client.query<{ day: string }>(
    `SELECT date::text AS day FROM sale_line l JOIN moved_product m ON m.id = l.product_id WHERE l.workspace_id = $1
     UNION
     SELECT date::text FROM sale_line l JOIN moved_store m ON m.id = l.store_id WHERE l.workspace_id = $1`,
    [workspaceId],
  );
  return rows.map(({ day }) => day);
}
