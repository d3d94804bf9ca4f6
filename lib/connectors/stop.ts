import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import type { Connector } from '@/lib/contract/connectors';
import { loadPool } from '@/lib/db/pool';
import { inTransaction } from '@/lib/db/transaction';
import { logger } from '@/lib/observability/logger';
import { getConnector } from './list';

/** How often a run looks whether it is still wanted. */
const everyMs = 1_000;

/** Asks the run of a connector to end, in whichever process it is. */
export async function stopConnector(asked: {
  workspaceId: number;
  connectorId: number;
  userId: string | null;
}): Promise<Connector> {
  const { workspaceId, connectorId, userId } = asked;
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE connector_run SET stop_asked = true
       WHERE workspace_id = $1 AND connector_id = $2 AND state = 'running' AND NOT stop_asked`,
      [workspaceId, connectorId],
    );
    const subject = `connector ${connectorId}`;
    if (rowCount) await recordAudit(client, { workspaceId, userId, action: 'connector.stop', subject });
  });
  return getConnector(workspaceId, connectorId);
}

/** Fires within a second when the run is asked to end. Closed when the run has ended. */
export function stopOf({ workspaceId, runId }: { workspaceId: number; runId: number }): {
  signal: AbortSignal;
  close: () => void;
} {
  const stop = new AbortController();
  const look = async (): Promise<void> => {
    const { rows } = await loadPool.query<{ asked: boolean }>(
      'SELECT stop_asked AS asked FROM connector_run WHERE workspace_id = $1 AND id = $2',
      [workspaceId, runId],
    );
    if (rows[0]?.asked) stop.abort();
  };
  const timer = setInterval(
    () => void look().catch((error: unknown) => logger.warn({ err: error, runId }, 'a stop may be heard late')),
    everyMs,
  );
  return { signal: stop.signal, close: () => clearInterval(timer) };
}
