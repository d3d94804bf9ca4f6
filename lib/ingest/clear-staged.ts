import 'server-only';
import type { Subject } from './touched';

const tables = ['staged_line', 'staged_member'];

/** From so many rows on, emptying a table takes less than deleting its rows. */
const MANY = 100_000;

/** 55P03: another check is under way; 40P01: it waits for this change; 42501: the table is someone else's. */
const passedOver = new Set(['55P03', '40P01', '42501']);

/**
 * Takes away the staged rows of an import. Where they are many, and all that there is, the table is emptied at once: deleted one
 * by one, ten million take 18 s, and their room is taken until a vacuum.
 */
export async function clearStaged(subject: Subject, rows: number): Promise<void> {
  const { client, workspaceId, importId } = subject;
  for (const table of tables)
    if (rows < MANY || !(await emptied(subject, table)))
      await client.query(`DELETE FROM ${table} WHERE workspace_id = $1 AND import_id = $2`, [workspaceId, importId]);
}

async function emptied({ client, workspaceId, importId }: Subject, table: string): Promise<boolean> {
  // Longer than it takes until a vacuum that is under way makes room; so short that nobody notices.
  await client.query(`SAVEPOINT alone; SET LOCAL lock_timeout = '1500ms'`);
  try {
    await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    // By the primary key, from both sides: a comparison by "<>" would read all rows.
    const { rows } = await client.query<{ alone: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM ${table} WHERE (workspace_id, import_id) < ($1, $2))
          AND NOT EXISTS (SELECT FROM ${table} WHERE (workspace_id, import_id) > ($1, $2)) AS alone`,
      [workspaceId, importId],
    );
    if (rows[0]?.alone) {
      await client.query(`TRUNCATE ${table}; RELEASE SAVEPOINT alone; SET LOCAL lock_timeout = '30s'`);
      return true;
    }
  } catch (error) {
    if (!passedOver.has((error as { code?: string }).code ?? '')) throw error;
  }
  await client.query('ROLLBACK TO SAVEPOINT alone; RELEASE SAVEPOINT alone');
  return false;
}
