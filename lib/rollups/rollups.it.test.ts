import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPool as pool } from '@/lib/db/pool';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { rollupTables } from './levels';
import { naiveRollups, storedRollups } from './naive.fixture';
import { insertRandomWorkspace } from './random.fixture';
import { rebuildRollups } from './rebuild';
import { refreshRollups } from './refresh';
import { verifyRollups } from './verify';

afterAll(() => pool.end());

async function refresh(workspaceId: number, days: string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await refreshRollups(client, workspaceId, days);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

const fingerprint = async (workspaceId: number): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      rollupTables.map(async ({ table }) => {
        const { rows } = await pool.query<{ hash: string }>(
          `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(r::text), '' ORDER BY md5(r::text))), '') AS hash
           FROM ${table} r WHERE workspace_id = $1`,
          [workspaceId],
        );
        return [table, rows[0]?.hash ?? ''] as const;
      }),
    ),
  );

describe('the worked example', () => {
  let example: WorkedExample;
  beforeAll(async () => {
    example = await insertWorkedExample(pool);
  });

  it('stores brand X in coffee to the digit', async () => {
    const { rows } = await pool.query(
      `SELECT lines, units::float, amount::int, volume_kg::float, volume_l::float, sized_units::float, identified_units::float,
              identified_amount::int, basket_units::float, basket_amount::int, promoted_units::float, promoted_amount::int,
              trips, identified_trips
       FROM sales_month WHERE workspace_id = $1 AND category_id = $2 AND member_kind = 2 AND member_id = $3`,
      [example.workspaceId, example.categories.coffee, example.brands.X],
    );
    expect(rows).toEqual([
      {
        lines: 4,
        units: 5,
        amount: 2900,
        volume_kg: 1.5,
        volume_l: 0,
        sized_units: 5,
        identified_units: 4,
        identified_amount: 2400,
        basket_units: 5,
        basket_amount: 2900,
        promoted_units: 1,
        promoted_amount: 900,
        trips: 4,
        identified_trips: 3,
      },
    ]);
  });

  it('counts a basket with two brands once in their category', async () => {
    const { rows } = await pool.query(
      `SELECT amount::int, trips, identified_trips FROM sales_month
       WHERE workspace_id = $1 AND category_id = $2 AND member_kind = 0`,
      [example.workspaceId, example.categories.coffee],
    );
    expect(rows).toEqual([{ amount: 4500, trips: 6, identified_trips: 5 }]);
  });

  it('holds the shoppers of every node and of brands at their own category', async () => {
    const { rows } = await pool.query(
      `SELECT category_id, brand_id, bit_count(bits)::int AS shoppers FROM shopper_month WHERE workspace_id = $1 ORDER BY 1, 2`,
      [example.workspaceId],
    );
    const { root, coffee, tea } = example.categories;
    const { X, Y, Z } = example.brands;
    expect(rows).toEqual([
      { category_id: root, brand_id: 0, shoppers: 5 },
      { category_id: coffee, brand_id: 0, shoppers: 4 },
      { category_id: coffee, brand_id: X, shoppers: 3 },
      { category_id: coffee, brand_id: Y, shoppers: 3 },
      { category_id: tea, brand_id: 0, shoppers: 1 },
      { category_id: tea, brand_id: Z, shoppers: 1 },
    ]);
  });

  it('is proven by verify, which keeps its result', async () => {
    const check = await verifyRollups(example.workspaceId);
    expect(check.checks.flatMap(({ differences }) => differences)).toEqual([]);
    expect(check.ok).toBe(true);
    expect(check.checks.map(({ compared }) => compared)).not.toContain(0);
    const { rows } = await pool.query('SELECT ok, result FROM rollup_check WHERE workspace_id = $1', [
      example.workspaceId,
    ]);
    expect(rows).toEqual([{ ok: true, result: check.checks }]);
  });
});

describe.each([
  { seed: 1, basketsSpan: false },
  { seed: 2, basketsSpan: false },
  { seed: 3, basketsSpan: true },
])('random lines, seed $seed, baskets span: $basketsSpan', ({ seed, basketsSpan }) => {
  let workspaceId: number;
  let days: string[];
  beforeAll(async () => {
    ({ workspaceId, days } = await insertRandomWorkspace(pool, {
      seed,
      basketsSpan,
      slug: `random-${randomUUID().slice(0, 8)}`,
    }));
    await refresh(workspaceId, days);
  });

  it.each(rollupTables.map(({ table }) => table))('%s equals a naive loop over the lines', async (table) => {
    const naive = await naiveRollups(pool, workspaceId);
    const stored = await storedRollups(pool, workspaceId, table);
    expect(stored.length).toBeGreaterThan(20);
    expect(stored).toEqual(naive[table]);
  });

  it('is proven by verify', async () => {
    const check = await verifyRollups(workspaceId);
    expect(check.checks.flatMap(({ differences }) => differences)).toEqual([]);
  });

  it('equals a rebuild after lines came and went on some days', async () => {
    const before = await fingerprint(workspaceId);
    const [first = '', , third = ''] = days;
    await pool.query('DELETE FROM sale_line WHERE workspace_id = $1 AND date = $2', [workspaceId, first]);
    await pool.query(
      `INSERT INTO sale_line SELECT workspace_id, import_id, row_no + 100000, date, time, store_id, shopper_no, basket_id,
              product_id, units + 1, amount + 7, base_amount, promotion, is_return
       FROM sale_line WHERE workspace_id = $1 AND date = $2 AND row_no % 2 = 0`,
      [workspaceId, third],
    );
    await refresh(workspaceId, [first, third]);
    const refreshed = await fingerprint(workspaceId);
    expect(refreshed).not.toEqual(before);
    await rebuildRollups(workspaceId);
    expect(await fingerprint(workspaceId)).toEqual(refreshed);
  });
});

describe('what verify finds', () => {
  const broken = async (sql: string): Promise<string[]> => {
    const example = await insertWorkedExample(pool);
    await pool.query(sql, [example.workspaceId]);
    const check = await verifyRollups(example.workspaceId);
    expect(check.ok).toBe(false);
    return check.checks.flatMap(({ name, differences }) => differences.map((difference) => `${name} | ${difference}`));
  };

  it('names a changed sum', async () => {
    expect(
      await broken(
        `UPDATE sales_day_place SET amount = amount + 1
         WHERE workspace_id = $1 AND date = '2024-01-16'
           AND category_id = (SELECT id FROM category WHERE workspace_id = $1 AND name = 'Coffee')`,
      ),
    ).toEqual([
      'sales_day_place = lines | 2024-01-16, category Coffee, region South, channel Supermarket: amount 901 stored, 900 on lines',
    ]);
  });

  it('names a list with another shopper in place of the right one', async () => {
    expect(
      await broken(
        `UPDATE shopper_day SET shoppers = ARRAY[4]
         WHERE workspace_id = $1 AND date = '2024-01-16' AND brand_id <> 0`,
      ),
    ).toEqual([
      'shopper_day = lines | 2024-01-16, category Coffee, brand X, chunk 0: 1 shoppers stored, 1 on lines, 0 of them the same',
    ]);
  });

  it('names rows without lines, and lines without rows', async () => {
    const differences = await broken(
      `WITH moved AS (UPDATE sales_product_day SET date = '2023-12-31' WHERE workspace_id = $1 AND date = '2024-01-25' RETURNING 1)
       DELETE FROM shopper_month_store WHERE workspace_id = $1 AND brand_id <> 0
         AND category_id = (SELECT id FROM category WHERE workspace_id = $1 AND name = 'Tea')`,
    );
    expect(differences.sort()).toEqual([
      'sales_product_day = lines | 2023-12-31, product Z1: a rollup row without lines',
      'sales_product_day = lines | 2024-01-25, product Z1: no rollup row for 1 lines',
      'shopper_month_store = lines | 2024-01-01, category Tea, brand Z, chunk 0: 1 of 1 entries differ',
    ]);
  });

  it('finds shares and identified sales that do not add up', async () => {
    const differences = await broken(
      `WITH a AS (UPDATE sales_month SET amount = amount + 450 WHERE workspace_id = $1 AND member_kind = 2
                  AND category_id = (SELECT id FROM category WHERE workspace_id = $1 AND name = 'Coffee')
                  AND member_id = (SELECT id FROM brand WHERE workspace_id = $1 AND name = 'Y'))
       UPDATE sales_day SET identified_amount = 0 WHERE workspace_id = $1 AND date = '2024-01-25' AND member_kind = 0`,
    );
    expect(differences).toContain(
      'brand shares sum to 100 | 2024-01-01, category Coffee: shares sum to 110.0000, the market sells 4500',
    );
    expect(differences).toContain(
      'identified + anonymous = total | 2024-01-25: identified 0 and anonymous 0 do not make 1500',
    );
  });

  it('finds a basket that spans days where the workspace says that none does', async () => {
    const differences = await broken(`UPDATE sale_line SET date = '2024-01-03' WHERE workspace_id = $1 AND row_no = 2`);
    expect(differences.filter((difference) => difference.startsWith('a basket has one day'))).toHaveLength(1);
  });

  it('names the packed row with another shopper’s money, and the product with a store’s', async () => {
    expect(
      await broken(
        `WITH s AS (UPDATE spend_month SET amount[2] = amount[2] + 1 WHERE workspace_id = $1 AND brand_id <> 0
                    AND cardinality(amount) = 3 AND amount[1] = 1000)
         UPDATE item_month SET stores[1] = 99 WHERE workspace_id = $1
         AND product_id = (SELECT id FROM product WHERE workspace_id = $1 AND code = 'X2')`,
      ),
    ).toEqual([
      'spend_month = lines | 2024-01-01, category Coffee, brand X, chunk 0: 1 of 3 entries differ',
      'item_month = lines | 2024-01-01, category Coffee, product X2: 2 of 2 entries differ',
    ]);
  });

  it('names at most twenty a check and counts the rest', async () => {
    const example = await insertWorkedExample(pool);
    await pool.query('UPDATE sales_day SET lines = lines + 1 WHERE workspace_id = $1', [example.workspaceId]);
    const check = await verifyRollups(example.workspaceId);
    const { differences = [], compared } = check.checks.find(({ name }) => name === 'sales_day = lines') ?? {};
    expect(differences).toHaveLength(20);
    expect(differences.at(-1)).toBe(`and ${Number(compared) - 19} more`);
  });
});
