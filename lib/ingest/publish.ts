import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { ColumnStore } from '@/lib/columns/column-store';
import { ApiError } from '@/lib/contract/errors';
import { mapping as mappingShape, type ImportKind } from '@/lib/contract/imports';
import { passes } from '@/lib/db/fault';
import { rollupTables } from '@/lib/rollups/levels';
import type { Loaded } from '@/lib/rollups/refresh';
import { analyze, changingBy, vacuum } from './changing';
import { clearStaged } from './clear-staged';
import { describeLines } from './describe-lines';
import { describeMembers } from './describe-members';
import { fetchLines } from './fetch-lines';
import { gatherLines, loadAtOnce, loadByMonth } from './load-lines';
import { refreshDays } from './refresh-days';
import { findReplacing, takeOut, type Replaced } from './replace';
import { openRestatement, recordRestatement } from './restate';
import { rememberMapping } from '@/lib/mapping/remember-mapping';
import type { OnProgress } from './progress';
import { removeOrphans, settleWorkspace } from './settle-workspace';
import { moveReplacing, moveVersion, sentenceOf, setBack, stateOf, Stopped, type State } from './state';
import { movedDays, openTouched, type Subject } from './touched';

export interface Change {
  workspaceId: number;
  importId: number;
  /** Null: the command line. */
  userId: string | null;
  /** In place of what is there of its stores and dates; a job's import says so itself. */
  replaces?: boolean;
  onProgress?: OnProgress;
  /** Told when the change is made for all to see; what comes after only tidies up. */
  onChanged?: () => void;
  /** Only if the import is under way to it by its state: a job that comes late has nothing to do. */
  asked?: boolean;
}

/** Tells how far the change is, and ends it when the import is no longer under way to it. */
export const unlessCancelled =
  ({ workspaceId, importId, onProgress }: Change, state: State): OnProgress =>
  async (progress) => {
    const now = await stateOf(workspaceId, importId);
    if (now !== state) throw new Stopped('conflict', `Import ${importId} is ${now}: it was cancelled.`);
    await onProgress?.(progress);
  };

interface Staged {
  state: State;
  kind: ImportKind;
  mapping: unknown;
  rows_accepted: number;
  needed_scale: number | null;
  says_promotion: boolean;
  currency_scale: number;
  has_lines: boolean;
  was_published: boolean;
}

/**
 * Makes a checked import part of the numbers, all of it or nothing. Calling it again for one that is published does
 * nothing. When it fails, the import is back in state validated with the reason in `error`, and can be published again;
 * after what passes, such as a lost connection, it stays under way for the next call. Cancelled meanwhile, it rolls back at once.
 */
export async function publish(change: Change): Promise<void> {
  const { workspaceId, importId } = change;
  const now = await stateOf(workspaceId, importId);
  if (now === 'published' || (change.asked && now !== 'publishing')) return;
  await moveReplacing(change, change.replaces ?? false);
  try {
    await changingBy(change, 'publishing', (client) =>
      ColumnStore.beside(client, (store) => apply({ client, workspaceId, importId }, store, change)),
    );
  } catch (error) {
    if (error instanceof Stopped) return;
    // Its job is made again.
    if (passes(error)) throw error;
    const reason = sentenceOf(error, 'Publishing broke off. Nothing was changed; try again.');
    await setBack(change, 'publishing', 'validated', reason).catch(() => undefined);
    throw error;
  }
  change.onChanged?.();
  await vacuum();
}

async function apply(subject: Subject, store: ColumnStore, change: Change): Promise<void> {
  const { client, workspaceId, importId } = subject;
  const { userId } = change;
  const onProgress = unlessCancelled(change, 'publishing');
  const staged = await readStaged(subject);
  // Another process was faster, and waiting for the lock was all there was to do.
  if (staged.state === 'published') return;
  if (staged.state !== 'publishing')
    throw new Stopped('conflict', `Import ${importId} is ${staged.state}; it cannot be published.`);
  const mapping = mappingShape.parse(staged.mapping);

  await onProgress({ stage: 'members', done: 0, total: staged.rows_accepted });
  await openTouched(subject);
  const days = new Set<string>();
  let replaced: Replaced[] = [];
  let loaded: Loaded | undefined;
  let lines: ReadonlyMap<string, number> | undefined;
  let byMonth: Awaited<ReturnType<typeof loadByMonth>> | undefined;
  if (staged.kind === 'transactions') {
    const scale = await settleScale(subject, staged);
    await fetchLines(store, subject, mapping, { scale, promotion: staged.says_promotion });
    await describeLines(store, subject, mapping);
    const total = staged.rows_accepted;
    const onLines = async (done: number): Promise<void> => onProgress({ stage: 'lines', done, total });
    await onLines(0);
    const gathered = await gatherLines(store, subject, mapping, scale, total);
    for (const day of gathered.days) days.add(day);
    lines = gathered.months;
    const replacing = await findReplacing(subject);
    // Receipts that stand for themselves have to be in to see whether one spans days, which trips of every month are counted by.
    if (replacing.length === 0 && !mapping.receiptUnique) byMonth = await loadByMonth(subject, gathered);
    else {
      loaded = await loadAtOnce(subject, gathered, onLines);
      replaced = await takeOut(subject, replacing);
      await analyze(client, ['sale_line', 'basket']);
    }
    await analyze(client, ['product', 'store', 'shopper']);
  } else {
    await describeMembers(subject, staged.kind);
    await analyze(client, ['product', 'store']);
  }
  for (const day of await movedDays(subject)) days.add(day);
  // A store belongs to no brand.
  const brands = staged.kind === 'products' ? 'touched' : 'parts';
  await openRestatement(subject, brands);
  await removeOrphans(subject);
  if (!byMonth) await settleWorkspace(subject);
  await refreshDays(subject, [...days], { onProgress, loaded: byMonth ?? loaded, lines });
  if (byMonth) {
    if (byMonth.waiting.size > 0) throw new Error(`No rollups were made of ${[...byMonth.waiting].join(', ')}.`);
    // First: without statistics all lines would be read to find that no basket spans days.
    await analyze(client, ['sale_line', 'basket']);
    await settleWorkspace(subject);
  }
  await analyze(
    client,
    rollupTables.map(({ table }) => table),
  );

  await clearStaged(subject, staged.rows_accepted);
  await moveVersion(subject);
  await recordRestatement(subject, {
    cause: staged.was_published ? 'restore' : replaced.length > 0 ? 'replace' : 'publish',
    userId,
    replaced,
    brands,
  });
  const { rowCount } = await client.query(
    `UPDATE import SET state = 'published', published_at = now(), reverted_at = NULL, reverted_by = NULL, error = NULL, progress = NULL
     WHERE workspace_id = $1 AND id = $2 AND state = 'publishing'`,
    [workspaceId, importId],
  );
  if (!rowCount) throw new Stopped('conflict', `Import ${importId} was cancelled while it was published.`);
  await rememberMapping({ ...subject, userId });
  const detail = { kind: staged.kind, rows: staged.rows_accepted, days: days.size };
  await recordAudit(client, { workspaceId, userId, action: 'import.publish', subject: `import ${importId}`, detail });
}

async function readStaged({ client, workspaceId, importId }: Subject): Promise<Staged> {
  const { rows } = await client.query<Staged>(
    `SELECT i.state, i.kind, i.mapping, coalesce(i.rows_accepted, 0) AS rows_accepted,
            (i.report->>'neededScale')::int AS needed_scale, w.currency_scale,
            coalesce((i.report->'read'->>'promotion')::boolean, true) AS says_promotion,
            EXISTS (SELECT FROM sale_line l WHERE l.workspace_id = w.id) AS has_lines, i.published_at IS NOT NULL AS was_published
     FROM import i JOIN workspace w ON w.id = i.workspace_id WHERE i.workspace_id = $1 AND i.id = $2`,
    [workspaceId, importId],
  );
  if (rows[0]) return rows[0];
  throw new ApiError('not_found', `There is no import ${importId}.`);
}

/** Decimals that amounts are kept with: what the file needs may raise it while there are no lines. */
async function settleScale({ client, workspaceId }: Subject, staged: Staged): Promise<number> {
  const { currency_scale: scale, needed_scale: needed, has_lines: hasLines } = staged;
  if (hasLines || needed === null || needed <= scale) return scale;
  await client.query('UPDATE workspace SET currency_scale = $2 WHERE id = $1', [workspaceId, needed]);
  return needed;
}
