import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { getConnector } from '@/lib/connectors/list';
import { connectorLock, settleLost } from '@/lib/connectors/lock';
import type { Connector } from '@/lib/contract/connectors';
import { loadPool } from '@/lib/db/pool';
import { openBoss, type JobData } from './boss';
import { within } from './within';

interface Due {
  workspaceId: number;
  connectorId: number;
}

/** Asks for a run now; while one waits or runs, that is enough. */
export async function requestRun(asked: Due & { userId: string | null }): Promise<Connector> {
  const { workspaceId, connectorId, userId } = asked;
  const found = await getConnector(workspaceId, connectorId);
  if (found.state === 'running') return found;
  const boss = await openBoss();
  await within(async (client, db) => {
    // Due from now on: should the job be lost, the next look at what is due asks again.
    await client.query('UPDATE connector SET next_run_at = now() WHERE workspace_id = $1 AND id = $2', [
      workspaceId,
      connectorId,
    ]);
    await boss.send('connect', asked satisfies JobData, { singletonKey: keyOf(asked), db });
    const subject = `connector ${connectorId}`;
    await recordAudit(client, { workspaceId, userId, action: 'connector.run', subject });
  });
  return getConnector(workspaceId, connectorId);
}

const keyOf = ({ workspaceId, connectorId }: Due): string => `${workspaceId}/${connectorId}`;

/** Asks for the runs that are due, and ends those that their process has left behind. Harmless in any number of processes. */
export async function requestDue(): Promise<void> {
  const { rows: running } = await loadPool.query<Due>(
    `SELECT workspace_id AS "workspaceId", connector_id AS "connectorId" FROM connector_run WHERE state = 'running'`,
  );
  for (const one of running)
    await within(async (client) => {
      const { rows } = await client.query<{ free: boolean }>(
        'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free',
        [connectorLock(one.workspaceId, one.connectorId)],
      );
      if (rows[0]?.free) await settleLost(one);
    });
  const boss = await openBoss();
  const { rows } = await loadPool.query<Due>(
    `SELECT c.workspace_id AS "workspaceId", c.id AS "connectorId" FROM connector c WHERE c.next_run_at <= now()
       AND NOT EXISTS (SELECT FROM pgboss.job j
                       WHERE j.name = 'connect' AND j.singleton_key = c.workspace_id || '/' || c.id
                         AND j.state IN ('created', 'retry', 'active'))`,
  );
  for (const one of rows)
    await boss.send('connect', { ...one, userId: null } satisfies JobData, { singletonKey: keyOf(one) });
}
