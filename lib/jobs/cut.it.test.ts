import { dropDatabase } from './own-database.fixture';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { mapping as mappingShape } from '@/lib/contract/imports';
import { checkFile } from '@/lib/ingest/check';
import { readImport } from '@/lib/ingest/read';
import { closeBoss } from './boss';
import { startJobs, stopJobs } from './queue';
import { requestPublish, requestRevert } from './request';
import { check, csv, everything, newWorkspace, published, reaches, received, type Trial } from './trial.fixture';
import { Barrier } from './worker-process.fixture';

// A connection that the database cuts in the middle of a job, and a process that ends: neither loses the job, and what
// is no fault of the job's is not counted against it.

// Several chunks of what is read in moments.
vi.hoisted(() => (process.env['IMPORT_CHUNK_BYTES'] = '1500000'));

const text = csv('01', 200, 33);

async function ready(): Promise<Trial> {
  const w = await newWorkspace();
  await published(w, csv('01', 120));
  return received(w, text);
}

async function validated(): Promise<Trial> {
  const trial = await ready();
  await check(trial);
  await reaches(trial, 'validated');
  return trial;
}

const rowOf = (trial: Trial): Promise<Barrier> =>
  Barrier.hold(
    `INSERT INTO staged_line (workspace_id, import_id, row_no, date, units, amount) VALUES ($1, $2, 150, '2024-01-01', 1, 1)`,
    [trial.workspaceId, trial.importId],
  );
const rollupsOf = ({ workspaceId }: Trial): Promise<Barrier> =>
  Barrier.hold('SELECT 1 FROM sales_product_day WHERE workspace_id = $1 FOR UPDATE', [workspaceId]);

const undisturbed: Record<'published' | 'reverted', unknown> = { published: 0, reverted: 0 };

beforeAll(async () => {
  await startJobs({ recoverEveryMs: 1_000 });
  const trial = await validated();
  await requestPublish(trial);
  await reaches(trial, 'published');
  undisturbed.published = await everything(trial.workspaceId);
  await requestRevert(trial);
  await reaches(trial, 'reverted');
  undisturbed.reverted = await everything(trial.workspaceId);
});

afterAll(async () => {
  await stopJobs();
  await closeBoss();
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

describe('a connection cut in the middle', () => {
  it('of a check leaves a check that is made again', async () => {
    const trial = await ready();
    const barrier = await rowOf(trial);
    await check(trial);
    await barrier.cut();
    await reaches(trial, 'validated');
    expect(await readImport(trial.workspaceId, trial.importId)).toMatchObject({ rowsAccepted: 200, error: null });
  });

  it('of a publish leaves a publish that is made again, once', async () => {
    const trial = await validated();
    const barrier = await rollupsOf(trial);
    await requestPublish(trial);
    await barrier.cut();
    await reaches(trial, 'published');
    expect(await everything(trial.workspaceId)).toEqual(undisturbed.published);
  });

  it('of a revert leaves a revert that is made again, once', async () => {
    const trial = await validated();
    await requestPublish(trial);
    await reaches(trial, 'published');
    const barrier = await rollupsOf(trial);
    await requestRevert(trial);
    await barrier.cut();
    await reaches(trial, 'reverted');
    expect(await everything(trial.workspaceId)).toEqual(undisturbed.reverted);
  });
});

const jobOf = async (queue: string, { workspaceId, importId }: Trial): Promise<unknown> => {
  const { rows } = await loadPool.query(
    'SELECT state::text, retry_count FROM pgboss.job WHERE name = $1 AND singleton_key = $2',
    [queue, `${workspaceId}/${importId}`],
  );
  return rows[0];
};

describe('a process that ends uses up no try', () => {
  it('of the check at hand', async () => {
    // So long that the end is asked for before all of it is read.
    const trial = await received(await newWorkspace(), csv('01', 60_000));
    const barrier = await rowOf(trial);
    await check(trial);
    await barrier.blocks();
    const stopped = stopJobs();
    await barrier.release();
    await stopped;
    expect(await jobOf('check', trial)).toEqual({ state: 'retry', retry_count: 0 });
    await startJobs();
    await reaches(trial, 'validated');
    expect(await jobOf('check', trial)).toMatchObject({ retry_count: 0 });
    expect(await readImport(trial.workspaceId, trial.importId)).toMatchObject({ rowsAccepted: 60_000, error: null });
  });

  it('and keeps what was read of the check at hand, though its chunk is not full', async () => {
    const trial = await received(await newWorkspace(), csv('01', 6_000));
    const { mapping } = await readImport(trial.workspaceId, trial.importId);
    const ending = new AbortController();
    const check = checkFile({
      ...trial,
      mapping: mappingShape.parse(mapping),
      signal: ending.signal,
      onProgress: () => ending.abort(),
    });
    await expect(check).rejects.toThrow('aborted');
    const { rows } = await loadPool.query<{ staged: number; last: number; kept: number }>(
      `SELECT count(*)::int AS staged, max(row_no) AS last,
              (SELECT row_no FROM import_checkpoint WHERE workspace_id = $1 AND import_id = $2) AS kept
       FROM staged_line WHERE workspace_id = $1 AND import_id = $2`,
      [trial.workspaceId, trial.importId],
    );
    const { staged, last, kept } = rows[0]!;
    expect(staged).toBeGreaterThan(500);
    expect(staged).toBeLessThan(6_000);
    expect(kept).toBe(last);
  });

  it('of a publish that takes longer than it can wait', async () => {
    const trial = await validated();
    const barrier = await rollupsOf(trial);
    await requestPublish(trial);
    await barrier.blocks();
    await stopJobs(100);
    expect(await jobOf('publish', trial)).toEqual({ state: 'retry', retry_count: 0 });
    await barrier.release();
    await startJobs();
    await reaches(trial, 'published');
    expect(await everything(trial.workspaceId)).toEqual(undisturbed.published);
  });
});
