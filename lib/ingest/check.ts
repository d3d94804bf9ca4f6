import 'server-only';
import type { PoolClient } from 'pg';
import { ApiError } from '@/lib/contract/errors';
import { type ImportKind, type Mapping } from '@/lib/contract/imports';
import { alone } from '@/lib/db/alone';
import { isDiskFull, passes } from '@/lib/db/fault';
import { loadPool } from '@/lib/db/pool';
import { clearStage, close, resume, stagingKey } from './checkpoint';
import { conclude } from './conclude';
import { heeding } from './heed';
import { MANY } from './judge';
import { readFile, repeatOf } from './read-file';
import type { Progress, Reading } from './reading';
import { readingOf, subjectColumns, type Subject } from './reading-of';
import { refusePublished } from './refuse-published';
import { Stage } from './stage';
import { Stopped, sentenceOf, setBack } from './state';

export type { Progress };

export interface Check {
  workspaceId: number;
  importId: number;
  kind?: ImportKind;
  mapping: Mapping;
  onProgress?: (progress: Progress) => void | Promise<void>;
  /** Looked at between chunks. Stopping leaves the import in state validating, and a checkpoint from which it goes on. */
  signal?: AbortSignal;
  /** Only if the import is being checked by its state: a job that comes late has nothing to do. */
  asked?: boolean;
  /** Run with the verdict that it can be published, in one transaction: nobody sees it wait for what comes next. */
  onSound?: (client: PoolClient) => Promise<void>;
}

/** The advisory lock that whoever checks an import holds. */
export const checkLock = (workspaceId: number, importId: number): string => `check ${workspaceId} ${importId}`;

/**
 * The dry run: reads the whole file with this mapping, stages what is sound, keeps what is not with the reason, reports.
 * What is wrong with the file or mapping ends in state failed with a sentence, without throwing. One that broke off goes on
 * where it was.
 */
export const checkFile = (check: Check): Promise<void> =>
  alone(checkLock(check.workspaceId, check.importId), async (client) => {
    const subject = await begin(check);
    if (!subject) return;
    try {
      await run(client, check, subject);
    } catch (error) {
      if (error instanceof Stopped) return;
      if (check.signal?.aborted || passes(error)) throw error;
      await client.query('ROLLBACK');
      if (isDiskFull(error)) return rest(check);
      await fail(client, check, reasonOf(error));
      if (!(error instanceof ApiError)) throw error;
    }
  });

async function run(client: PoolClient, check: Check, subject: Subject): Promise<void> {
  const { workspaceId, importId, mapping } = check;
  const kind = check.kind ?? subject.kind;
  const { reading: found, brands } = await readingOf(workspaceId, subject, kind, mapping);
  await refusePublished(workspaceId, subject.file_hash, importId);
  const reading: Reading = { ...found, onProgress: check.onProgress, signal: check.signal };
  const staging = { client, workspaceId, importId, key: stagingKey(reading, brands) };
  const from = await resume(staging);
  const stage = new Stage(staging, from.row, repeatOf(reading), reading.mapping);
  try {
    await readFile(reading, from, stage);
  } finally {
    await stage.settle();
  }
  // What follows joins staged lines by the million: the planner has to know how many there are, and may have seen none.
  if (from.tally.accepted > MANY) await client.query('ANALYZE (SKIP_LOCKED) staged_line');
  await client.query('BEGIN');
  await close(staging);
  const { currency_scale: coin, replaces } = subject;
  const read = { workspaceId, importId, kind, mapping, scale: coin, replaces, onProgress: check.onProgress };
  const sound = await heeding(check, 'validating', client, () => conclude(client, read, from.tally, stage.survey));
  if (sound) await check.onSound?.(client);
  await client.query('COMMIT');
}

const checkable = ['uploaded', 'validating', 'paused', 'validated', 'failed'];

/** Marks the import as being checked; only one that is not on its way to the numbers can be. */
async function begin({ workspaceId, importId, kind, mapping, asked }: Check): Promise<Subject | null> {
  const { rows } = await loadPool.query<Subject>(
    `UPDATE import i SET state = 'validating', kind = coalesce($3, i.kind), mapping = $4, grain = NULL, error = NULL,
            rows_in = NULL, rows_accepted = NULL, rows_rejected = NULL, total_units = NULL, total_amount = NULL,
            date_from = NULL, date_to = NULL, report = '{}'
       FROM workspace w
      WHERE i.workspace_id = $1 AND i.id = $2 AND w.id = i.workspace_id
        AND i.state = ANY($5)
  RETURNING ${subjectColumns}`,
    [workspaceId, importId, kind ?? null, JSON.stringify(mapping), asked ? ['validating'] : checkable],
  );
  if (rows[0]) return rows[0];
  if (asked) return null;
  const { rows: found } = await loadPool.query<{ state: string }>(
    'SELECT state FROM import WHERE workspace_id = $1 AND id = $2',
    [workspaceId, importId],
  );
  if (!found[0]) throw new ApiError('not_found', `There is no import ${importId}.`);
  throw new ApiError(
    'conflict',
    `Import ${importId} is ${found[0].state}: only one that is not published can be checked.`,
  );
}

/** What is read stays, for the check to go on once there is room. */
async function rest({ workspaceId, importId }: Check): Promise<void> {
  const reason = 'The disk is full. What was read so far is kept: free some space, then go on.';
  await setBack({ workspaceId, importId }, 'validating', 'paused', reason);
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'The stored file is not where it was kept (DATA_DIR). Upload it again.';
  return sentenceOf(error, 'The check broke off. Nothing was changed; try again.');
}

async function fail(client: PoolClient, { workspaceId, importId }: Check, error: string): Promise<void> {
  await client.query('BEGIN');
  const { rowCount } = await client.query(
    `UPDATE import SET state = 'failed', error = $3, progress = NULL WHERE workspace_id = $1 AND id = $2 AND state = 'validating'`,
    [workspaceId, importId, error],
  );
  if (rowCount) await clearStage(client, workspaceId, importId);
  await client.query('COMMIT');
}
