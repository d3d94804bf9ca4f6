import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { db, sql } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { inSnapshot } from '@/lib/db/snapshot';
import { toText } from '@/lib/metrics/calendar';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { listedLevel, packedLevel } from './levels';
import { readPacked } from './read';

let workspaceId: number;
beforeAll(async () => {
  ({ workspaceId } = await insertRandomWorkspace(pool, {
    seed: 11,
    basketsSpan: false,
    slug: `packed-${randomUUID().slice(0, 8)}`,
  }));
  await rebuildRollups(workspaceId);
}, 60_000);
afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

const level = packedLevel('spend_month', 'month', ['category_id', 'brand_id', 'chunk']);

/** Of all rows there are, and of one that is not there. */
async function read(dataVersion: number | null, columns: string[] = ['shoppers', 'amount']) {
  const { rows } = await pool.query<{ category_id: number; brand_id: number; months: number[] }>(
    `SELECT category_id, brand_id, array_agg(month - DATE '1970-01-01' ORDER BY month) AS months
     FROM spend_month WHERE workspace_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
    [workspaceId],
  );
  const series = rows.map(({ category_id: category, brand_id: brand }) => ({
    key: String(brand),
    ids: [category, brand],
  }));
  return inSnapshot((snapshot) =>
    readPacked(
      snapshot,
      { workspaceId, dataVersion },
      {
        level,
        series: [...series, { key: null, ids: [series[0]!.ids[0]!, 999_999] }],
        times: [...new Set(rows.flatMap(({ months }) => months))].sort((a, b) => a - b),
        chunks: 3,
        columns,
      },
    ),
  );
}

it('reads the lists of the rows asked for, in their order', async () => {
  const { rows } = await pool.query<{ brand_id: number; month: string; shoppers: number[]; amount: string[] }>(
    `SELECT brand_id, month::text, shoppers, amount FROM spend_month WHERE workspace_id = $1
     ORDER BY category_id, brand_id, month, chunk`,
    [workspaceId],
  );
  const found = await read(1);
  expect(rows.length).toBeGreaterThan(5);
  expect(
    found.map(({ series, time, lists }) => [series.key, toText(time), [...lists['shoppers']!], [...lists['amount']!]]),
  ).toEqual(
    rows.map(({ brand_id: brand, month, shoppers, amount }) => [String(brand), month, shoppers, amount.map(Number)]),
  );
});

it('keeps what it read for its version of the data, and reads another, or none, anew', async () => {
  const before = await read(2);
  await pool.query(
    'UPDATE spend_month SET amount = array_fill(7::bigint, ARRAY[cardinality(amount)]) WHERE workspace_id = $1',
    [workspaceId],
  );
  const amounts = (rows: Awaited<ReturnType<typeof read>>) => rows.map(({ lists }) => [...lists['amount']!]);
  const sevens = before.map(({ lists }) => [...lists['amount']!].fill(7));
  expect(amounts(await read(2))).toEqual(amounts(before));
  expect(amounts(await read(null))).toEqual(sevens);
  expect(amounts(await read(2))).toEqual(amounts(before));
  expect(amounts(await read(3))).toEqual(sevens);
});

it('reads the lists that a kept row lacks', async () => {
  const [row] = await read(4, ['shoppers']);
  expect(Object.keys(row!.lists)).toEqual(['shoppers']);
  const [more] = await read(4, ['shoppers', 'trips']);
  expect(more!.lists['trips']).toHaveLength(row!.lists['shoppers']!.length);
});

it('reads lists of small rows in one order, whenever each is read', async () => {
  const products = listedLevel('product', {
    from: 'product r',
    keys: { category_id: 'r.category_id' },
    of: sql.empty,
    order: 'r.id',
    lists: { ids: 'r.id', brands: 'r.brand_id' },
  });
  const { rows } = await pool.query<{ category: number; sums: number[][] }>(
    `SELECT category_id AS category, json_agg(json_build_array(id, brand_id) ORDER BY id) AS sums
     FROM product WHERE workspace_id = $1 GROUP BY 1 ORDER BY count(DISTINCT brand_id) DESC LIMIT 1`,
    [workspaceId],
  );
  const { category, sums: expected } = rows[0]!;
  const ask = async (...columns: string[]) => {
    const asked = { level: products, series: [{ key: null, ids: [category] }], times: [0], chunks: 1, columns };
    // As the planner does where it finds that cheaper: the table as it lies.
    const [row] = await db.$transaction(async (snapshot) => {
      await snapshot.$executeRaw`SET LOCAL enable_indexscan = off`;
      await snapshot.$executeRaw`SET LOCAL enable_bitmapscan = off`;
      return readPacked(snapshot, { workspaceId, dataVersion: 5 }, asked);
    });
    return row!.lists;
  };
  await ask('ids');
  // Written anew, the first lies behind the others in the table.
  await pool.query('UPDATE product SET name = name WHERE workspace_id = $1 AND id = $2', [
    workspaceId,
    expected[0]![0],
  ]);
  await ask('brands');
  const { ids, brands } = await ask('ids', 'brands');
  expect([...ids!].map((id, at) => [id, brands![at]])).toEqual(expected);
});
