import { dropDatabase, ownDatabase } from './own-database.fixture';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeServer } from '@/lib/connectors/client/fake-server.fixture';
import { getConnector, listRuns } from '@/lib/connectors/list';
import { limits, made, sales } from '@/lib/connectors/trial.fixture';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { listImports } from '@/lib/ingest/read';
import { startJobs, stopJobs } from './queue';
import { requestDue, requestRun } from './request-connector';
import { newWorkspace, until } from './trial.fixture';
import { end, endAll, startWorker } from './worker-process.fixture';

process.env.CONNECTOR_PRIVATE_HOSTS = '127.0.0.1';
let server: FakeServer;
let month = 0;
let hold = false;

beforeAll(async () => {
  server = await FakeServer.start({
    '/sales.csv': (_, response) => void response.end(sales(`2024-0${(month += 1)}-01`, 20)),
    '/down.csv': (_, response) => void response.writeHead(503, { 'retry-after': '1000' }).end(),
    '/slow.csv': (_, response) => {
      if (!hold) return void response.end(sales('2023-01-01', 50));
      response.writeHead(200, { 'content-length': '1000' });
      response.write('date,');
      return undefined;
    },
  });
});
afterAll(async () => {
  await endAll();
  await stopJobs();
  await server.stop();
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

const source = (path: string) => ({ kind: 'http', url: `${server.origin}${path}` });
const runs = (w: number, id: number) => listRuns(w, id);
const published = async (w: number) =>
  (await listImports(w, { limit: 100 })).items.filter(({ state }) => state === 'published').length;
const due = (id: number) => db.connector.updateMany({ where: { id }, data: { nextRunAt: new Date() } });

it('runs what is due and what is asked for, publishes, and is due again after its schedule', async () => {
  const w = await newWorkspace();
  await startJobs({ recoverEveryMs: 200 });
  const id = await made(w, { name: 'Daily', source: source('/sales.csv'), scheduleSeconds: 86_400, publish: true });
  await until('the first run has published', async () => (await published(w)) === 1);
  const next = new Date((await getConnector(w, id)).nextRunAt ?? 0).getTime() - Date.now();
  expect(next).toBeGreaterThan(86_300_000);
  await requestRun({ workspaceId: w, connectorId: id, userId: null });
  await until('the second run has published', async () => (await published(w)) === 2);
  await due(id);
  await until('the third run has published', async () => (await published(w)) === 3);
  expect((await runs(w, id)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
});

it('comes back when the other side asks it to, where that is before its schedule', async () => {
  const w = await newWorkspace();
  await startJobs({ recoverEveryMs: 200 });
  const id = await made(w, { name: 'Down', source: source('/down.csv'), scheduleSeconds: 86_400 });
  await until('it has failed', async () => (await getConnector(w, id)).lastRun?.state === 'failed');
  const { nextRunAt, lastRun } = await getConnector(w, id);
  expect(lastRun?.error).toMatch(/asks to wait 1000 seconds/);
  const next = (new Date(nextRunAt ?? 0).getTime() - Date.now()) / 1_000;
  expect(next).toBeGreaterThan(900);
  expect(next).toBeLessThan(1_001);
});

it('a run whose process was killed is ended, and runs again elsewhere', async () => {
  const w = await newWorkspace();
  await stopJobs();
  hold = true;
  const id = await made(w, { name: 'Killed', source: source('/slow.csv'), limits: { ...limits, silentSeconds: 600 } });
  const worker = startWorker();
  await requestRun({ workspaceId: w, connectorId: id, userId: null });
  await until(
    'the worker reads',
    async () => (await getConnector(w, id)).state === 'running' && server.count('/slow.csv') > 0,
  );
  await end(worker, 'SIGKILL');
  hold = false;
  await until('the run is seen to be lost', async () => {
    await requestDue();
    return (await runs(w, id))[0]?.state === 'interrupted';
  });
  await startJobs({ recoverEveryMs: 200 });
  await until('it runs again', async () => (await runs(w, id))[0]?.state === 'done');
  expect((await runs(w, id)).map(({ state }) => state)).toEqual(['done', 'interrupted']);
  expect((await listImports(w, { limit: 10 })).items).toMatchObject([{ state: 'validated', rowsAccepted: 50 }]);
  expect(ownDatabase).toContain('/jobs_');
});
