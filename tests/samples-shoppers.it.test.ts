import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportDetail } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';
import { asking, byName, idOf, load, long, newWorkspace, raw, rest, sample, takeOut } from './samples.fixture';
import { verified, type Ask } from './samples.fixture';

// Complete Journey: a year of loyalty-card lines and a product file in which "brand" says only National or Private.

afterAll(() => loadPool.end());

const folder = 'complete-journey';
const file = (name: string): string => sample(`${folder}/${name}.csv.gz`);
const year = { from: '2017-01-01', to: '2017-12-31' };

describe.skipIf(!long)('loyalty-card lines, from file to number (needs BRANDLENS_SAMPLES, and LONG=1)', () => {
  let workspaceId: number;
  let ask: Ask;
  let lines: ImportDetail;
  let products: ImportDetail;

  beforeAll(async () => {
    workspaceId = await newWorkspace();
    ask = asking(workspaceId, year);
    // The owner of a brand stands for it: "National" is none. A user leaves it out and keeps it as an attribute.
    products = await load(workspaceId, file('products'), {
      change: ({ columns: { brand: _, ...columns }, attributes }) => ({
        columns: { ...columns, brand: 'manufacturer_id' },
        attributes: [...attributes, { column: 'brand', of: 'product' }],
      }),
    });
    lines = await load(workspaceId, file('transactions_sample'));
  }, 600_000);

  it('adds up to the total of the file, lines of products that the file lacks among them', async () => {
    const { totals } = await ask({ metrics: ['value_sales', 'unit_sales', 'trips', 'buyers', 'coverage'] });
    const [wanted] = await raw(
      `SELECT sum(sales_value::DECIMAL(12, 2))::DOUBLE AS amount, sum(quantity::BIGINT)::INT AS units,
              count(DISTINCT CASE WHEN quantity::INT > 0 THEN (store_id, basket_id, transaction_timestamp[:10]) END)::INT AS trips,
              count(DISTINCT CASE WHEN quantity::INT > 0 THEN household_id END)::INT AS buyers
       FROM FILE(${folder}/transactions_sample.csv.gz)`,
    );
    expect(wanted?.['amount']).toBe(233_935.24);
    expect(totals[0]?.values).toEqual({
      value_sales: 233_935.24,
      unit_sales: wanted?.['units'],
      trips: wanted?.['trips'],
      buyers: wanted?.['buyers'],
      coverage: 100,
    });
    const [lacking] = await raw(
      `SELECT count(*)::INT AS lines, count(DISTINCT product_id)::INT AS products
       FROM FILE(${folder}/transactions_sample.csv.gz) WHERE product_id NOT IN (SELECT product_id FROM FILE(${folder}/products.csv.gz))`,
    );
    expect(lacking?.['lines']).toBe(222);
    expect(lines.report?.newMembers['product']).toBe(lacking?.['products']);
    expect(lines.report?.warnings.find(({ rule }) => rule === 'no_category')?.count).toBe(lacking?.['products']);
    expect(byName(await ask({ metrics: ['value_sales'], by: 'brand', search: '(no brand)' }), 'value_sales')).toEqual({
      '(no brand)': expect.any(Number) as number,
    });
  });

  it('counts the households that bought soft drinks', async () => {
    const category = [await idOf('category', workspaceId, 'SOFT DRINKS')];
    const { totals } = await ask({ metrics: ['value_sales', 'buyers', 'penetration'], filters: { category } });
    expect(totals[0]?.values).toMatchObject({ value_sales: 9_412.95, buyers: 1_275 });
    // 1,280 households have a line; five of them have nothing but lines of no units, which are no purchases.
    const [any] = await raw(
      `SELECT count(DISTINCT t.household_id)::INT AS households,
              count(DISTINCT t.household_id) FILTER (t.quantity::INT > 0)::INT AS buyers
       FROM FILE(${folder}/transactions_sample.csv.gz) t JOIN FILE(${folder}/products.csv.gz) p USING (product_id)
       WHERE p.product_category = 'SOFT DRINKS'`,
    );
    expect(any).toEqual({ households: 1_280, buyers: 1_275 });
    const [wanted] = await raw(
      `SELECT count(DISTINCT household_id) FILTER (product_id IN (SELECT product_id FROM FILE(${folder}/products.csv.gz)
                WHERE product_category = 'SOFT DRINKS')) / count(DISTINCT household_id) * 100 AS penetration
       FROM FILE(${folder}/transactions_sample.csv.gz) WHERE quantity::INT > 0`,
    );
    expect(totals[0]?.values.penetration).toBeCloseTo(Number(wanted?.['penetration']), 8);
  });

  it('takes the brand owner for the brand', async () => {
    const category = [await idOf('category', workspaceId, 'SOFT DRINKS')];
    const top = await ask({ metrics: ['value_sales', 'buyers'], by: 'brand', filters: { category }, limit: 5 });
    const wanted = await raw(
      `SELECT p.manufacturer_id AS brand, sum(t.sales_value::DECIMAL(12, 2))::DOUBLE AS amount,
              count(DISTINCT CASE WHEN t.quantity::INT > 0 THEN t.household_id END)::INT AS buyers
       FROM FILE(${folder}/transactions_sample.csv.gz) t JOIN FILE(${folder}/products.csv.gz) p USING (product_id)
       WHERE p.product_category = 'SOFT DRINKS' GROUP BY 1 ORDER BY amount DESC LIMIT 5`,
    );
    expect(top.rows.map(({ member, values }) => [member?.name, values.value_sales, values.buyers])).toEqual(
      wanted.map(({ brand, amount, buyers }) => [brand, amount, buyers]),
    );
  });

  it('cuts by whether the brand is private, kept as an attribute', async () => {
    const found = byName(await ask({ metrics: ['value_sales'], by: 'product:brand' }), 'value_sales');
    const wanted = await raw(
      `SELECT p.brand, sum(t.sales_value::DECIMAL(12, 2))::DOUBLE AS amount
       FROM FILE(${folder}/transactions_sample.csv.gz) t JOIN FILE(${folder}/products.csv.gz) p USING (product_id) GROUP BY 1`,
    );
    expect(found).toMatchObject(Object.fromEntries(wanted.map(({ brand, amount }) => [brand, amount])));
  });

  it('has rollups that equal the lines, and goes back step by step', async () => {
    const proof = await verified(workspaceId);
    expect(proof.differences).toEqual([]);
    expect(proof.compared).toBeGreaterThan(100_000);
    await takeOut(workspaceId, products);
    const bare = await ask({ metrics: ['value_sales', 'buyers'], by: 'category' });
    expect(bare.totals[0]?.values).toMatchObject({ value_sales: 233_935.24 });
    expect(bare.rows).toHaveLength(1);
    await takeOut(workspaceId, lines);
    expect(await rest(workspaceId)).toEqual({});
  }, 600_000);
});
