import { randomUUID } from 'node:crypto';
import { createWorkspace } from '@/lib/access/create-workspace';
import { newConnector, type ConnectorRun } from '@/lib/contract/connectors';
import { publish } from '@/lib/ingest/publish';
import { env } from '@/lib/env';
import { listRuns } from './list';
import { runConnector } from './run';
import { createConnector } from './save';

// Connectors of a workspace, run in this process.

/** Quick to give up, and allowed to ask this machine. */
export const limits = { firstRetryMs: 5, attempts: 4, breakAfter: 100 };
Object.assign(env, { CONNECTOR_PRIVATE_HOSTS: ['127.0.0.1'] });

export const newWorkspace = (): Promise<number> => createWorkspace({ name: 'Connected', slug: `c-${randomUUID()}` });

export async function made(workspaceId: number, body: object): Promise<number> {
  const { id } = await createConnector({ workspaceId, userId: null }, newConnector.parse({ limits, ...body }));
  return id;
}

export async function ran(
  workspaceId: number,
  connectorId: number,
  signal = new AbortController().signal,
): Promise<ConnectorRun> {
  await runConnector({ workspaceId, connectorId, userId: null }, { signal, publish }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  const [last] = await listRuns(workspaceId, connectorId);
  return last!;
}

export const sales = (day: string, rows: number): string =>
  ['date,store,receipt,product,brand,units,amount']
    .concat(Array.from({ length: rows }, (_, at) => `${day},S1,r${at},p${at % 7},B${at % 3},1,${at + 0.5}`))
    .join('\n');
