import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Fixes } from '@/lib/contract/fixes';
import type { ImportKind, Mapping } from '@/lib/contract/imports';
import type { Reading } from '@/lib/contract/reading';
import { loadPool } from '@/lib/db/pool';
import { keepFixes, readBefore } from '@/lib/ingest/fix';
import { goOn } from '@/lib/ingest/halt';
import { mappingFaults } from '@/lib/mapping/mapping-faults';
import { readImport } from '@/lib/ingest/read';
import { refusePublished } from '@/lib/ingest/refuse-published';
import { hashOf, moveReplacing, moveState, prepareCheck, prepareRestore, stateOf } from '@/lib/ingest/state';
import type { PoolClient } from 'pg';
import { openBoss, type JobData, type Queue } from './boss';
import { queueOn, within } from './within';

interface Asked {
  workspaceId: number;
  importId: number;
  userId: string | null;
}

interface Asking extends Asked {
  publish?: boolean;
}

type Move = (client: PoolClient) => Promise<boolean>;

/** Asks for a job that reads a received file, within the transaction of whoever keeps or moves it. */
export const requestRead =
  ({ workspaceId, userId, ...known }: Omit<Asked, 'importId'> & { kind?: ImportKind; reading?: Reading }) =>
  async (client: PoolClient, importId: number): Promise<void> => {
    const boss = await openBoss();
    const data: JobData = { workspaceId, importId, userId, ...known };
    await boss.send('read', data, { singletonKey: `${workspaceId}/${importId}`, db: queueOn(client) });
  };

/** Asks for the dry run of an import with this mapping. */
export async function requestCheck(asked: Asked & { kind?: ImportKind; mapping: Mapping }): Promise<void> {
  const { workspaceId, importId, mapping } = asked;
  const { detected, kind: found, state } = await readImport(workspaceId, importId);
  if (state === 'reading')
    throw new ApiError('conflict', `The file of import ${importId} is still being read. Wait until it is uploaded.`);
  const kind = asked.kind ?? found;
  const columns = detected?.columns.map(({ name }) => name) ?? [];
  const details = mappingFaults(kind, mapping, columns);
  if (details.length > 0) throw new ApiError('invalid_request', 'The mapping does not fit the file.', details);
  await refusePublished(workspaceId, await hashOf(workspaceId, importId), importId);
  await enqueue('check', asked, (client) => prepareCheck({ workspaceId, importId, kind, mapping }, client));
}

/** Sets cells of an import's file right, and asks for it to be checked with them. */
export async function requestFix(asked: Asked & { fixes: Fixes }): Promise<void> {
  const { workspaceId, importId } = asked;
  const { kind, mapping, state } = await readImport(workspaceId, importId);
  if (!mapping) throw new ApiError('conflict', `Import ${importId} has no mapping: check it first.`);
  const before = await readBefore(asked);
  await enqueue('check', asked, async (client) => {
    await keepFixes(client, asked, before);
    if (await prepareCheck({ workspaceId, importId, kind, mapping }, client)) return true;
    throw new ApiError('conflict', `Import ${importId} is ${state}: wait until it is checked.`);
  });
}

/** Asks for a paused check to go on. */
export async function requestResume(asked: Asked): Promise<void> {
  await enqueue('check', asked, (client) => goOn(asked, client));
}

/** Asks for a checked import to be published. */
export async function requestPublish(asked: Asked): Promise<void> {
  if ((await stateOf(asked.workspaceId, asked.importId)) === 'published') return;
  await enqueue('publish', asked, (client) => moveReplacing(asked, false, client));
}

/** Asks for an import to be published within the transaction that ends its check. */
export const publishNext =
  (asked: Asked) =>
  async (client: PoolClient): Promise<void> =>
    send(client, 'publish', asked, (on) => moveReplacing(asked, false, on));

/** Asks for a checked import to be published in place of what is there of its stores and dates. */
export async function requestReplace(asked: Asked): Promise<void> {
  const { workspaceId, importId } = asked;
  const { kind, state } = await readImport(workspaceId, importId);
  if (kind !== 'transactions') throw new ApiError('conflict', `A ${kind} file replaces no lines. Publish it.`);
  if (state === 'published') return;
  await enqueue('publish', asked, (client) => moveReplacing(asked, true, client));
}

/** Asks for a reverted import to be checked again and published. */
export async function requestRestore(asked: Asked): Promise<void> {
  if ((await stateOf(asked.workspaceId, asked.importId)) === 'published') return;
  await enqueue('check', { ...asked, publish: true }, (client) => prepareRestore(asked, client));
}

/** Asks for a published import to be taken out again. */
export async function requestRevert(asked: Asked): Promise<void> {
  if ((await stateOf(asked.workspaceId, asked.importId)) === 'reverted') return;
  await enqueue('revert', asked, (client) => moveState(asked, ['published'], 'reverting', client));
}

/** Verifying so many lines takes a minute or more. */
const MANY = 1_000_000;

/** Asks for the rollups to be proved against the lines; one that waits already serves. */
export async function requestVerify({ workspaceId }: { workspaceId: number }): Promise<void> {
  const boss = await openBoss();
  const { rows } = await loadPool.query<{ large: boolean }>(
    `SELECT coalesce(sum(rows_accepted), 0) >= $2 AS large FROM import
     WHERE workspace_id = $1 AND kind = 'transactions' AND state = 'published'`,
    [workspaceId, MANY],
  );
  const queue: Queue = rows[0]?.large ? 'verify-large' : 'verify';
  await boss.send(queue, { workspaceId } satisfies JobData, { singletonKey: String(workspaceId) });
}

/** Moves the state and queues the job together: there is never one without the other. */
const enqueue = (queue: Queue, asked: Asking, move: Move): Promise<void> =>
  within((client) => send(client, queue, asked, move));

async function send(client: PoolClient, queue: Queue, asked: Asking, move: Move): Promise<void> {
  const { workspaceId, importId, userId, publish = false } = asked;
  const data: JobData = { workspaceId, importId, userId, ...(publish && { publish }) };
  const boss = await openBoss();
  if (await move(client))
    await boss.send(await laneOf(client, queue, asked), data, {
      singletonKey: `${workspaceId}/${importId}`,
      db: queueOn(client),
    });
}

/** Checking or publishing so much takes some ten seconds or more. */
const LARGE = { bytes: 16 * 2 ** 20, rows: 250_000 };

async function laneOf(client: PoolClient, queue: Queue, { workspaceId, importId }: Asked): Promise<Queue> {
  if (queue !== 'check' && queue !== 'publish') return queue;
  const { rows } = await client.query<{ bytes: number; rows: number }>(
    `SELECT file_size::float8 AS bytes, coalesce(rows_in, 0)::float8 AS rows FROM import WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, importId],
  );
  const { bytes = 0, rows: lines = 0 } = rows[0] ?? {};
  return bytes >= LARGE.bytes || lines >= LARGE.rows ? `${queue}-large` : queue;
}
