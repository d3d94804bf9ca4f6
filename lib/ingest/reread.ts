import 'server-only';
import type { PoolClient } from 'pg';
import { recordAudit } from '@/lib/audit/record';
import { ApiError } from '@/lib/contract/errors';
import { keptFixes, type KeptFixes } from '@/lib/contract/fixes';
import type { ImportKind } from '@/lib/contract/imports';
import type { Reading } from '@/lib/contract/reading';
import { isDiskFull } from '@/lib/db/fault';
import { loadPool } from '@/lib/db/pool';
import { inTransaction } from '@/lib/db/transaction';
import { removeMade, takesLong } from '@/lib/formats/plain';
import { lookAt, textOf } from '@/lib/mapping/look';
import { recallMapping } from '@/lib/mapping/recall-mapping';
import { fitFixes } from './fit-fixes';
import { fixText, valueKey } from '@/lib/mapping/one-fix';
import type { OnProgress } from './progress';
import { sentenceOf, setBack, stateOf, Stopped, type State } from './state';

interface Asked {
  workspaceId: number;
  importId: number;
  userId: string | null;
  reading: Reading;
}

const readable: readonly State[] = ['uploaded', 'validated', 'failed'];
const FORGET = `report = '{}', error = NULL, progress = NULL, rows_in = NULL, rows_accepted = NULL, rows_rejected = NULL,
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
  if (readable.includes(state)) return new ApiError('conflict', `Import ${importId} was changed meanwhile. Try again.`);
  return new ApiError('conflict', `Import ${importId} is ${state}: only one that is not published can be read anew.`);
}

/** Keeps what was found, where the import is still in one of these states and nothing more was set right meanwhile. */
async function settle(
  asked: Asked,
  states: readonly State[],
  found: Awaited<ReturnType<typeof lookAt>>,
  given: ImportKind | undefined,
): Promise<boolean> {
  const { workspaceId, importId } = asked;
  const { kind, detected, mapping, signature, recalled, carried } = await recallMapping(workspaceId, found, given);
  const { rows } = await loadPool.query<{ path: string; hash: string; fixes: unknown }>(
    'SELECT file_path AS path, file_hash AS hash, fixes FROM import WHERE workspace_id = $1 AND id = $2',
    [workspaceId, importId],
  );
  if (!rows[0]) return false;
  const { fixes: kept, ...file } = rows[0];
  const before = keptFixes.parse(kept);
  const fixes = await fitFixes(before, { ...file, detected }, carried);
  return inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE import SET state = 'uploaded', kind = $3, detected = $4, mapping = $5, signature = $6, recalled = $7, fixes = $8, ${FORGET}
       WHERE workspace_id = $1 AND id = $2 AND state = ANY($9) AND fixes = $10::jsonb`,
      [
        ...[workspaceId, importId, kind, textOf(detected), JSON.stringify(mapping), signature],
        ...[recalled && JSON.stringify(recalled), JSON.stringify(fixes), states, JSON.stringify(kept)],
      ],
    );
    if (rowCount) await auditFit(client, asked, before, fixes);
    return (rowCount ?? 0) > 0;
  });
}

/** Writes down which fixes the file, read otherwise, has no place for, and which fit again. */
async function auditFit(client: PoolClient, asked: Asked, before: KeptFixes, now: KeptFixes): Promise<void> {
  const { workspaceId, importId, userId } = asked;
  const [were, are] = [before, now].map(({ dropped }) => dropped.map(fixText)) as [string[], string[]];
  const [away, back] = [are.filter((one) => !were.includes(one)), were.filter((one) => !are.includes(one))];
  const brought = now.values.filter(
    (one) =>
      one.carried && !before.values.some((were) => valueKey(were) === valueKey(one)) && !back.includes(fixText(one)),
  );
  const detail = {
    ...(away.length > 0 && { fellAway: away }),
    ...(back.length > 0 && { fitAgain: back }),
    ...(brought.length > 0 && { carriedOn: brought.map(fixText) }),
  };
  if (Object.keys(detail).length === 0) return;
  await recordAudit(client, { workspaceId, userId, action: 'import.fix', subject: `import ${importId}`, detail });
}
