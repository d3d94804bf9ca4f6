import { dropDatabase } from './own-database.fixture';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '@/lib/access/create-key';
import { listRejects, revertImport } from '@/lib/contract/imports';
import { pushTransactions, type PushAnswer } from '@/lib/contract/push';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { env } from '@/lib/env';
import { readImport } from '@/lib/ingest/read';
import { verifyRollups } from '@/lib/rollups/verify';
import { ask, makeWorkspace, type Asking } from '@/tests/http';
import { startJobs, stopJobs } from './queue';
import { reaches } from './trial.fixture';

let here: { id: number; slug: string };
let key: string;

beforeAll(async () => {
  await startJobs();
  here = await makeWorkspace();
  ({ key } = await createKey({ workspaceId: here.id, userId: null, name: 'Tills', scope: 'import', expiresInDays: 1 }));
});

afterAll(async () => {
  await stopJobs();
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

const send = (name: string | null, json: unknown, more: Asking = {}) =>
  ask(pushTransactions, { key, json, ...more, headers: { ...(name && { 'idempotency-key': name }), ...more.headers } });
const answerOf = async (response: Response): Promise<PushAnswer> => {
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  return pushTransactions.response.parse(body);
};
const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as {
    error: { message: string; details?: { field: string; message: string }[] };
  };
  return { status: response.status, ...error };
};
const sums = async () => {
  const { rows } = await loadPool.query(
    'SELECT count(*)::int AS lines, coalesce(sum(amount), 0)::int AS amount FROM sale_line WHERE workspace_id = $1',
    [here.id],
  );
  return rows[0] as { lines: number; amount: number };
};

const line = (more: object = {}) => ({
  ...{ date: '2024-03-01', store: 'S1', receipt: 'r1', product: '00123', brand: 'Acme', units: 1, amount: 2.5 },
  ...more,
});

describe('a pushed batch', () => {
  it('is published, with the reason of every line that is not', async () => {
    const before = await sums();
    const lines = [
      line(),
      line({ date: '2024-02-30' }),
      line({ receipt: 'r2', amount: '1,234.5x' }),
      line({ receipt: 'r3', product: 'a "quoted", one\nof two lines', amount: 7 }),
      { date: '01/03/2024', brand: 'Acme', amount: 1 },
    ];
    const told = await answerOf(await send('mixed', lines));
    expect(told).toMatchObject({ state: 'published', lines: 5, accepted: 2, rejected: 3, error: null });
    expect(told.rejects.map(({ line: at, column }) => [at, column])).toEqual([
      [2, 'date'],
      [3, 'amount'],
      [5, 'date'],
      [5, 'units'],
    ]);
    expect(told.rejects[2]?.reason).toMatch(/YYYY-MM-DD/);
    const after = await sums();
    expect([after.lines - before.lines, after.amount - before.amount]).toEqual([2, 950]);
    const products = await db.product.findMany({ where: { workspaceId: here.id }, select: { code: true } });
    expect(products.map(({ code }) => code)).toEqual(expect.arrayContaining(['00123', 'a "quoted", one of two lines']));
    const kept = await readImport(here.id, told.import);
    expect(kept).toMatchObject({ kind: 'transactions', fileName: 'Push mixed', createdBy: 'Tills', rowsIn: 5 });
    const params = { id: String(told.import) };
    const rejects = listRejects.response.parse(await (await ask(listRejects, { key, params })).json());
    expect(rejects.items.map(({ row }) => row)).toEqual([3, 4, 6, 6]);
    expect((await ask(revertImport, { key, params })).status).toBe(200);
    await reaches({ workspaceId: here.id, importId: told.import, userId: null }, 'reverted');
    expect(await sums()).toEqual(before);
  });

  it('sent again gets the same answer and is loaded once, at once or later, by another key of the workspace, too', async () => {
    const before = await sums();
    const lines = [line({ receipt: 't1' }), line({ receipt: 't2', amount: 'no' })];
    const first = await Promise.all([1, 2, 3].map(async () => answerOf(await send('twice', lines))));
    const next = { workspaceId: here.id, userId: null, name: 'New tills', scope: 'import', expiresInDays: 1 } as const;
    const other = await createKey(next);
    const later = await answerOf(await send('twice', lines, { key: other.key }));
    expect([...first, later]).toEqual(Array(4).fill(first[0]));
    expect(first[0]).toMatchObject({ state: 'published', accepted: 1, rejected: 1 });
    const after = await sums();
    expect([after.lines - before.lines, after.amount - before.amount]).toEqual([1, 250]);
    expect(await db.import.count({ where: { workspaceId: here.id, fileName: 'Push twice' } })).toBe(1);
  });

  it('is a conflict when its name was sent with other lines or options', async () => {
    const { import: id } = await answerOf(await send('named', [line({ receipt: 'n1' })]));
    const files = async () => (await readdir(join(env.DATA_DIR, 'imports', String(here.id)))).length;
    const [before, held] = [await sums(), await files()];
    const changed = await errorOf(await send('named', [line({ receipt: 'n1', amount: 3 })]));
    expect(changed).toMatchObject({
      status: 409,
      message: expect.stringContaining(`"named" was sent with other lines before, import ${id}`),
    });
    const optioned = await send('named', [line({ receipt: 'n1' })], { query: { negatives: 'returns' } });
    expect(optioned.status).toBe(409);
    expect([await sums(), await files()]).toEqual([before, held]);
  });

  it('may be the same lines under another name: two alike may both be meant', async () => {
    const before = await sums();
    await answerOf(await send('alike-1', [line({ receipt: 'a1' })]));
    const second = await answerOf(await send('alike-2', [line({ receipt: 'a1' })]));
    expect(second).toMatchObject({ state: 'published', accepted: 1 });
    expect((await sums()).lines - before.lines).toBe(2);
  });

  it('of which no line can be taken is told so, and again the same', async () => {
    const before = await sums();
    const bad = [line({ date: 'yesterday' })];
    const [first, again] = [await answerOf(await send('bad', bad)), await answerOf(await send('bad', bad))];
    expect(first).toMatchObject({
      state: 'failed',
      accepted: 0,
      rejected: 1,
      error: expect.stringMatching(/^Its only row cannot be taken\. /),
    });
    expect(again).toEqual(first);
    expect(await sums()).toEqual(before);
  });

  it('goes on where a process that died left it', async () => {
    const lines = [line({ receipt: 'd1', amount: 4 })];
    const told = await answerOf(await send('died', lines));
    const one = { workspaceId: here.id, importId: told.import, userId: null };
    expect((await ask(revertImport, { key, params: { id: String(told.import) } })).status).toBe(200);
    await reaches(one, 'reverted');
    const before = await sums();
    // As after a crash that recovery has cleaned up: received, and nothing else.
    await loadPool.query(
      `UPDATE import SET state = 'uploaded', rows_in = NULL, rows_accepted = NULL, rows_rejected = NULL, published_at = NULL, reverted_at = NULL WHERE workspace_id = $1 AND id = $2`,
      [here.id, told.import],
    );
    expect(await answerOf(await send('died', lines))).toEqual(told);
    expect((await sums()).amount - before.amount).toBe(400);
  });

  it('comes as JSON lines, too, and of more than 10 MB', async () => {
    const { lines: before } = await sums();
    const headers = { 'content-type': 'application/x-ndjson' };
    const many = Array.from({ length: 10_000 }, (_, at) =>
      line({
        receipt: `m${at}`,
        product_name: 'x'.repeat(200),
        shopper: 'y'.repeat(240),
        store: 'z'.repeat(240),
        region: 'w'.repeat(240),
      }),
    );
    const body = `${many.map((one) => JSON.stringify(one)).join('\n')}\r\n\n`;
    expect(body.length).toBeGreaterThan(10_000_000);
    const told = await answerOf(
      await ask(pushTransactions, { key, body, headers: { ...headers, 'idempotency-key': 'many' } }),
    );
    expect(told).toMatchObject({ state: 'published', lines: 10_000, accepted: 10_000, rejected: 0, rejects: [] });
    expect((await sums()).lines - before).toBe(10_000);
  });

  it.each([
    ['no name', null, [line()], 400, 'Idempotency-Key', /missing/],
    ['an odd name', 'a b', [line()], 400, 'Idempotency-Key', /visible ASCII/],
    ['no array', 'x1', line(), 400, 'body', /JSON array/],
    ['no lines', 'x2', [], 400, 'body', /no lines/],
    ['an unknown field', 'x3', [line(), line({ colour: 'red' })], 400, 'line 2: colour', /not known/],
    ['a value that is none', 'x4', [line({ amount: { value: 1 } })], 400, 'line 1: amount', /text, a number/],
    ['a line of nothing', 'x5', [line(), { brand: ' ', date: null }], 400, 'line 2', /holds no value/],
    ['no line at all', 'x6', [line(), 7], 400, 'line 2', /must be of the type object/],
    [
      'an id too long for a number',
      'x7',
      [line({ product: 12345678901234567890 })],
      400,
      'line 1: product',
      /send it as text/,
    ],
    ['no amounts', 'x8', [{ date: '2024-01-01', brand: 'a' }], 400, 'amount', /required/],
    ['NUL', 'x9', [line({ brand: 'a\u0000b' })], 400, null, /NUL/],
  ] as const)('is refused whole with %s', async (_, name, json, status, field, message) => {
    const before = await db.import.count({ where: { workspaceId: here.id } });
    const refused = await errorOf(await send(name, json));
    expect(refused.status).toBe(status);
    if (field) expect(refused.details?.[0]?.field).toBe(field);
    expect(`${refused.message} ${refused.details?.[0]?.message}`).toMatch(message);
    expect(await db.import.count({ where: { workspaceId: here.id } })).toBe(before);
  });

  it('is refused when it is too large, broken, or of another type', async () => {
    const headers = { 'idempotency-key': 'large' };
    const many = await errorOf(
      await send(
        'large',
        Array.from({ length: 10_001 }, () => line()),
      ),
    );
    expect(many).toMatchObject({
      status: 413,
      message: expect.stringContaining('10,001 lines; a batch has at most 10,000'),
    });
    const json = { ...headers, 'content-type': 'application/json' };
    const bytes = await ask(pushTransactions, { key, body: `["${'x'.repeat(16_000_000)}"]`, headers: json });
    expect(bytes.status).toBe(413);
    const broken = await ask(pushTransactions, {
      key,
      body: '{"date":\n',
      headers: { ...headers, 'content-type': 'application/jsonl' },
    });
    expect(await errorOf(broken)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/^Line 1 is not valid JSON/),
    });
    const text = await ask(pushTransactions, { key, body: 'a,b', headers: { ...headers, 'content-type': 'text/csv' } });
    expect(text.status).toBe(415);
  });

  it('leaves rollups that equal the lines', async () => {
    const { ok, checks } = await verifyRollups(here.id);
    expect({ ok, differences: checks.flatMap(({ differences }) => differences) }).toEqual({
      ok: true,
      differences: [],
    });
  });
});
