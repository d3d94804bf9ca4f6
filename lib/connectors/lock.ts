import 'server-only';
import { loadPool } from '@/lib/db/pool';

/** Held for as long as a connector runs. */
export const connectorLock = (workspaceId: number, connectorId: number): string =>
  `connector ${workspaceId} ${connectorId}`;

/** Ends the run that a process left behind. Only for who holds the lock. */
export async function settleLost({ workspaceId, connectorId }: { workspaceId: number; connectorId: number }) {
  await loadPool.query(
    `UPDATE connector_run SET state = 'interrupted', ended_at = now(),
            error = 'The process that ran it has ended. The next run goes on from there.'
     WHERE workspace_id = $1 AND connector_id = $2 AND state = 'running'`,
    [workspaceId, connectorId],
  );
}
