import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { listImports } from '@/lib/ingest/read';
import { FakeServer } from '../client/fake-server.fixture';
import { made, newWorkspace, ran, sales } from '../trial.fixture';

// A bucket that knows its own keys, and checks each signature by the published rules, in words of its own.

const secretAccessKey = 'the secret of the bucket';
const objects = new Map<string, string>();
let pageSize = 2;
let mishap: (request: IncomingMessage, response: ServerResponse) => boolean = () => false;
let server: FakeServer;
let w: number;

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

function isSigned({ headers, method, url: target }: IncomingMessage): boolean {
  const [, day, region, names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=KEY\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=(\w+)$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  if (!day || !region) return false;
  const url = new URL(target ?? '', 'http://x');
  const [path, query = ''] = (target ?? '').split('?');
  expect(url.pathname).toBe(path);
  const canonical = [
    method,
    path,
    [...new URLSearchParams(query)]
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .sort()
      .join('&'),
    ...names.split(';').map((name) => `${name}:${String(headers[name])}`),
    '',
    names,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(
    (at, part) => hmac(at, part),
    `AWS4${secretAccessKey}`,
  );
  return hmac(key, text).toString('hex') === signature;
}

const xml = (text: string): string => encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+');

function list(url: URL): string {
  const after = url.searchParams.get('continuation-token') ?? '';
  const prefix = url.searchParams.get('prefix') ?? '';
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, pageSize);
  const items = page.map((key) => {
    const body = objects.get(key) ?? '';
    return `<Contents><Key>${xml(key)}</Key><LastModified>2024-01-01T00:00:00Z</LastModified><ETag>&quot;${sha(body)}&quot;</ETag><Size>${Buffer.byteLength(body)}</Size></Contents>`;
  });
  const more = keys.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${items.join('')}${more}</ListBucketResult>`;
}

beforeAll(async () => {
  server = await FakeServer.start({}, '127.0.0.1', (request, response) => {
    if (mishap(request, response)) return;
    if (!isSigned(request))
      return void response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
    const url = new URL(request.url ?? '', server.origin);
    if (url.searchParams.has('list-type')) return void response.end(list(url));
    const body = objects.get(decodeURIComponent(url.pathname).replace(/^\/till\//, ''));
    if (body === undefined) return void response.writeHead(404).end();
    return void response.writeHead(200, { etag: `"${sha(body)}"` }).end(body);
  });
});
beforeEach(async () => {
  w = await newWorkspace();
  objects.clear();
  [pageSize, mishap] = [2, () => false];
});
afterAll(async () => {
  await server.stop();
  await loadPool.end();
  await db.$disconnect();
});

const source = () => ({
  kind: 's3',
  endpoint: server.origin,
  bucket: 'till',
  accessKeyId: 'KEY',
  region: 'eu-central-1',
});
const add = (more: object = {}, secrets: object = { secretAccessKey }) =>
  made(w, { name: `Bucket ${Math.random()}`, source: { ...source(), ...more }, secrets, publish: true });
const imports = async () =>
  (await listImports(w, { limit: 100 })).items.map(({ fileName, state }) => `${fileName} ${state}`).sort();

it('takes what is new of all pages, once, and what has changed', async () => {
  objects.set('in/2024/a (1)+ü.csv', sales('2024-01-01', 10));
  objects.set('in/2024/b.csv', sales('2024-02-01', 10));
  objects.set('in/c.csv', sales('2024-03-01', 10));
  objects.set('in/c.txt', 'nothing');
  objects.set('in/d.csv', '');
  objects.set('in/garbage.csv', '\u0000\u0001');
  objects.set('out/x.csv', sales('2024-04-01', 10));
  const connector = await add({ prefix: 'in/', pattern: '*.csv' });
  const run = await ran(w, connector);
  expect(run).toMatchObject({ state: 'failed', error: '1 file could not be taken.', statistics: { files: 3 } });
  expect(run.notes).toEqual([expect.stringMatching(/^garbage.csv: /)]);
  expect(await imports()).toEqual(['a (1)+ü.csv published', 'b.csv published', 'c.csv published']);
  expect(await ran(w, connector)).toMatchObject({ state: 'done', imports: [], notes: [] });
  objects.set('in/2024/b.csv', sales('2024-02-02', 10));
  expect(await ran(w, connector)).toMatchObject({ state: 'done', statistics: { files: 1 } });
});

it('bears failures, and goes on with what is left after one that lasts', async () => {
  for (const at of [1, 2, 3, 4, 5]) objects.set(`${at}.csv`, sales(`2024-0${at}-01`, 10));
  let asked = 0;
  mishap = ({ url }, response) => {
    asked += 1;
    if (asked % 3 !== 0 && !url?.includes('4.csv')) return false;
    return Boolean(response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>'));
  };
  const connector = await add();
  expect(await ran(w, connector)).toMatchObject({ state: 'failed', error: expect.stringMatching(/fails with 503/) });
  expect(await imports()).toHaveLength(3);
  mishap = () => false;
  expect(await ran(w, connector)).toMatchObject({ state: 'done', statistics: { files: 2 } });
  expect(await imports()).toHaveLength(5);
});

it('says what is wrong: the secret, the bucket, an answer that is none, a list without end', async () => {
  const error = async (connector: Promise<number>) => (await ran(w, await connector)).error;
  objects.set('a.csv', sales('2024-01-01', 10));
  expect(await error(add({}, { secretAccessKey: 'another' }))).toMatch(/does not let these credentials in \(403\)/);
  expect(await error(add({}, {}))).toMatch(/belong together/);
  expect(await error(add({ accessKeyId: undefined }, {}))).toMatch(/\(403\)/);
  for (const body of ['not xml', '<a>', '<html><p>hello</p></html>', '{"a":1}']) {
    mishap = (_, response) => Boolean(response.end(body));
    expect(await error(add())).toMatch(/does not answer as S3 does/);
  }
  const token = '<NextContinuationToken>again</NextContinuationToken>';
  mishap = (_, response) => Boolean(response.end(`<ListBucketResult>${token}</ListBucketResult>`));
  expect(await error(add())).toMatch(/does not end: 2 pages/);
  mishap = (_, response) => Boolean(response.end('<ListBucketResult/>'));
  expect(await error(add())).toBe(null);
});
