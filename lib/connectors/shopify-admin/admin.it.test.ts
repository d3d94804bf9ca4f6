import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { listImports } from '@/lib/ingest/read';
import { stopConnector } from '../stop';
import { limits, made, newWorkspace, ran } from '../trial.fixture';
import { FakeAdmin } from './fake-admin.fixture';

let store: FakeAdmin;
let w: number;

beforeEach(async () => {
  await store?.server.stop();
  store = await FakeAdmin.start();
  store.orders = [
    {
      id: 1,
      // Still the evening before where the store is.
      createdAt: '2024-03-02T03:30:00Z',
      customer: 7,
      items: [
        { id: 11, sku: 'S1', quantity: 2, total: '20.00', off: ['1.50', '0.25'] },
        { id: 12, quantity: 1, total: '5.00' },
      ],
    },
    { id: 2, createdAt: '2024-03-05T15:00:00Z', items: [{ id: 21, sku: 'S2', quantity: 1, total: '9.99' }] },
    {
      id: 3,
      createdAt: '2024-03-06T15:00:00Z',
      test: true,
      items: [{ id: 31, sku: 'S2', quantity: 1, total: '999.00' }],
    },
    {
      id: 4,
      createdAt: '2024-03-07T15:00:00Z',
      cancelledAt: '2024-03-07T16:00:00Z',
      items: [{ id: 41, sku: 'S3', quantity: 1, total: '777.00' }],
    },
  ];
  w = await newWorkspace();
});
afterAll(async () => {
  await store.server.stop();
  await loadPool.end();
  await db.$disconnect();
});

const add = (more: object = {}, secrets: object = { token: 'shpat_secret' }) => {
  const source = { kind: 'shopify-admin', url: store.server.origin, ...more };
  return made(w, { name: `Own ${Math.random()}`, source, secrets, publish: true, limits: { ...limits, attempts: 6 } });
};
const lines = async () =>
  (
    await loadPool.query<{ line: string }>(
      `SELECT concat_ws(' ', l.date, (SELECT code FROM shopper s WHERE s.workspace_id = l.workspace_id AND s.no = l.shopper_no),
              (SELECT receipt FROM basket b WHERE b.workspace_id = l.workspace_id AND b.id = l.basket_id),
              p.code, trim_scale(l.units), l.amount) AS line
       FROM sale_line l JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
       WHERE l.workspace_id = $1 ORDER BY 1`,
      [w],
    )
  ).rows.map(({ line }) => line);
const imports = async () => (await listImports(w, { limit: 100 })).items.map(({ kind, state }) => `${kind} ${state}`);

const sold = ['2024-03-01 7 #1 120 1 500', '2024-03-01 7 #1 S1 2 1825', '2024-03-05 #2 S2 1 999'];

it('loads products and the lines of orders: after discounts, on the day of the store, without trials and cancelled ones', async () => {
  const run = await ran(w, await add());
  expect(run).toMatchObject({ state: 'done', error: null, notes: [], statistics: { files: 2, rows: 9 } });
  expect(await imports()).toEqual(['transactions published', 'products published']);
  expect(await lines()).toEqual(sold);
  const product = await db.product.findFirstOrThrow({
    where: { workspaceId: w, code: 'S1' },
    include: { brand: true },
  });
  expect(product).toMatchObject({ name: 'Shirt 1 – Red', brand: { name: 'Acme' }, attributes: { Color: 'Red' } });
});

it('says how many variants are left out as they repeat an SKU', async () => {
  store.sameSku = true;
  const run = await ran(w, await add({ orders: false }));
  const notes = ['2 variants repeat the SKU of another and are left out.'];
  expect(run).toMatchObject({ state: 'done', notes, statistics: { rows: store.products * 2 - 2 } });
});

it('loads of later runs what is new: orders, and refunds of old ones as returns on their day', async () => {
  const connector = await add({ products: false });
  await ran(w, connector);
  const later = new Date(Date.now() + 60_000).toISOString();
  const [first] = store.orders;
  Object.assign(first!, {
    updatedAt: later,
    refunds: [{ id: 5, createdAt: '2024-03-10T12:00:00Z', of: [{ item: 11, quantity: 1, amount: '9.13' }] }],
  });
  Object.assign(store.orders[1]!, {
    updatedAt: later,
    cancelledAt: later,
    refunds: [{ id: 6, createdAt: '2024-03-11T12:00:00Z', of: [{ item: 21, quantity: 1, amount: '9.99' }] }],
  });
  store.orders.push({ id: 9, createdAt: later, items: [{ id: 91, sku: 'S1', quantity: 1, total: '10.00' }] });
  const second = await ran(w, connector);
  // Two items of the first order and what came back of one, one item of the second and its return, one of the new order.
  expect(second).toMatchObject({ state: 'done', notes: [], statistics: { files: 1, rows: 6 } });
  const now = await lines();
  expect(now.slice(0, 5)).toEqual([...sold, '2024-03-10 7 #1 S1 -1 -913', '2024-03-11 #2 S2 -1 -999']);
  expect(now).toHaveLength(6);
  expect(store.asked.at(-1)).toMatch(/orders\(query: "updated_at:>='20/);
  const third = await ran(w, connector);
  expect(third).toMatchObject({ state: 'done', notes: ['There are no orders that are new or changed.'], imports: [] });
  expect(await lines()).toEqual(now);
});

it('takes an order that was changed in place of what was loaded of it, back again too', async () => {
  const connector = await add({ products: false });
  await ran(w, connector);
  const later = new Date(Date.now() + 60_000).toISOString();
  const [first, second] = store.orders;
  const before = structuredClone(first!);
  // One of two shirts is taken out, without a refund; a discount is given on the other item.
  Object.assign(first!, {
    updatedAt: later,
    items: [
      { ...before.items[0], current: 1 },
      { ...before.items[1], off: ['1.00'] },
    ],
  });
  Object.assign(second!, { updatedAt: later, cancelledAt: later });
  expect(await ran(w, connector)).toMatchObject({ state: 'done', notes: [], statistics: { files: 1, rows: 3 } });
  expect(await lines()).toEqual(['2024-03-01 7 #1 120 1 400', '2024-03-01 7 #1 S1 1 912', '2024-03-05 #2 S2 0 0']);
  const [newest] = (await listImports(w, { limit: 1 })).items;
  expect(newest).toMatchObject({ replaces: true, replacesBy: 'receipt', replaced: [{ lines: 3 }] });
  Object.assign(first!, before, { updatedAt: new Date(Date.now() + 120_000).toISOString() });
  expect(await ran(w, connector)).toMatchObject({ statistics: { rows: 2 } });
  expect((await lines()).slice(0, 2)).toEqual(sold.slice(0, 2));
});

it('takes all lines of a large refund, and adds up those of one item', async () => {
  const items = Array.from({ length: 600 }, (_, at) => ({ id: 5_000 + at, sku: `S${at}`, quantity: 3, total: '9.00' }));
  const of = items.flatMap(({ id }) => [{ item: id, quantity: 1, amount: '3.00' }]);
  of.push({ item: 5_000, quantity: 1, amount: '3.00' });
  store.orders = [
    { id: 1, createdAt: '2024-03-01T15:00:00Z', items, refunds: [{ id: 8, createdAt: '2024-03-09T12:00:00Z', of }] },
  ];
  expect(await ran(w, await add({ products: false }))).toMatchObject({ state: 'done', statistics: { rows: 1_200 } });
  const { rows } = await loadPool.query<{ units: number; amount: number; lines: number }>(
    `SELECT count(*)::int AS lines, sum(units)::float8 AS units, sum(amount)::float8 AS amount FROM sale_line
     WHERE workspace_id = $1 AND date = '2024-03-09'`,
    [w],
  );
  expect(rows).toEqual([{ lines: 600, units: -601, amount: -180_300 }]);
});

it('is stopped when somebody asks for it, and goes on the next time', async () => {
  const connector = await add({ products: false });
  // The store never ends writing.
  store.looks = 1e9;
  const running = ran(w, connector);
  const kept = () => db.connector.findFirstOrThrow({ where: { workspaceId: w, id: connector } });
  const hasAsked = async () => Boolean(((await kept()).checkpoint as { operation?: string }).operation);
  await vi.waitUntil(hasAsked, { timeout: 60_000, interval: 100 });
  await stopConnector({ workspaceId: w, connectorId: connector, userId: null });
  expect(await running).toMatchObject({ state: 'interrupted', error: expect.stringMatching(/^It was stopped\./) });
  store.looks = 0;
  store.statuses = ['COMPLETED'];
  expect(await ran(w, connector)).toMatchObject({ state: 'done' });
  expect(store.asked).toHaveLength(1);
  expect(await lines()).toEqual(sold);
});

it('waits while the store is at another file, is patient when throttled, and goes on with a cut file', async () => {
  let busy = 2;
  store.mishap = (response, query, nth) => {
    if (query.includes('RunQuery') && (busy -= 1) >= 0) {
      const userErrors = [{ message: 'A bulk query operation for this app and shop is already in progress: gid://1' }];
      return Boolean(
        response.end(JSON.stringify({ data: { bulkOperationRunQuery: { bulkOperation: null, userErrors } } })),
      );
    }
    if (nth === 4) {
      const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }];
      return Boolean(response.end(JSON.stringify({ errors })));
    }
    return nth === 6 && Boolean(response.writeHead(502).end());
  };
  store.onFile = (response, nth) => {
    if (nth !== 1) return false;
    response.writeHead(200, { etag: '"file"', 'content-length': '100000' }).write('{"id":');
    setTimeout(() => response.destroy(), 50);
    return true;
  };
  const run = await ran(w, await add());
  expect(run).toMatchObject({ state: 'done', error: null, statistics: { throttled: 1 } });
  expect(await lines()).toEqual(sold);
});

it('goes on after it was stopped: with the file that the store is writing, and without loading a line twice', async () => {
  store.orders.push(
    ...Array.from({ length: 1_200 }, (_, at) => ({
      id: 1_000 + at,
      createdAt: '2024-04-01T12:00:00Z',
      items: [{ id: 20_000 + at, sku: `S${(at % 3) + 1}`, quantity: 1, total: '1.00' }],
      ...(at === 1_100 && {
        refunds: [{ id: 77, createdAt: '2024-04-02T12:00:00Z', of: [{ item: 21_100, quantity: 1, amount: '1.00' }] }],
      }),
    })),
  );
  const connector = await add({ products: false });
  const stop = new AbortController();
  store.mishap = (_, query) => {
    // Asked for when two batches of lines are kept already.
    if (query.includes('refundLineItems')) stop.abort();
    return false;
  };
  expect(await ran(w, connector, stop.signal)).toMatchObject({ state: 'interrupted', statistics: { rows: 1_000 } });
  store.mishap = () => false;
  const second = await ran(w, connector);
  expect(second).toMatchObject({ state: 'done', error: null, statistics: { rows: 204, files: 1 } });
  expect(store.asked).toHaveLength(1);
  expect(await lines()).toHaveLength(3 + 1_200 + 1);
});

it('says what is wrong, and asks for a file anew that the store did not finish', async () => {
  expect((await ran(w, await add({}, {}))).error).toMatch(/secrets\.token is missing/);
  expect((await ran(w, await add({}, { token: 'another' }))).error).toMatch(/wants other credentials \(401\)/);
  const answers: [string, RegExp][] = [
    ['{"errors":[{"message":"Access denied for orders field."}]}', /refuses the question: Access denied for orders/],
    [
      '{"data":{"bulkOperationRunQuery":{"userErrors":[{"message":"Invalid bulk query"}]}}}',
      /does not begin.*Invalid bulk/,
    ],
    ['{"data":{"something":1}}', /does not answer as Shopify's Admin API does \(bulkOperationRunQuery/],
    ['[]', /does not answer as Shopify's Admin API does/],
  ];
  for (const [body, sentence] of answers) {
    store.mishap = (response) => Boolean(response.end(body));
    expect((await ran(w, await add())).error).toMatch(sentence);
  }
  store.mishap = () => false;
  store.statuses = ['RUNNING', 'FAILED'];
  const connector = await add({ products: false });
  expect((await ran(w, connector)).error).toMatch(/did not finish its file \(TIMEOUT\)/);
  store.onFile = (response) => Boolean(response.end('{"id":"gid://shopify/Order/1"}\nnonsense\n'));
  expect((await ran(w, connector)).error).toMatch(/Line 1 of the store's file is not what was asked for/);
  store.onFile = () => false;
  expect(await ran(w, connector)).toMatchObject({ state: 'done', error: null });
  expect(await lines()).toEqual(sold);
});
