import { dropDatabase } from './own-database.fixture';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { readImport } from '@/lib/ingest/read';
import { verifyRollups } from '@/lib/rollups/verify';
import { openBoss } from './boss';
import { startJobs, stopJobs } from './queue';
import { requestCheck, requestPublish, requestReplace, requestRestore, requestRevert, requestVerify } from './request';
import {
  check,
  csv,
  everything,
  jobsOf,
  newWorkspace,
  published,
  reaches,
  received,
  reverted,
  stateNow,
  until,
  versionOf,
} from './trial.fixture';

const noted: [number, number][] = [];
const start = () => startJobs({ onChanged: (workspaceId, version) => noted.push([workspaceId, version]) });

beforeAll(start);

afterAll(async () => {
  await stopJobs();
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

const fatal = async (): Promise<never> => Promise.reject(new Error('must not be called'));
const checksOf = async (w: number): Promise<{ ok: boolean | null; version: number }[]> => {
  const { rows } = await loadPool.query<{ ok: boolean | null; version: number }>(
    'SELECT ok, data_version::int AS version FROM rollup_check WHERE workspace_id = $1 ORDER BY id',
    [w],
  );
  return rows;
};

describe('jobs', () => {
  it('check, publish and revert an import, prove the rollups after each, and tell the new version', async () => {
    const w = await newWorkspace();
    const before = await everything(w);
    const trial = await received(w, csv('01', 200));
    await check(trial);
    await reaches(trial, 'validated');
    expect(await readImport(w, trial.importId)).toMatchObject({ rowsIn: 200, rowsAccepted: 200, progress: null });
    await requestPublish(trial);
    await reaches(trial, 'published');
    expect(await readImport(w, trial.importId)).toMatchObject({ error: null, progress: null, dataVersion: 1 });
    await until('a check of the rollups', async () => (await checksOf(w)).length === 1);
    expect(await checksOf(w)).toEqual([{ ok: true, version: 1 }]);
    await requestRevert(trial);
    await reaches(trial, 'reverted');
    await until('a second check', async () => (await checksOf(w)).length === 2);
    expect(await checksOf(w)).toEqual([
      { ok: true, version: 1 },
      { ok: true, version: 2 },
    ]);
    expect(await everything(w)).toEqual(before);
    await until('both versions told', () => Promise.resolve(noted.filter(([id]) => id === w).length === 2));
    expect(noted.filter(([id]) => id === w)).toEqual([
      [w, 1],
      [w, 2],
    ]);
  });

  it('restore a reverted import: checked again and published, as if it had never gone', async () => {
    const w = await newWorkspace();
    const trial = await published(w, csv('01', 60));
    await reverted(trial);
    await Promise.all([requestRestore(trial), requestRestore(trial)]);
    const seen = new Set<string>();
    while (!seen.has('published')) seen.add(await stateNow(trial));
    expect([...seen], 'a page that saw this would offer to publish, and look no further').not.toContain('validated');
    expect(((await everything(w)) as { lines: unknown[] }).lines).toHaveLength(60);
    expect(await verifyRollups(w)).toMatchObject({ ok: true });
    await requestRestore(trial);
    expect(await jobsOf('check', `${w}/${trial.importId}`)).toHaveLength(2);
    const other = await received(w, csv('01', 60, 3));
    await check(other);
    await reaches(other, 'validated');
    await requestReplace(other);
    await reaches(other, 'published');
    expect(((await everything(w)) as { lines: unknown[] }).lines).toHaveLength(60);
  });

  it('refuse what the state does not allow, and take a repeat for what it is', async () => {
    const w = await newWorkspace();
    const trial = await received(w, csv('01', 20));
    await expect(requestPublish(trial)).rejects.toMatchObject({ code: 'conflict' });
    await expect(requestRevert(trial)).rejects.toMatchObject({ code: 'conflict' });
    await expect(requestPublish({ ...trial, workspaceId: await newWorkspace() })).rejects.toMatchObject({
      code: 'not_found',
    });
    await Promise.all([check(trial), check(trial), check(trial)]);
    await reaches(trial, 'validated');
    await expect(requestRevert(trial)).rejects.toMatchObject({ code: 'conflict' });
    await Promise.all([requestPublish(trial), requestPublish(trial), requestPublish(trial)]);
    await reaches(trial, 'published');
    await requestPublish(trial);
    expect(await jobsOf('publish', `${w}/${trial.importId}`)).toHaveLength(1);
    expect(await jobsOf('check', `${w}/${trial.importId}`)).toHaveLength(1);
    await expect(check(trial)).rejects.toMatchObject({ code: 'conflict' });
    await Promise.all([requestRevert(trial), requestRevert(trial)]);
    await reaches(trial, 'reverted');
    await requestRevert(trial);
    expect(await jobsOf('revert', `${w}/${trial.importId}`)).toHaveLength(1);
    expect(await versionOf(w)).toBe(2);
    await expect(requestPublish(trial)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('of two imports of one workspace run one after the other', async () => {
    const w = await newWorkspace();
    const files = [csv('01', 150), csv('02', 150, 7)];
    const trials = await Promise.all(files.map((text, at) => received(w, text, `${at}.csv`)));
    await Promise.all(trials.map(check));
    for (const trial of trials) await reaches(trial, 'validated');
    await Promise.all(trials.map(requestPublish));
    for (const trial of trials) await reaches(trial, 'published');
    expect(await versionOf(w)).toBe(2);
    expect(await verifyRollups(w)).toMatchObject({ ok: true, dataVersion: 2 });
    expect(((await everything(w)) as { lines: unknown[] }).lines).toHaveLength(300);
    await Promise.all(trials.map(reverted));
    expect(((await everything(w)) as { lines: unknown[] }).lines).toEqual([]);
    expect(await versionOf(w)).toBe(4);
  });

  it('that fail leave the state before, a sentence, and nothing half-written', async () => {
    const w = await newWorkspace();
    await published(w, csv('01', 50));
    const trial = await received(w, csv('02', 60));
    await check(trial);
    await reaches(trial, 'validated');
    const before = await everything(w);
    await loadPool.query('DELETE FROM staged_line WHERE workspace_id = $1 AND import_id = $2 AND row_no = 9', [
      w,
      trial.importId,
    ]);
    await requestPublish(trial);
    await reaches(trial, 'validated');
    const { error, progress } = await readImport(w, trial.importId);
    expect(error).toContain('accepted 60 rows, but 59');
    expect(progress).toBeNull();
    expect(await everything(w)).toEqual(before);
    expect(await versionOf(w)).toBe(1);
    await until('the job is off the queue', async () =>
      (await jobsOf('publish', `${w}/${trial.importId}`)).every((state) => state === 'cancelled'),
    );
    // Checked again, it can be published.
    await check(trial);
    await until('checked again', async () => (await readImport(w, trial.importId)).error === null);
    await reaches(trial, 'validated');
    await requestPublish(trial);
    await reaches(trial, 'published');
  });

  it('tell what is wrong with a file whose rows are all refused', async () => {
    const w = await newWorkspace();
    const trial = await received(w, 'date,product,amount\n2024-01-01,p,-1\n2024-01-02,p,-2\n');
    await check(trial);
    await reaches(trial, 'failed');
    expect((await readImport(w, trial.importId)).error).toMatch(/None of the 2 rows can be taken/);
    await expect(requestPublish(trial)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('of an import under check are not lost to another mapping', async () => {
    await stopJobs();
    const w = await newWorkspace();
    const trial = await received(w, csv('01', 20));
    await check(trial);
    await check(trial);
    const { mapping } = await readImport(w, trial.importId);
    await expect(requestCheck({ ...trial, mapping: { ...mapping!, negatives: 'returns' } })).rejects.toThrow(
      'being checked with another mapping',
    );
    expect(await jobsOf('check', `${w}/${trial.importId}`)).toEqual(['created']);
    await start();
    await reaches(trial, 'validated');
  });

  it('are queued together with the state, or neither is', async () => {
    const w = await newWorkspace();
    const trial = await received(w, csv('01', 20));
    const boss = await openBoss();
    const send = vi.spyOn(boss, 'send').mockImplementation(fatal);
    await expect(check(trial)).rejects.toThrow('must not be called');
    send.mockRestore();
    expect(await stateNow(trial)).toBe('uploaded');
    await check(trial);
    await reaches(trial, 'validated');
  });

  it('one verify that waits serves all who ask', async () => {
    await stopJobs();
    const w = await newWorkspace();
    await Promise.all([requestVerify({ workspaceId: w }), requestVerify({ workspaceId: w })]);
    await requestVerify({ workspaceId: w });
    expect(await jobsOf('verify', String(w))).toEqual(['created']);
    await start();
    await until('verified', async () => (await checksOf(w)).length > 0);
    expect(await checksOf(w)).toEqual([{ ok: true, version: 0 }]);
  });

  it('do not wait behind a job of the same import that was left behind as running', async () => {
    await stopJobs();
    const [w, other] = [await newWorkspace(), await newWorkspace()];
    await requestVerify({ workspaceId: w });
    await loadPool.query(`UPDATE pgboss.job SET state = 'active', started_on = now() WHERE singleton_key = $1`, [
      `${w}`,
    ]);
    await requestVerify({ workspaceId: w });
    await requestVerify({ workspaceId: other });
    await start();
    await until('the other workspace is verified', async () => (await checksOf(other)).length === 1);
    await until('both jobs of the first are done', async () =>
      (await jobsOf('verify', String(w))).every((state) => state === 'completed'),
    );
  });
});
