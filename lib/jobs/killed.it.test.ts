import { dropDatabase } from './own-database.fixture';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { readImport } from '@/lib/ingest/read';
import { verifyRollups } from '@/lib/rollups/verify';
import { closeBoss } from './boss';
import { requestPublish, requestRevert } from './request';
import {
  check,
  csv,
  everything,
  newWorkspace,
  published,
  reaches,
  received,
  reported,
  reverted,
  stateNow,
  versionOf,
  type Trial,
} from './trial.fixture';
import { Barrier, end, endAll, startWorker } from './worker-process.fixture';

// A worker killed in the middle of its job, and what the next one makes of it.

const before = csv('01', 120);
const text = csv('01', 200, 33);
const undisturbed: Record<'checked' | 'published' | 'reverted', unknown> = { checked: 0, published: 0, reverted: 0 };
const rejects = `${text}\n2024-01-05,S1,h1,r1,p1,B1,C1,1,-3`;

async function ready(): Promise<Trial> {
  const w = await newWorkspace();
  await published(w, before);
  return received(w, rejects);
}

const staged = async ({ workspaceId, importId }: Trial): Promise<number> => {
  const { rows } = await loadPool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM staged_line WHERE workspace_id = $1 AND import_id = $2',
    [workspaceId, importId],
  );
  return rows[0]!.n;
};

/** Kills the worker where the barrier stops it, and lets another one find what is left. */
async function killedAt(barrier: Barrier, state: string, trial: Trial): Promise<void> {
  await barrier.blocks();
  expect(await stateNow(trial)).toBe(state);
  await end(worker, 'SIGKILL');
  const left = await everything(trial.workspaceId);
  await barrier.release();
  expect(await everything(trial.workspaceId)).toEqual(left);
  worker = startWorker();
}

const rowsOfJanuary = (trial: Trial): Promise<Barrier> =>
  Barrier.hold('SELECT 1 FROM sales_product_day WHERE workspace_id = $1 FOR UPDATE', [trial.workspaceId]);

let worker = startWorker();

beforeAll(async () => {
  const trial = await ready();
  await check(trial);
  await reaches(trial, 'validated');
  undisturbed.checked = await reported(trial);
  await requestPublish(trial);
  await reaches(trial, 'published');
  undisturbed.published = await everything(trial.workspaceId);
  await reverted(trial);
  undisturbed.reverted = await everything(trial.workspaceId);
});

afterEach(async () => {
  expect(worker.exitCode).toBeNull();
});

afterAll(async () => {
  await endAll();
  await closeBoss();
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

describe('a worker killed in the middle', () => {
  it('of a check leaves a check that runs again to the same report', async () => {
    const trial = await ready();
    // Row 150 of the file meets a row that is not committed: the COPY waits there.
    const barrier = await Barrier.hold(
      `INSERT INTO staged_line (workspace_id, import_id, row_no, date, units, amount) VALUES ($1, $2, 150, '2024-01-01', 1, 1)`,
      [trial.workspaceId, trial.importId],
    );
    await check(trial);
    await killedAt(barrier, 'validating', trial);
    await reaches(trial, 'validated');
    expect(await reported(trial)).toEqual(undisturbed.checked);
    expect(await staged(trial)).toBe(200);
  });

  it('of a publish leaves a publish that runs again, once', async () => {
    const trial = await ready();
    await check(trial);
    await reaches(trial, 'validated');
    const barrier = await rowsOfJanuary(trial);
    await requestPublish(trial);
    await killedAt(barrier, 'publishing', trial);
    await reaches(trial, 'published');
    expect(await everything(trial.workspaceId)).toEqual(undisturbed.published);
    expect(await versionOf(trial.workspaceId)).toBe(2);
    expect(await staged(trial)).toBe(0);
    expect((await verifyRollups(trial.workspaceId)).ok).toBe(true);
    expect(await readImport(trial.workspaceId, trial.importId)).toMatchObject({ error: null, progress: null });
  });

  it('of a revert leaves a revert that runs again, once', async () => {
    const trial = await ready();
    await check(trial);
    await reaches(trial, 'validated');
    await requestPublish(trial);
    await reaches(trial, 'published');
    const barrier = await rowsOfJanuary(trial);
    await requestRevert(trial);
    await killedAt(barrier, 'reverting', trial);
    await reaches(trial, 'reverted');
    expect(await everything(trial.workspaceId)).toEqual(undisturbed.reverted);
    expect(await versionOf(trial.workspaceId)).toBe(3);
    expect((await verifyRollups(trial.workspaceId)).ok).toBe(true);
  });

  it('time and again does not go on for ever: the import goes back, with a sentence', async () => {
    const trial = await ready();
    await check(trial);
    await reaches(trial, 'validated');
    const now = await everything(trial.workspaceId);
    await end(worker, 'SIGKILL');
    await requestPublish(trial);
    await loadPool.query(
      `UPDATE pgboss.job SET state = 'active', started_on = now(), retry_count = retry_limit WHERE name = 'publish' AND singleton_key = $1`,
      [`${trial.workspaceId}/${trial.importId}`],
    );
    worker = startWorker();
    await reaches(trial, 'validated');
    expect((await readImport(trial.workspaceId, trial.importId)).error).toMatch(/^Publishing was interrupted\./);
    expect(await everything(trial.workspaceId)).toEqual(now);
    await requestPublish(trial);
    await reaches(trial, 'published');
    expect(await everything(trial.workspaceId)).toEqual(undisturbed.published);
  });
});

describe('a worker asked to end', () => {
  it('hands back the check at hand, and the next one finishes it', async () => {
    const trial = await ready();
    const barrier = await Barrier.hold(
      `INSERT INTO staged_line (workspace_id, import_id, row_no, date, units, amount) VALUES ($1, $2, 150, '2024-01-01', 1, 1)`,
      [trial.workspaceId, trial.importId],
    );
    await check(trial);
    await barrier.blocks();
    const ended = end(worker, 'SIGTERM');
    await barrier.release();
    await ended;
    expect(worker.exitCode).toBe(0);
    worker = startWorker();
    await reaches(trial, 'validated');
    expect(await reported(trial)).toEqual(undisturbed.checked);
  });

  it('finishes the publish at hand first', async () => {
    const trial = await ready();
    await check(trial);
    await reaches(trial, 'validated');
    const barrier = await rowsOfJanuary(trial);
    await requestPublish(trial);
    await barrier.blocks();
    const ended = end(worker, 'SIGTERM');
    await barrier.release();
    await ended;
    expect(worker.exitCode).toBe(0);
    expect(await stateNow(trial)).toBe('published');
    expect(await everything(trial.workspaceId)).toEqual(undisturbed.published);
    worker = startWorker();
  });
});

describe('two workers', () => {
  it('share the queue, and neither takes what the other is at', async () => {
    const second = startWorker();
    const trials: Trial[] = [];
    for (let at = 0; at < 3; at += 1) {
      const w = await newWorkspace();
      trials.push(await received(w, before, 'a.csv'), await received(w, text, 'b.csv'));
    }
    await Promise.all(trials.map(check));
    for (const trial of trials) await reaches(trial, 'validated');
    await Promise.all(trials.map(requestPublish));
    for (const trial of trials) await reaches(trial, 'published');
    for (const { workspaceId } of trials) {
      expect(await versionOf(workspaceId)).toBe(2);
      expect((await verifyRollups(workspaceId)).ok).toBe(true);
    }
    await end(second, 'SIGKILL');
  });
});
