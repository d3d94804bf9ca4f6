import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { ApiError } from '@/lib/contract/errors';
import { loadPool } from '@/lib/db/pool';
import { removeFile } from '@/lib/formats/plain';
import { clearStage } from './checkpoint';
import type { Change } from './publish';
import { stateOf } from './state';

const open = ['reading', 'uploaded', 'validating', 'paused', 'validated', 'failed'];

/** Gives up an import that is not published: its rows and its file go, the record of it stays. */
export async function discard({
  workspaceId,
  importId,
  userId,
}: Pick<Change, 'workspaceId' | 'importId' | 'userId'>): Promise<void> {
  const client = await loadPool.connect();
  let path: string | undefined;
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = '5s'`);
    const { rows } = await client.query<{ file_path: string }>(
      `UPDATE import SET state = 'cancelled', error = NULL, progress = NULL
       WHERE workspace_id = $1 AND id = $2 AND state = ANY($3) RETURNING file_path`,
      [workspaceId, importId, open],
    );
    if (!rows[0]) {
      const state = await stateOf(workspaceId, importId, client);
      await client.query('ROLLBACK');
      if (state === 'cancelled') return;
      const instead = state === 'published' ? ' Revert it instead.' : '';
      throw new ApiError('conflict', `Import ${importId} is ${state} and cannot be discarded.${instead}`);
    }
    path = rows[0].file_path;
    await clearStage(client, workspaceId, importId);
    const subject = `import ${importId}`;
    await recordAudit(client, { workspaceId, userId, action: 'import.discard', subject });
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
  if (path) await removeFile(path);
}
