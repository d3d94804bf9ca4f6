import 'server-only';
import { mapping as mappingShape } from '@/lib/contract/imports';
import { runConnector } from '@/lib/connectors/run';
import { settleCorrections } from '@/lib/corrections/settle';
import { loadPool } from '@/lib/db/pool';
import { checkFile } from '@/lib/ingest/check';
import { progressOf } from '@/lib/ingest/progress';
import { publish } from '@/lib/ingest/publish';
import { readReceived } from '@/lib/ingest/reread';
import { revert } from '@/lib/ingest/revert';
import { verifyWorkspace } from '@/lib/verification/verify';
import type { JobData, Queue } from './boss';
import { publishNext, requestPublish, requestVerify } from './request';

export interface Surroundings {
  /** Fires when the process is asked to end. */
  signal: AbortSignal;
  /** Told the data version of a workspace whose numbers this process has just changed. */
  onChanged: (workspaceId: number, version: number) => void;
}

type Handler = (data: JobData, around: Surroundings) => Promise<void>;

const changing =
  (change: typeof publish): Handler =>
  async ({ workspaceId, importId = 0, userId = null }, { onChanged }) => {
    await change({
      workspaceId,
      importId,
      userId,
      asked: true,
      onProgress: progressOf(workspaceId, importId),
      onChanged: () => void tell(workspaceId, onChanged),
    });
    await requestVerify({ workspaceId });
  };

/** Nobody waits for it: who is not told finds out a second later. */
async function tell(workspaceId: number, onChanged: Surroundings['onChanged']): Promise<void> {
  const found = await loadPool
    .query<{ data_version: string }>('SELECT data_version FROM workspace WHERE id = $1', [workspaceId])
    .catch(() => null);
  if (found?.rows[0]) onChanged(workspaceId, Number(found.rows[0].data_version));
}

const verify: Handler = async ({ workspaceId }) => {
  await verifyWorkspace(workspaceId);
};

const check: Handler = async ({ workspaceId, importId = 0, userId = null, publish: passed = false }, { signal }) => {
  const { rows } = await loadPool.query<{ mapping: unknown }>(
    'SELECT mapping FROM import WHERE workspace_id = $1 AND id = $2',
    [workspaceId, importId],
  );
  if (!rows[0]) return;
  const mapping = mappingShape.parse(rows[0].mapping);
  await checkFile({
    workspaceId,
    importId,
    mapping,
    onProgress: progressOf(workspaceId, importId),
    signal,
    asked: true,
    ...(passed && { onSound: publishNext({ workspaceId, importId, userId }) }),
  });
};

export const handlers: Record<Queue, Handler> = {
  async read({ workspaceId, importId = 0, userId = null, reading = {}, kind }, { signal }) {
    const onProgress = progressOf(workspaceId, importId);
    await readReceived({ workspaceId, importId, userId, reading, kind, onProgress, signal });
  },
  check,
  'check-large': check,
  publish: changing(publish),
  'publish-large': changing(publish),
  revert: changing(revert),
  async connect({ workspaceId, connectorId = 0, userId = null }, { signal }) {
    await runConnector({ workspaceId, connectorId, userId }, { signal, publish: requestPublish });
  },
  async correct({ workspaceId, userId = null }, { onChanged }) {
    await settleCorrections({ workspaceId, userId, onChanged: () => void tell(workspaceId, onChanged) });
    await requestVerify({ workspaceId });
  },
  verify,
  'verify-large': verify,
};
