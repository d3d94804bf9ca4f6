import { afterAll, beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { listImports } from '@/lib/ingest/read';
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
  expect(second).toMatchObject({ state: 'done', notes: [], statistics: { files: 1, rows: 3 } });
  const now = await lines();
  expect(now.slice(0, 5)).toEqual([...sold, '2024-03-10 7 #1 S1 -1 -913', '2024-03-11 #2 S2 -1 -999']);
  expect(now).toHaveLength(6);
  expect(store.asked.at(-1)).toMatch(/orders\(query: "updated_at:>='20/);
  const third = await ran(w, connector);
  expect(third).toMatchObject({ state: 'done', notes: ['There are no new lines of orders.'], imports: [] });
  expect(await lines()).toEqual(now);
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
