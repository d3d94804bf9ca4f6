import { dropDatabase } from './own-database.fixture';
import { afterAll, expect, it } from 'vitest';
import { readiness } from '@/lib/http/readiness';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { startJobs, stopJobs } from './queue';
import { check, csv, jobsOf, newWorkspace, reaches, received } from './trial.fixture';
import { endAll, startWorker } from './worker-process.fixture';

afterAll(async () => {
  await endAll();
  await stopJobs();
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

it('makes the tables of the queue in a new database, with several processes starting at once', async () => {
  const { rows } = await loadPool.query<{ there: boolean }>(`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`);
  expect(rows).toEqual([{ there: false }]);
  expect((await readiness()).checks.jobs).toMatchObject({ state: 'down' });
  const workers = [startWorker(), startWorker()];
  await startJobs();
  expect((await readiness()).checks.jobs).toMatchObject({ state: 'ok' });
  const w = await newWorkspace();
  const trials = await Promise.all(Array.from({ length: 4 }, (_, at) => received(w, csv('01', 30, at))));
  await Promise.all(trials.map(check));
  for (const trial of trials) await reaches(trial, 'validated');
  for (const { importId } of trials) expect(await jobsOf('check', `${w}/${importId}`)).toHaveLength(1);
  expect(workers.map(({ exitCode }) => exitCode)).toEqual([null, null]);
  await stopJobs();
  expect((await readiness()).checks.jobs).toMatchObject({ state: 'down' });
});
