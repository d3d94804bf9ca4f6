import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Endpoint } from '@/lib/contract/endpoint';
import { errorBody } from '@/lib/contract/errors';
import * as imports from '@/lib/contract/imports';
import * as members from '@/lib/contract/members';
import { readQuery, runQuery } from '@/lib/contract/query';
import { registry } from '@/lib/contract/registry';
import { zipOf } from '@/lib/formats/tables.fixture';
import { closeBoss } from '@/lib/jobs/boss';
import { ask, makePerson, makeWorkspace, type Asking, type Person } from '@/tests/http';

// Whatever a client sends, the answer is about what the client sent: never a 500.

vi.hoisted(() => {
  process.env.RATE_LIMIT = 'off';
  process.env.MAX_UPLOAD_BYTES = '20000';
});

const day = { from: '2024-01-01', to: '2024-01-31' };
const spec = { metrics: ['value_sales'], ...day };
const lines = 'date,product,amount\n2024-01-01,p,1.5\n2024-01-02,p,2\n';

let person: Person;
let stranger: Person;

beforeAll(async () => {
  [person, stranger] = await Promise.all([makePerson(), makePerson()]);
  await makeWorkspace([[person, 'admin']]);
  await makeWorkspace([[stranger, 'admin']]);
});
afterAll(() => closeBoss());

const call = async (
  endpoint: Endpoint,
  asking: Asking = {},
): Promise<{ status: number; fields: string[]; message: string }> => {
  const response = await ask(endpoint, { cookie: person.cookie, ...asking });
  if (response.status < 400) return { status: response.status, fields: [], message: await response.text() };
  const { error } = errorBody.parse(await response.json());
  return { status: response.status, fields: error.details?.map(({ field }) => field) ?? [], message: error.message };
};

describe('a wrong query is told which field and what would be right', () => {
  it.each<[string, object, string]>([
    ['a metric that is none', { metrics: ['profit'] }, 'metrics.0'],
    ['no metric', { metrics: [] }, 'metrics'],
    ['a date before all calendars', { from: '0000-01-01' }, 'from'],
    ['a date before what is kept', { from: '1969-12-31' }, 'from'],
    ['a date after what is kept', { to: '2200-01-01' }, 'to'],
    ['a date that is none', { to: '9999-99-99' }, 'to'],
    ['a day that the month lacks', { from: '2023-02-29' }, 'from'],
    ['dates the wrong way round', { from: '2024-02-01' }, 'to'],
    ['a comparison with dates the wrong way round', { compare: { from: '2024-02-01', to: '2024-01-01' } }, 'compare'],
    ['an id past four bytes', { filters: { brand: [2_147_483_648] } }, 'filters.brand.0'],
    ['an id past all whole numbers', { filters: { store: [1e300] } }, 'filters.store.0'],
    ['an id of nobody', { filters: { brand: [2_147_483_647] } }, 'filters.brand'],
    ['a market past four bytes', { market: [99_999_999_999] }, 'market'],
    ['a filter that is none', { filters: { colour: [1] } }, 'filters.colour'],
    ['a page too large', { limit: 101 }, 'limit'],
    ['a page of nothing', { limit: 0 }, 'limit'],
    ['a cursor that is none', { by: 'brand', cursor: 'garbage' }, 'cursor'],
    ['a grain that is none', { grain: 'hour' }, 'grain'],
    ['a break-down that is none', { by: 'colour' }, 'by'],
    ['an order that is none', { by: 'brand', sort: '-profit' }, 'sort'],
    ['a version that is not there', { minVersion: 4_000 }, 'minVersion'],
    ['a parameter that is none', { colour: 'red' }, 'colour'],
  ])('%s', async (_, change, field) => {
    const wrong = { ...spec, ...change };
    const posted = await call(runQuery, { json: wrong });
    const got = await call(readQuery, { query: { q: JSON.stringify(wrong) } });
    expect([400, 422]).toContain(posted.status);
    expect(got.status).toBe(posted.status);
    expect(posted.fields.some((name) => name === field || name.startsWith(`${field}.`))).toBe(true);
    expect(got.fields.some((name) => name.endsWith(field) || name.includes(`${field}.`))).toBe(true);
  });

  it.each(['{', '', 'null', '[]', '"x"', '7', '{"metrics":'])('not JSON or no query: %s', async (text) => {
    expect((await call(readQuery, { query: { q: text } })).status).toBe(400);
    const body = { body: text, headers: { 'content-type': 'application/json' } };
    expect((await call(runQuery, body)).status).toBe(400);
  });

  it('of another type, or without one', async () => {
    expect((await call(runQuery, { body: 'a=b', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    expect((await call(runQuery, {})).status).toBe(415);
  });
});

describe('lists', () => {
  it.each(
    [members.listBrands, members.listProducts, members.listStores, members.listCategories, imports.listImports].map(
      (endpoint): [string, Endpoint] => [endpoint.path, endpoint],
    ),
  )('%s refuses pages over 100, unknown parameters, cursors that are none', async (_, endpoint) => {
    for (const [name, value] of [
      ['limit', '101'],
      ['limit', '0'],
      ['limit', 'ten'],
      ['limit', '1e9'],
      ['cursor', 'garbage'],
      ['cursor', Buffer.from('["x", 99999999999]').toString('base64url')],
      ['colour', 'red'],
    ] as const)
      expect({ name, value, ...(await call(endpoint, { query: { [name]: value } })) }).toMatchObject({
        status: 400,
        fields: [name],
      });
  });

  it.each(['0', '-1', 'x', '1.5', '2147483648', '1e99', "1' OR 1=1", ''])('know no id %s', async (id) => {
    for (const endpoint of [members.getBrand, imports.getImport, imports.publishImport, imports.discardImport])
      expect((await call(endpoint, { params: { id } })).status).toBe(400);
    expect((await call(members.listBrands, { query: { manufacturer: id } })).status).toBe(400);
    expect((await call(members.listProducts, { query: { brand: id } })).status).toBe(400);
  });
});

const upload = async (
  body: NonNullable<Asking['body']> | undefined,
  query: Record<string, string> = {},
  headers = {},
) =>
  call(imports.uploadImport, { query: { fileName: 'a.csv', ...query }, headers, ...(body !== undefined && { body }) });

describe('files', () => {
  it('that are no table are refused with the reason', async () => {
    const streamed = (content: Uint8Array) =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(content);
          controller.close();
        },
      });
    const binary = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Uint8Array.from({ length: 4_000 }, (_, at) => (at * 7919) % 256));
        controller.close();
      },
    });
    for (const [what, body] of [
      ['nothing', undefined],
      ['no byte', ''],
      ['white space', ' \n \n'],
      ['binary', binary],
      ['broken gzip', '\u001f\u008b\u0008'],
      ['JSON cut off', '[{"a":1},'],
      ['a Parquet file cut off', 'PAR1 and no more'],
      ['a workbook without sheets', streamed(await zipOf({ 'xl/workbook.xml': '<workbook/>' }))],
      ['a bomb', streamed(gzipSync('a,b\n'.repeat(4_000_000)))],
      ['a line without an end', streamed(gzipSync('x'.repeat(3_000_000)))],
      ['10,000 columns', streamed(gzipSync(`${Array.from({ length: 10_000 }, () => 'a').join(',')}\n`.repeat(3)))],
    ] as const) {
      const { status, message } = await upload(body);
      expect({ what, status, message }).toMatchObject({
        status: expect.toSatisfy((n: number) => n >= 400 && n < 500) as number,
      });
    }
  });

  it('over the limit are refused, said or not', async () => {
    expect((await upload(lines, {}, { 'content-length': '20001' })).status).toBe(413);
    const long = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('2024-01-01,p,1\n'.repeat(500)));
      },
    });
    expect((await upload(long)).status).toBe(413);
  });

  it('want a name, a kind that is one, and no form', async () => {
    expect(await upload(lines, { fileName: '' })).toMatchObject({ status: 400, fields: ['fileName'] });
    expect(await upload(lines, { fileName: 'x'.repeat(256) })).toMatchObject({ status: 400 });
    expect(await upload(lines, { kind: 'shoppers' })).toMatchObject({ status: 400, fields: ['kind'] });
    expect((await upload(lines, {}, { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(415);
    expect((await upload(lines, { fileName: '../../etc/passwd' })).status).toBe(200);
    expect((await upload(lines, { fileName: 'a\u0000b.csv' })).status).toBe(400);
  });
});

describe('an import', () => {
  const uploaded = async (): Promise<string> => {
    const { status, message } = await upload(lines);
    expect(status).toBe(200);
    return String(imports.uploadImport.response.parse(JSON.parse(message)).id);
  };

  it('in a state that does not allow it answers 409, and is as it was', async () => {
    const params = { id: await uploaded() };
    expect((await call(imports.publishImport, { params })).status).toBe(409);
    expect((await call(imports.revertImport, { params })).status).toBe(409);
    expect((await call(imports.pauseImport, { params })).status).toBe(409);
    expect((await call(imports.resumeImport, { params })).status).toBe(409);
    expect((await call(imports.getImport, { params })).message).toContain('"state":"uploaded"');
    expect((await call(imports.discardImport, { params })).status).toBe(200);
    const json = { mapping: { columns: { date: 'date', product: 'product', amount: 'amount' } } };
    expect((await call(imports.checkImport, { params, json })).status).toBe(409);
  });

  it('of another workspace is not there, whatever is asked of it', async () => {
    const params = { id: await uploaded() };
    const bodies: Record<string, object> = {
      checkImport: { mapping: { columns: { date: 'date', product: 'product', amount: 'amount' } } },
      fixImport: { values: [{ column: 'amount', from: 'n/a', to: '0' }] },
      tryRow: { row: 2, cells: [] },
    };
    for (const endpoint of registry.filter(({ path }) => path.startsWith('/v1/imports/{id}'))) {
      const asking = {
        params,
        cookie: stranger.cookie,
        ...(endpoint.body && { json: bodies[endpoint.id] ?? {} }),
      };
      expect({ path: endpoint.path, ...(await call(endpoint, asking)) }).toMatchObject({ status: 404 });
    }
    expect((await call(imports.getImport, { params })).status).toBe(200);
  });

  it('with a mapping that does not fit answers 400', async () => {
    const params = { id: await uploaded() };
    for (const json of [
      {},
      { mapping: null },
      { mapping: { columns: {} } },
      { mapping: { columns: { date: 'absent', product: 'product', amount: 'amount' } } },
      { mapping: { columns: { colour: 'date' } } },
      { mapping: { columns: { date: 'date', product: 'product', amount: 'amount' }, dateFormat: 'x'.repeat(41) } },
      { mapping: { columns: { date: 'date', product: 'product', amount: 'amount' }, grain: 'minute' } },
      { mapping: { columns: { __proto__: 'date', constructor: 'product' } } },
    ])
      expect({ json, ...(await call(imports.checkImport, { params, json })) }).toMatchObject({ status: 400 });
    expect((await call(imports.getImport, { params })).message).toContain('"state":"uploaded"');
  });
});
