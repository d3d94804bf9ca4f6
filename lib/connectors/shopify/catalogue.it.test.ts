import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { listImports, readImport } from '@/lib/ingest/read';
import { getConnector, listRuns } from '../list';
import { placeFor } from '../place';
import { limits, made, newWorkspace, ran } from '../trial.fixture';
import { FakeStore, item } from './fake-store.fixture';

let store: FakeStore;
let w: number;

beforeEach(async () => {
  await store?.server.stop();
  store = await FakeStore.start();
  store.items = Array.from({ length: 60 }, (_, at) => item(at + 1));
  w = await newWorkspace();
});
afterAll(async () => {
  await store.server.stop();
  await loadPool.end();
  await db.$disconnect();
});

const small = { ...limits, batchSize: 10, retries: 1_000, attempts: 8 };
const add = (more: object = {}) =>
  made(w, { name: 'Store', source: { kind: 'shopify', url: store.url }, limits: small, publish: true, ...more });
const products = () => db.product.findMany({ where: { workspaceId: w }, include: { brand: true } });
const codes = (ids: number[]) =>
  ids.flatMap((id) => [0, 1].map((at) => (id % 5 === 0 ? `${id}0${at}` : `SKU-${id}-${at}`)));
const upTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1);

it('makes products of a catalogue: brand of the vendor, category of the type, options as attributes', async () => {
  store.items.push({ ...item(99, 1), title: 'One,\n"size"', options: [{ name: 'Title', position: 1 }] });
  store.items.at(-1)!.variants = [{ id: 9_900, title: 'Default Title', sku: 'SKU-1-0', option1: 'Default Title' }];
  store.items.push({ ...item(98, 1), title: 'A "quoted", one' });
  const run = await ran(w, await add());
  expect(run).toMatchObject({ state: 'done', error: null, statistics: { files: 1, rows: 121 } });
  expect(run.notes).toEqual(['1 variant repeats the SKU of another and is left out.']);
  const found = await products();
  expect(found.map(({ code }) => code).sort()).toEqual([...codes(upTo(60)), 'SKU-98-0'].sort());
  expect(found.find(({ code }) => code === 'SKU-8-1')).toMatchObject({
    name: 'Product 8 – Blue / 1',
    brand: { name: 'Brand 1' },
    attributes: { Color: 'Blue', Size: 'S1' },
  });
  expect(found.find(({ code }) => code === '1000')?.attributes).toEqual({ Color: 'Red', 'Option Brand': 'S0' });
  expect(found.find(({ code }) => code === 'SKU-98-0')?.name).toBe('A "quoted", one – Red / 0');
  const { report } = await readImport(w, run.imports[0]!);
  expect(report?.newMembers).toMatchObject({ product: 121, brand: 7 });
  // The same catalogue again is the same file, and nothing to load.
  const again = await ran(w, (await db.connector.findFirstOrThrow({ where: { workspaceId: w } })).id);
  expect(again).toMatchObject({ state: 'done', imports: [], statistics: { rows: 121 } });
});

it('ends complete against rate limits, failures, cut and slow answers, garbage', async () => {
  store.mishap = (request, response, nth) => {
    if (nth % 5 === 2) response.writeHead(429, { 'retry-after': '0.05' }).end();
    else if (nth % 7 === 3) response.writeHead(503).end('<html>down</html>');
    else if (nth % 11 === 4) request.socket.destroy();
    else if (nth % 13 === 5) response.end('{"products": [{"id": 1, "tit');
    else return false;
    return true;
  };
  const run = await ran(w, await add());
  expect(run).toMatchObject({ state: 'done', error: null, statistics: { rows: 120 } });
  expect(run.statistics.throttled).toBeGreaterThan(2);
  expect(run.statistics.retries).toBeGreaterThan(5);
  expect((await products()).map(({ code }) => code).sort()).toEqual(codes(upTo(60)).sort());
});

it('finds what moves between pages while it reads, and what only collections show', async () => {
  store.mostPages = 4;
  store.collections = [
    { handle: 'gone', has: () => false },
    { handle: 'late', has: ({ id }) => id > 35 },
    { handle: 'all of it', has: () => true },
  ];
  let taken = 0;
  store.after = (page) => {
    // A product that was read is deleted, and the first of the next page moves up before it is asked for.
    if (page < 4 && taken < 5) taken += store.items.splice(0, 1).length;
    if (page === 2) store.collections = store.collections.filter(({ handle }) => handle !== 'gone');
  };
  const run = await ran(w, await add());
  expect(run).toMatchObject({ state: 'done', error: null });
  const found = new Set((await products()).map(({ code }) => code));
  expect(codes(store.items.map(({ id }) => id)).filter((code) => !found.has(code))).toEqual([]);
  expect(found.size).toBe(120);
});

it('goes on after its process was killed, with the page after the last that was kept', async () => {
  const connector = await add();
  const { slug } = await db.workspace.findUniqueOrThrow({ where: { id: w } });
  const command = [
    '--conditions=react-server',
    '--import',
    'tsx',
    'scripts/connector.ts',
    'run',
    'Store',
    '--workspace',
    slug,
  ];
  const env = { ...process.env, CONNECTOR_PRIVATE_HOSTS: '127.0.0.1' };
  const child = spawn(process.execPath, command, { env, stdio: 'ignore' });
  store.after = (page) => {
    if (page === 4) child.kill('SIGKILL');
  };
  await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  expect((await listRuns(w, connector))[0]?.state).toBe('running');
  store.after = () => undefined;
  const before = store.server.seen.length;
  expect(await ran(w, connector)).toMatchObject({ state: 'done', error: null });
  expect((await listRuns(w, connector)).map(({ state }) => state)).toEqual(['done', 'interrupted']);
  const first = store.server.seen[before]!;
  expect(first.query).toMatch(/page=[345]$/);
  expect((await products()).map(({ code }) => code).sort()).toEqual(codes(upTo(60)).sort());
  expect((await listImports(w, { limit: 10 })).total).toBe(1);
});

it('keeps what it has when its time is over', async () => {
  const connector = await add({ limits: { ...small, runSeconds: 5, delayMs: 400 } });
  const first = await ran(w, connector);
  expect(first).toMatchObject({ state: 'interrupted', error: expect.stringMatching(/longer than 5 seconds/) });
  expect(first.statistics.rows).toBeGreaterThan(100);
  const second = await ran(w, connector);
  expect(second).toMatchObject({ state: 'done' });
  expect(first.statistics.rows + second.statistics.rows).toBe(120);
  expect(await products()).toHaveLength(120);
});

it('begins anew when what it had gathered is gone', async () => {
  store.mishap = (_, response, nth) => nth > 3 && Boolean(response.writeHead(403).end());
  const connector = await add();
  expect(await ran(w, connector)).toMatchObject({ state: 'failed', error: expect.stringMatching(/\(403\)/) });
  await rm(placeFor(w, connector), { recursive: true });
  store.mishap = () => false;
  expect(await ran(w, connector)).toMatchObject({ state: 'failed', error: expect.stringMatching(/is gone; the next/) });
  expect(await ran(w, connector)).toMatchObject({ state: 'done', statistics: { rows: 120 } });
});

it('says of what is no store, of a store without end, and of an empty one', async () => {
  const outcome = async (mishap: FakeStore['mishap'], more: object = {}) => {
    store.mishap = mishap;
    const run = await ran(w, await add({ name: `Store ${Math.random()}`, ...more }));
    return run.error ?? run.notes.join(' ');
  };
  const always =
    (body: string): FakeStore['mishap'] =>
    (_, response) =>
      Boolean(response.end(body));
  expect(await outcome(always('{"hello": 1}'))).toMatch(/does not answer as a Shopify store does \(products: /);
  expect(await outcome(always('{"products": [{"id": {}}]}'))).toMatch(/\(products\.0\.id: /);
  expect(await outcome(always('<html>Enter the password</html>'))).toMatch(/web page where JSON was expected/);
  expect(await outcome(always(JSON.stringify({ products: [item(1)] })))).toMatch(/the same page again and again/);
  let id = 0;
  const endless: FakeStore['mishap'] = (_, response) =>
    Boolean(response.end(JSON.stringify({ products: [item((id += 1))] })));
  expect(await outcome(endless, { limits: { ...small, pages: 30 } })).toMatch(/more than 30 pages/);
  store.mishap = () => false;
  store.items = [];
  expect(await outcome(() => false)).toBe('The store shows no products.');
  expect((await getConnector(w, (await db.connector.findFirstOrThrow({ where: { workspaceId: w } })).id)).state).toBe(
    'idle',
  );
});
