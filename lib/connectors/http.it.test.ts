import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectorChange } from '@/lib/contract/connectors';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { listImports } from '@/lib/ingest/read';
import { FakeServer } from './client/fake-server.fixture';
import { getConnector } from './list';
import { changeConnector } from './save';
import { limits, made, newWorkspace, ran, sales } from './trial.fixture';

let server: FakeServer;
let w: number;
let text = '';
let etag: string | null = null;
/** Cuts the next answers after so many bytes. */
let cuts: number[] = [];

beforeAll(async () => {
  const file = (headers: Record<string, string | string[] | undefined>, response: ServerResponse) => {
    const tag = etag === null ? {} : { etag };
    if (etag !== null && headers['if-none-match'] === etag) {
      response.writeHead(304, tag).end();
      return;
    }
    const body = Buffer.from(text);
    const from = headers['if-range'] === etag ? Number(/bytes=(\d+)-/.exec(String(headers['range']))?.[1] ?? 0) : 0;
    const range = { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` };
    const rest = body.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { ...tag, ...(from > 0 && range), 'content-length': rest.length });
    const cut = cuts.shift();
    if (cut === undefined) response.end(rest);
    else response.write(rest.subarray(0, cut), () => setTimeout(() => response.destroy(), 300));
  };
  server = await FakeServer.start({
    '/sales%20may.csv': ({ headers }, response) => file(headers, response),
    '/private.csv': ({ headers }, response) =>
      headers.authorization === 'Bearer open sesame' ? file(headers, response) : void response.writeHead(401).end(),
    '/page': (_, response) => void response.end('<html><body><p>Not a table</p></body></html>'),
  });
});
beforeEach(async () => {
  w = await newWorkspace();
  [etag, cuts] = [null, []];
});
afterAll(async () => {
  await server.stop();
  await loadPool.end();
  await db.$disconnect();
});

const imports = async () => (await listImports(w, { limit: 100 })).items;
const at = (path: string) => ({ source: { kind: 'http', url: `${server.origin}${path}` } });

it('takes a file once, and again when it has changed', async () => {
  const connector = await made(w, { name: 'May', ...at('/sales%20may.csv'), publish: true });
  for (const tag of [null, '"v1"']) {
    [text, etag] = [sales(`2024-0${tag ? 2 : 1}-01`, 30), tag];
    expect(await ran(w, connector)).toMatchObject({ state: 'done', statistics: { files: 1 } });
    const again = await ran(w, connector);
    expect(again).toMatchObject({ state: 'done', imports: [] });
    // Without a name for its version it is fetched again, and known by what it holds.
    if (tag) expect(again.notes).toEqual(['The file has not changed.']);
  }
  expect((await imports()).map(({ fileName, state, createdBy }) => [fileName, state, createdBy])).toEqual([
    ['sales may.csv', 'published', 'May'],
    ['sales may.csv', 'published', 'May'],
  ]);
});

it('goes on where it was cut, within a run and in the next one', async () => {
  [text, etag, cuts] = [sales('2024-01-01', 5_000), '"big"', [40_000, 30_000]];
  const connector = await made(w, { name: 'Cut', ...at('/sales%20may.csv') });
  const from = server.seen.length;
  expect(await ran(w, connector)).toMatchObject({ state: 'done', statistics: { retries: 2, bytes: text.length } });
  expect(server.seen.slice(from).map(({ headers }) => headers.range)).toEqual([
    undefined,
    'bytes=40000-',
    'bytes=70000-',
  ]);
  expect((await imports())[0]).toMatchObject({ fileSize: text.length, state: 'validated', rowsAccepted: 5_000 });

  [text, etag, cuts] = [sales('2024-01-02', 5_000), '"next"', [50_000, 0, 0, 0]];
  const failed = await ran(w, connector);
  expect(failed).toMatchObject({ state: 'failed', error: expect.stringMatching(/cut the connection.*4 times/) });
  expect(await ran(w, connector)).toMatchObject({ state: 'done', statistics: { bytes: text.length - 50_000 } });
  expect((await imports())[0]).toMatchObject({ fileSize: text.length, rowsAccepted: 5_000 });
});

it('begins anew when another file lies there meanwhile', async () => {
  [text, etag, cuts] = [sales('2024-01-01', 5_000), '"old"', [50_000, 0, 0, 0]];
  const connector = await made(w, { name: 'Other', ...at('/sales%20may.csv') });
  expect((await ran(w, connector)).state).toBe('failed');
  [text, etag, cuts] = [sales('2024-01-02', 4_000), '"new"', []];
  expect((await ran(w, connector)).state).toBe('done');
  expect((await imports())[0]).toMatchObject({ fileSize: text.length, rowsAccepted: 4_000, from: '2024-01-02' });
});

it('shows its secret to the place that it was entered for, and to nobody else', async () => {
  text = sales('2024-01-01', 10);
  const secrets = { authorization: 'Bearer open sesame' };
  const connector = await made(w, { name: 'Private', ...at('/private.csv'), secrets });
  expect((await ran(w, connector)).state).toBe('done');
  const kept = await db.connector.findFirstOrThrow({ where: { workspaceId: w } });
  expect(JSON.stringify(kept)).not.toContain('sesame');
  const shown = await getConnector(w, connector);
  expect(shown.secrets).toEqual(['authorization']);
  expect(JSON.stringify(shown)).not.toContain('sesame');

  const who = { workspaceId: w, userId: null };
  const elsewhere = connectorChange.parse({ source: { kind: 'http', url: 'https://elsewhere.example/' } });
  await expect(changeConnector(who, connector, elsewhere)).rejects.toThrow('enter them again');
  const path = connectorChange.parse({ source: { kind: 'http', url: `${server.origin}/private.csv?b` } });
  expect((await changeConnector(who, connector, path)).secrets).toEqual(['authorization']);
  expect((await changeConnector(who, connector, { ...elsewhere, secrets: {} })).secrets).toEqual([]);
  await expect(made(w, { name: 'No', source: { kind: 'folder', path: '/' }, secrets })).rejects.toMatchObject({
    code: 'invalid_request',
  });
});

it('writes into the audit what of a change is another than before', async () => {
  const connector = await made(w, { name: 'Daily', ...at('/sales.csv') });
  const { name, source, publish } = await getConnector(w, connector);
  const change = connectorChange.parse({ name, source, publish, scheduleSeconds: 3_600 });
  await changeConnector({ workspaceId: w, userId: null }, connector, change);
  const entry = await db.auditEntry.findFirstOrThrow({ where: { workspaceId: w, action: 'connector.change' } });
  expect(entry.detail).toEqual({ changed: ['scheduleSeconds'] });
});

it('says what is wrong, and keeps to its time', async () => {
  const wrong = await made(w, { name: 'Wrong', ...at('/private.csv') });
  expect(await ran(w, wrong)).toMatchObject({
    state: 'failed',
    error: `${server.origin}/private.csv wants other credentials (401).`,
  });
  const page = await made(w, { name: 'Page', ...at('/page') });
  for (let run = 0; run < 2; run++) {
    const { state, error, notes } = await ran(w, page);
    expect([state, error, ...notes]).toEqual([
      'failed',
      '1 file could not be taken.',
      expect.stringMatching(/^page: .+/),
    ]);
  }
  const silent = { ...limits, runSeconds: 5, silentSeconds: 60 };
  const slow = await FakeServer.start({ '/': () => undefined });
  const late = await made(w, { name: 'Late', source: { kind: 'http', url: slow.origin }, limits: silent });
  expect(await ran(w, late)).toMatchObject({ state: 'interrupted', error: expect.stringMatching(/longer than 5 sec/) });
  await slow.stop();
});

it('runs once at a time', async () => {
  const slow = await FakeServer.start({ '/': (_, response) => void setTimeout(() => response.end(text), 500) });
  text = sales('2024-06-01', 10);
  const connector = await made(w, { name: 'Once', source: { kind: 'http', url: slow.origin } });
  const both = await Promise.allSettled([ran(w, connector), ran(w, connector)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(slow.count('/')).toBe(1);
  await slow.stop();
});
