import 'server-only';
import { rm } from 'node:fs/promises';
import { ApiError } from '@/lib/contract/errors';
import { loadPool } from '@/lib/db/pool';
import { inTransaction } from '@/lib/db/transaction';
import { listWorkspaceTables } from '@/lib/db/workspace-tables';
import { folderOf, kinds } from '@/lib/files/folder';
import { logger } from '@/lib/observability/logger';
import { forgetMemberships } from './workspace';

/**
 * Takes a workspace from everybody's sight at once, and frees its name; `purgeWorkspaces` then takes out what it holds. Refused
 * while a file is being published or reverted. Its own audit goes with it, so the log tells who did it.
 */
export async function deleteWorkspace(workspaceId: number, userId: string | null): Promise<void> {
  const { slug, members } = await inTransaction(async (client) => {
    const { rows } = await client.query<{ slug: string; busy: string | null }>(
      `SELECT slug, (SELECT string_agg(file_name, ', ') FROM import i
                     WHERE i.workspace_id = w.id AND i.state IN ('publishing', 'reverting')) AS busy
       FROM workspace w WHERE id = $1 AND deleting_at IS NULL FOR UPDATE`,
      [workspaceId],
    );
    const found = rows[0];
    if (!found) throw new ApiError('not_found', 'There is no such workspace.');
    if (found.busy)
      throw new ApiError(
        'conflict',
        `${found.busy} is being published or reverted; delete the workspace when it is done.`,
      );
    await client.query(
      `UPDATE workspace SET deleting_at = now(), slug = 'deleted-' || id, data_version = data_version + 1 WHERE id = $1`,
      [workspaceId],
    );
    const gone = await client.query<{ user_id: string }>(
      'DELETE FROM member WHERE workspace_id = $1 RETURNING user_id',
      [workspaceId],
    );
    for (const table of ['api_key', 'connector_run', 'connector_seen', 'connector'])
      await client.query(`DELETE FROM ${table} WHERE workspace_id = $1`, [workspaceId]);
    return { slug: found.slug, members: gone.rows };
  });
  for (const { user_id: member } of members) forgetMemberships(member);
  logger.info({ workspace: slug, workspaceId, userId }, 'a workspace was deleted');
}

/** Other processes may know its members for some seconds yet. */
const restSeconds = 30;

/**
 * Takes out what deleted workspaces hold, table by table; whoever is stopped in it leaves the rest to the next. Harmless in
 * any number of processes. Answers how many workspaces are gone.
 */
export async function purgeWorkspaces(rest = restSeconds): Promise<number> {
  const client = await loadPool.connect();
  let gone = 0;
  try {
    const { rows } = await client.query<{ id: number }>(
      `SELECT id FROM workspace WHERE deleting_at <= now() - make_interval(secs => $1) ORDER BY deleting_at`,
      [rest],
    );
    for (const { id } of rows) {
      const lock = `purge ${id}`;
      const { rows: free } = await client.query<{ free: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS free',
        [lock],
      );
      if (!free[0]?.free) continue;
      try {
        const tables = await listWorkspaceTables(client);
        for (const { name } of tables.reverse())
          await client.query(`DELETE FROM "${name}" WHERE workspace_id = $1`, [id]);
        for (const kind of kinds) await rm(folderOf(kind, id), { recursive: true, force: true });
        await client.query('DELETE FROM workspace WHERE id = $1', [id]);
        gone += 1;
      } finally {
        await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lock]).catch(() => undefined);
      }
    }
  } finally {
    client.release();
  }
  return gone;
}
