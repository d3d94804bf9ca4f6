import 'server-only';
import type { PoolClient } from 'pg';
import { ApiError } from '@/lib/contract/errors';
import type { ImportKind } from '@/lib/contract/imports';
import type { Reading } from '@/lib/contract/reading';
import { isDiskFull } from '@/lib/db/fault';
import { loadPool } from '@/lib/db/pool';
import { inTransaction } from '@/lib/db/transaction';
import { removeMade, takesLong } from '@/lib/formats/plain';
import { lookAt, textOf } from '@/lib/mapping/look';
import type { OnProgress } from './progress';
import { recallMapping } from '@/lib/mapping/recall-mapping';
import { sentenceOf, setBack, stateOf, Stopped, type State } from './state';

interface Asked {
  workspaceId: number;
  importId: number;
  reading: Reading;
}

const readable: readonly State[] = ['uploaded', 'validated', 'failed'];
/** Its rows and columns may be others then: what was set right by hand goes, too. */
const FORGET = `report = '{}', fixes = DEFAULT, error = NULL, progress = NULL, rows_in = NULL, rows_accepted = NULL, rows_rejected = NULL,
  total_units = NULL, total_amount = NULL, date_from = NULL, date_to = NULL`;

interface File {
  path: string;
  kind: ImportKind;
}

/**
 * Looks at a received file again, read as it is said; the mapping is proposed anew, and what was checked counts no more.
 * `later` asks for a job, within the transaction, where that takes longer than a request should.
 */
export async function rereadFile(asked: Asked, later?: (client: PoolClient) => Promise<void>): Promise<void> {
  const { workspaceId, importId, reading } = asked;
  const file = await fileOf(asked, readable);
  if (!file) throw await refusal(asked);
  if (later && (await takesLong(file.path)))
    return inTransaction(async (client) => {
      const { rowCount } = await client.query(
        `UPDATE import SET state = 'reading', ${FORGET} WHERE workspace_id = $1 AND id = $2 AND state = ANY($3)`,
        [workspaceId, importId, readable],
      );
      if (!rowCount) throw await refusal(asked);
      await later(client);
    });
  if (!(await settle(asked, readable, await lookAt(file.path, file.kind, reading), file.kind)))
    throw await refusal(asked);
}

/** How often it is looked whether the file is still to be read. */
const EVERY_MS = 500;

/**
 * Reads a file that waits for it, as a job: says what it seems to be, or why it cannot be read. Given up, or its process asked
 * to end, it stops between two pieces of the file.
 */
export async function readReceived(
  asked: Asked & {
    kind?: ImportKind | undefined;
    onProgress: OnProgress;
    signal: AbortSignal;
  },
): Promise<void> {
  const { workspaceId, importId, reading, kind, onProgress, signal } = asked;
  const file = await fileOf(asked, ['reading']);
  if (!file) return;
  let looked = Date.now();
  const follow: OnProgress = async (progress) => {
    signal.throwIfAborted();
    if (Date.now() - looked < EVERY_MS) return;
    looked = Date.now();
    const state = await stateOf(workspaceId, importId);
    if (state !== 'reading') throw new Stopped('conflict', `Import ${importId} is ${state}: it was given up.`);
    await onProgress(progress);
  };
  try {
    await removeMade(file.path, '.part');
    await settle(asked, ['reading'], await lookAt(file.path, kind, reading, follow), kind);
  } catch (error) {
    if (!(error instanceof Stopped) && (error instanceof ApiError || isDiskFull(error)))
      await setBack(asked, 'reading', 'failed', sentenceOf(error, ''));
    throw error;
  }
}

async function fileOf({ workspaceId, importId }: Asked, states: readonly State[]): Promise<File | undefined> {
  const { rows } = await loadPool.query<File>(
    `SELECT file_path AS path, kind FROM import WHERE workspace_id = $1 AND id = $2 AND state = ANY($3)`,
    [workspaceId, importId, states],
  );
  return rows[0];
}

async function refusal({ workspaceId, importId }: Asked): Promise<ApiError> {
  const state = await stateOf(workspaceId, importId);
  return new ApiError('conflict', `Import ${importId} is ${state}: only one that is not published can be read anew.`);
}

/** Keeps what was found, where the import is still in one of these states. */
async function settle(
  { workspaceId, importId }: Asked,
  states: readonly State[],
  found: Awaited<ReturnType<typeof lookAt>>,
  given: ImportKind | undefined,
): Promise<boolean> {
  const { kind, detected, mapping, signature, recalled } = await recallMapping(workspaceId, found, given);
  const { rowCount } = await loadPool.query(
    `UPDATE import SET state = 'uploaded', kind = $3, detected = $4, mapping = $5, signature = $6, recalled = $7, ${FORGET}
     WHERE workspace_id = $1 AND id = $2 AND state = ANY($8)`,
    [
      workspaceId,
      importId,
      kind,
      textOf(detected),
      JSON.stringify(mapping),
      signature,
      recalled && JSON.stringify(recalled),
      states,
    ],
  );
  return (rowCount ?? 0) > 0;
}
