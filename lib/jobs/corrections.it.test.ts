import { dropDatabase } from './own-database.fixture';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { draftCorrections } from '@/lib/corrections/draft';
import { listCorrections } from '@/lib/corrections/list';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { closeBoss } from './boss';
import { startJobs, stopJobs } from './queue';
import { requestApply, requestUndo } from './request-corrections';
import { everything, jobsOf, newWorkspace, published, until } from './trial.fixture';

beforeAll(() => closeBoss());
afterAll(async () => {
  await stopJobs();
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

const states = async (w: number) => (await listCorrections(w, { limit: 10 })).items.map(({ state }) => state);

it('corrections are applied and undone as one job each, and every number is as before', async () => {
  const w = await newWorkspace();
  await startJobs();
  await published(w, 'date,product,brand,amount\n2024-01-01,p,Acme,1\n2024-01-02,q,ACME,2\n2024-01-03,r,Acmé,3\n');
  const asked = { workspaceId: w, userId: null };
  const before = await everything(w);
  await expect(requestApply(asked)).rejects.toMatchObject({ code: 'conflict' });
  await draftCorrections(asked, [
    { kind: 'spelling', subject: 'ACME', brand: 'Acme' },
    { kind: 'spelling', subject: 'Acmé', brand: 'Acme' },
  ]);
  // Nobody runs jobs: whoever asks again waits for the same one.
  await stopJobs();
  const [first] = await Promise.all([requestApply(asked), requestApply(asked)]);
  expect(first.map(({ state }) => state)).toEqual(['applying', 'applying']);
  expect(await jobsOf('correct', `${w}`)).toEqual(['created']);
  await startJobs();
  await until('both are applied', async () => (await states(w)).every((state) => state === 'applied'));
  expect(await db.brand.count({ where: { workspaceId: w } })).toBe(1);
  await requestUndo(
    asked,
    first.map(({ id }) => id),
  );
  await until('both are undone', async () => (await states(w)).every((state) => state === 'undone'));
  expect(await everything(w)).toEqual(before);
  await expect(requestUndo(asked, [2_000_000])).rejects.toMatchObject({ code: 'not_found' });
});
