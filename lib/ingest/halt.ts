import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { loadPool } from '@/lib/db/pool';
import { inTransaction } from '@/lib/db/transaction';
import { clearStage } from './checkpoint';
import { stateOf } from './state';

interface Asked {
  workspaceId: number;
  importId: number;
}

/** Lets a check rest once the chunk at hand is in; what is staged stays, and it goes on from there. */
export async function pause({ workspaceId, importId }: Asked): Promise<void> {
  const { rowCount } = await loadPool.query(
    `UPDATE import SET state = 'paused' WHERE workspace_id = $1 AND id = $2 AND state IN ('validating', 'paused')`,
    [workspaceId, importId],
  );
  if (rowCount) return;
  const state = await stateOf(workspaceId, importId);
  const instead = state === 'publishing' || state === 'reverting' ? ' That is one change: cancel it instead.' : '';
  throw new ApiError('conflict', `Import ${importId} is ${state}: only a check can be paused.${instead}`);
}

/**
 * Gives up what is under way. A check leaves the file as it was uploaded; a publish or revert ends in the middle of a
 * statement and rolls back, and the import is what it was before.
 */
export const cancel = ({ workspaceId, importId }: Asked): Promise<void> =>
  inTransaction(async (client) => {
    await client.query(`SET LOCAL lock_timeout = '5s'`);
    const { rows } = await client.query<{ state: string }>(
      `UPDATE import SET error = NULL, progress = NULL,
              state = CASE state WHEN 'publishing' THEN 'validated' WHEN 'reverting' THEN 'published' ELSE 'uploaded' END
        WHERE workspace_id = $1 AND id = $2 AND state IN ('validating', 'paused', 'publishing', 'reverting')
    RETURNING state`,
      [workspaceId, importId],
    );
    if (rows[0]?.state === 'uploaded') await clearStage(client, workspaceId, importId);
    if (rows[0]) return;
    const state = await stateOf(workspaceId, importId, client);
    if (state === 'uploaded') return;
    const instead = state === 'published' ? ' Revert it instead.' : '';
    throw new ApiError('conflict', `Import ${importId} is ${state}: nothing of it is under way.${instead}`);
  });
