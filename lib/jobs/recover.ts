import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import type PgBoss from 'pg-boss';
import { loadPool } from '@/lib/db/pool';
import { checkLock } from '@/lib/ingest/check';
import { changeLock } from '@/lib/ingest/changing';
import { setBack } from '@/lib/ingest/state';
import { logger } from '@/lib/observability/logger';
import { queueNames, type Queue } from './boss';
import { under, type ImportVerb, type Under } from './interrupted';
import { jobLock } from './lease';
import { within } from './within';

/**
 * After a crash: jobs marked as running that nobody runs go back into their queue, and imports that wait for a job that
 * does not exist go back to where they were. Harmless at any time and in any number of processes.
 */
export async function recover(boss: PgBoss): Promise<void> {
  const { rows } = await loadPool.query<{ name: Queue; id: string }>(
    `SELECT name, id FROM pgboss.job WHERE state = 'active' AND name = ANY($1)`,
    [queueNames],
  );
  for (const job of rows) await handOn(boss, job);
  await setBackStranded();
}

async function handOn(boss: PgBoss, { name, id }: { name: Queue; id: string }): Promise<void> {
  await within(async (client, db) => {
    const { rows: lock } = await client.query<{ free: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free',
      [jobLock(id)],
    );
    if (!lock[0]?.free) return;
    // Whoever fetched it in this moment finds it no longer active once it gets the lock.
    const { rowCount } = await client.query(
      `SELECT 1 FROM pgboss.job WHERE name = $1 AND id = $2 AND state = 'active' FOR UPDATE`,
      [name, id],
    );
    if (!rowCount) return;
    await boss.fail(name, id, { message: 'left behind by a process that ended' }, { db });
    logger.warn({ queue: name, job: id }, 'a job was left behind; it is queued again');
  });
}

interface Stranded {
  verb: ImportVerb;
  workspaceId: number;
  importId: number;
}

/** The command line works without a queue: between setting the state and taking its lock it looks stranded for a moment. */
const secondLookMs = 1_000;

async function setBackStranded(): Promise<void> {
  const first = await stranded();
  if (first.length === 0) return;
  await wait(secondLookMs);
  const still = new Set((await stranded()).map(keyOf));
  for (const found of first.filter((one) => still.has(keyOf(one)))) {
    const { state, back, because } = under[found.verb];
    await setBack(found, state, back, because);
    logger.warn({ ...found }, 'an import waited for a job that does not exist; it is set back');
  }
}

const keyOf = ({ verb, workspaceId, importId }: Stranded): string => `${verb} ${workspaceId}/${importId}`;

/** Imports under way without a job that waits or runs, and without anybody holding the lock of the work itself. */
async function stranded(): Promise<Stranded[]> {
  const found: Stranded[] = [];
  for (const [verb, { state }] of Object.entries(under) as [ImportVerb, Under][]) {
    const { rows } = await loadPool.query<Omit<Stranded, 'verb'>>(
      `SELECT i.workspace_id AS "workspaceId", i.id AS "importId" FROM import i
       WHERE i.state = $1 AND NOT EXISTS (
         SELECT FROM pgboss.job j WHERE j.name IN ($2, $2 || '-large') AND j.singleton_key = i.workspace_id || '/' || i.id
           AND j.state IN ('created', 'retry', 'active'))`,
      [state, verb],
    );
    for (const { workspaceId, importId } of rows) {
      // Nothing but a job reads a file.
      const lock =
        verb === 'read' ? null : verb === 'check' ? checkLock(workspaceId, importId) : changeLock(workspaceId);
      if (lock === null || !(await isHeld(lock))) found.push({ verb, workspaceId, importId });
    }
  }
  return found;
}

async function isHeld(lock: string): Promise<boolean> {
  const { rows } = await loadPool.query<{ free: boolean }>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free',
    [lock],
  );
  return !rows[0]?.free;
}
