import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError } from '@/lib/contract/errors';
import { mapping as mappingShape } from '@/lib/contract/imports';
import type { PushAnswer } from '@/lib/contract/push';
import { loadPool } from '@/lib/db/pool';
import { checkFile } from '@/lib/ingest/check';
import { listRejects, readImport } from '@/lib/ingest/read';
import { receiveLines, type Batch } from '@/lib/ingest/receive-lines';
import { stateOf } from '@/lib/ingest/state';
import { requestPublish } from './request';

const patienceMs = 25_000;
const lookMs = 100;

/**
 * Takes a batch of lines the whole way: kept, checked, published. Every step begins where the import stands, so a batch that
 * is sent twice, at once or after a crash, is loaded once, and both get the same answer.
 */
export async function push(batch: Batch): Promise<PushAnswer> {
  const { workspaceId, userId } = batch;
  const importId = await receiveLines(batch);
  const one = { workspaceId, importId, userId };
  const until = Date.now() + patienceMs;
  let [checked, asked] = [false, false];
  while (Date.now() < until) {
    const state = await stateOf(workspaceId, importId);
    if (state === 'uploaded' || (state === 'failed' && !checked)) {
      checked = true;
      await check(one);
    } else if (state === 'validated' && !asked) {
      asked = true;
      await requestPublish(one).catch(unlessMoved);
    } else if (state === 'validating' || state === 'publishing') await wait(lookMs);
    else break;
  }
  return answer(one, batch);
}

interface One {
  workspaceId: number;
  importId: number;
}

/**
 * Checks in this process, so that no other import is waited for; who moved the state checks, all others wait. A check that
 * broke off is made again; one that found no line to take has said so.
 */
async function check(one: One): Promise<void> {
  const { rowCount } = await loadPool.query(
    `UPDATE import SET state = 'validating', error = NULL WHERE workspace_id = $1 AND id = $2
       AND (state = 'uploaded' OR (state = 'failed' AND rows_in IS NULL))`,
    [one.workspaceId, one.importId],
  );
  if (!rowCount) return;
  const { mapping } = await readImport(one.workspaceId, one.importId);
  await checkFile({ ...one, mapping: mappingShape.parse(mapping) });
}

/** Another request for the same batch was faster. */
function unlessMoved(error: unknown): false {
  if (error instanceof ApiError && error.code === 'conflict') return false;
  throw error;
}

async function answer({ workspaceId, importId }: One, { lines }: Batch): Promise<PushAnswer> {
  const { state, rowsIn, rowsAccepted, rowsRejected, error } = await readImport(workspaceId, importId);
  if (rowsIn === null && state === 'failed') {
    throw new ApiError('unprocessable', error ?? 'The lines could not be checked.');
  }
  const { items } = await listRejects({ workspaceId, importId, rows: false }, { limit: 100 });
  // Row 1 of the file that the lines were kept as is its header.
  const rejects = items.map(({ row, column, reason }) => ({ line: row - 1, column, reason }));
  return {
    import: importId,
    state,
    lines: lines.length,
    accepted: rowsAccepted,
    rejected: rowsRejected,
    rejects,
    error,
  };
}
