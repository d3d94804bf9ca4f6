import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { ApiError } from '@/lib/contract/errors';
import { inTransaction } from '@/lib/db/transaction';
import { clearStage } from './checkpoint';
import { moveState, stateOf } from './state';
import type { PoolClient } from 'pg';

interface Asked {
  workspaceId: number;
  importId: number;
  /** Left out: the command line. */
  userId?: string | null;
}

const record = (
  client: PoolClient,
  { workspaceId, importId, userId = null }: Asked,
  verb: 'pause' | 'resume' | 'cancel',
): Promise<void> =>
  recordAudit(client, { workspaceId, userId, action: `import.${verb}`, subject: `import ${importId}` });

/** Lets a check rest once the chunk at hand is in; what is staged stays, and it goes on from there. */
export const pause = (asked: Asked): Promise<void> =>
  inTransaction(async (client) => {
    const { workspaceId, importId } = asked;
    const { rowCount } = await client.query(
      `UPDATE import SET state = 'paused' WHERE workspace_id = $1 AND id = $2 AND state = 'validating'`,
      [workspaceId, importId],
    );
    if (rowCount) return record(client, asked, 'pause');
    const state = await stateOf(workspaceId, importId, client);
    if (state === 'paused') return;
    const instead = state === 'publishing' || state === 'reverting' ? ' That is one change: cancel it instead.' : '';
    throw new ApiError('conflict', `Import ${importId} is ${state}: only a check can be paused.${instead}`);
  });

/** Lets a paused check go on, inside the caller's transaction. */
export async function goOn(asked: Asked, client: PoolClient): Promise<boolean> {
  const moved = await moveState(asked, ['paused'], 'validating', client);
  if (moved) await record(client, asked, 'resume');
  return moved;
}

/**
 * Gives up what is under way. A check leaves the file as it was uploaded; a publish or revert ends in the middle of a
 * statement and rolls back, and the import is what it was before. Of a file that was not read through nothing is known.
 */
export const cancel = (asked: Asked): Promise<void> =>
  inTransaction(async (client) => {
    const { workspaceId, importId } = asked;
    await client.query(`SET LOCAL lock_timeout = '5s'`);
    const { rows } = await client.query<{ state: string }>(
      `UPDATE import SET error = CASE state WHEN 'reading' THEN $3 END, progress = NULL,
              state = CASE state WHEN 'publishing' THEN 'validated' WHEN 'reverting' THEN 'published'
                                 WHEN 'reading' THEN 'failed' ELSE 'uploaded' END
        WHERE workspace_id = $1 AND id = $2 AND state IN ('reading', 'validating', 'paused', 'publishing', 'reverting')
    RETURNING state`,
      [workspaceId, importId, 'Reading the file was cancelled. It can be read again, or discarded.'],
    );
    if (rows[0]?.state === 'uploaded') await clearStage(client, workspaceId, importId);
    if (rows[0]) return record(client, asked, 'cancel');
    const state = await stateOf(workspaceId, importId, client);
    if (state === 'uploaded') return;
    const instead = state === 'published' ? ' Revert it instead.' : '';
    throw new ApiError('conflict', `Import ${importId} is ${state}: nothing of it is under way.${instead}`);
  });
