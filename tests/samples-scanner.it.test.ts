import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportDetail } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';
import { asking, byName, check, idOf, load, long, newWorkspace, raw, rest, sample, takeOut } from './samples.fixture';
import { verified, type Ask } from './samples.fixture';

// Breakfast at the Frat: weekly scanner data with promotions, products and a store list that holds two stores twice.

afterAll(() => loadPool.end());

const folder = 'breakfast-at-the-frat';
const file = (name: string): string => sample(`${folder}/${name}`);
const whole = { from: '2009-01-01', to: '2012-12-31' };
const year = { from: '2010-01-01', to: '2010-12-31' };

/** What must not depend on the order of files: by name, as ids differ. */
async function numbers(workspaceId: number, ask: Ask): Promise<unknown> {
  const category = [await idOf('category', workspaceId, 'COLD CEREAL')];
  const all = await ask({ metrics: ['value_sales', 'unit_sales', 'volume_share', 'on_deal_value'] });
  const makers = await ask({ metrics: ['value_share'], by: 'manufacturer', filters: { category }, ...year });
  const weeks = await ask({ metrics: ['unit_sales'], grain: 'week', filters: { category }, limit: 100 });
  const states = await ask({ metrics: ['value_sales'], by: 'region' });
  return {
    all: all.totals[0]?.values,
    makers: byName(makers, 'value_share'),
    weeks: weeks.rows.map(({ period, values }) => [period, values.unit_sales]),
    states: byName(states, 'value_sales'),
  };
}

describe.skipIf(!long)('weekly scanner data, from file to number (needs BRANDLENS_SAMPLES, and LONG=1)', () => {
  let first: number;
  let ask: Ask;
  let lines: ImportDetail;
  let products: ImportDetail;
  let bare: unknown;

  beforeAll(async () => {
    first = await newWorkspace();
    ask = asking(first, whole);
    lines = await load(first, file('transactions.csv.gz'));
    bare = (await ask({ metrics: ['value_sales', 'unit_sales'], by: 'product', limit: 100 })).rows.map(
      ({ member, values }) => [member?.name, values],
    );
    await load(first, file('stores.csv'));
    products = await load(first, file('products.csv'));
  }, 600_000);

  it('adds up to the totals of the file, two stores listed twice or not', async () => {
    const { totals, meta } = await ask({ metrics: ['value_sales', 'unit_sales'] });
    expect(totals[0]?.values).toEqual({ value_sales: 27_927_722.58, unit_sales: 10_293_354 });
    expect(meta.newestDate).toBe('2012-01-04');
    const states = await ask({ metrics: ['value_sales'], by: 'region' });
    const wanted = await raw(
      `SELECT s.state, sum(t.SPEND::DECIMAL(12, 2))::DOUBLE AS spend FROM FILE(${folder}/transactions.csv.gz) t
       JOIN (SELECT DISTINCT STORE_ID, ADDRESS_STATE_PROV_CODE AS state FROM FILE(${folder}/stores.csv)) s
         ON s.STORE_ID = t.STORE_NUM GROUP BY 1`,
    );
    expect(byName(states, 'value_sales')).toEqual(
      Object.fromEntries(wanted.map(({ state, spend }) => [state, expect.closeTo(Number(spend), 2)])),
    );
  });

  it('gives the cereal shares of 2010', async () => {
    const category = [await idOf('category', first, 'COLD CEREAL')];
    const shares = byName(
      await ask({ metrics: ['value_share'], by: 'manufacturer', filters: { category }, ...year }),
      'value_share',
    );
    expect(shares['GENERAL MI']).toBeCloseTo(29.5063, 4);
    expect(shares['KELLOGG']).toBeCloseTo(23.9337, 4);
    const wanted = await raw(
      `SELECT p.MANUFACTURER AS maker, sum(t.SPEND::DOUBLE) / sum(sum(t.SPEND::DOUBLE)) OVER () * 100 AS share
       FROM FILE(${folder}/transactions.csv.gz) t JOIN FILE(${folder}/products.csv) p USING (UPC)
       WHERE p.CATEGORY = 'COLD CEREAL' AND t.WEEK_END_DATE LIKE '2010-%' GROUP BY 1`,
    );
    expect(shares).toEqual(
      Object.fromEntries(wanted.map(({ maker, share }) => [maker, expect.closeTo(Number(share), 6)])),
    );
  });

  it('gives one manufacturer, whose name no product carries, in one week', async () => {
    const category = [await idOf('category', first, 'FROZEN PIZZA')];
    const week = { from: '2009-01-14', to: '2009-01-14' };
    const found = await ask({ metrics: ['unit_sales'], by: 'manufacturer', filters: { category }, ...week });
    expect(byName(found, 'unit_sales')['TONYS']).toBe(778);
    expect(found.totals[0]?.values).toEqual({ unit_sales: 11_075 });
  });

  it('shows no day of weekly data, and says what else the data lacks', async () => {
    await expect(ask({ metrics: ['value_sales'], grain: 'day', ...year })).rejects.toMatchObject({
      code: 'unprocessable',
      message: 'The data is weekly, so it cannot be shown by day.',
    });
    const { meta, totals } = await ask({ metrics: ['buyers', 'penetration', 'trips', 'spend_per_trip'] });
    expect(meta.metrics).toEqual({
      buyers: { state: 'unavailable', reason: 'No line of the data carries a shopper.' },
      penetration: { state: 'unavailable', reason: 'No line of the data carries a shopper.' },
      trips: { state: 'unavailable', reason: 'The data is by week, so receipts are not known.' },
      spend_per_trip: { state: 'unavailable', reason: 'The data is by week, so receipts are not known.' },
    });
    expect(Object.values(totals[0]?.values ?? {}).filter((value) => value !== null)).toEqual([]);
  });

  it('gives prices on and off promotion', async () => {
    const found = await ask({ metrics: ['average_price'], by: 'promotion' });
    const deal = await ask({ metrics: ['on_deal_value', 'on_deal_units'] });
    const [wanted] = await raw(
      `SELECT sum(SPEND) FILTER (deal) / sum(UNITS) FILTER (deal) AS promoted,
              sum(SPEND) FILTER (NOT deal) / sum(UNITS) FILTER (NOT deal) AS regular,
              sum(SPEND) FILTER (deal) / sum(SPEND) * 100 AS "value", sum(UNITS) FILTER (deal) / sum(UNITS) * 100 AS units
       FROM (SELECT SPEND::DOUBLE AS SPEND, UNITS::DOUBLE AS UNITS, '1' IN (FEATURE, DISPLAY, TPR_ONLY) AS deal
             FROM FILE(${folder}/transactions.csv.gz))`,
    );
    const prices = Object.values(byName(found, 'average_price')).map(Number);
    expect(prices.sort((a, b) => a - b)).toEqual(
      [wanted?.['promoted'], wanted?.['regular']].map((price) => expect.closeTo(Number(price), 8) as number),
    );
    expect(deal.totals[0]?.values.on_deal_value).toBeCloseTo(Number(wanted?.['value']), 6);
    expect(deal.totals[0]?.values.on_deal_units).toBeCloseTo(Number(wanted?.['units']), 6);
  });

  it('gives the same numbers when products come before the lines, and each step back again', async () => {
    const second = await newWorkspace();
    await load(second, file('products.csv'));
    const stores = await load(second, file('stores.csv'));
    expect(stores).toMatchObject({ rowsIn: 79, rowsAccepted: 77, rowsRejected: 2 });
    expect(stores.report?.duplicates.map(({ code }) => code)).toEqual(['4503', '17627']);
    const last = await load(second, file('transactions.csv.gz'));
    expect(await numbers(second, asking(second, whole))).toEqual(await numbers(first, ask));
    const proof = await verified(second);
    expect(proof.differences).toEqual([]);
    expect(proof.compared).toBeGreaterThan(10_000);

    await takeOut(second, last);
    const { totals } = await asking(second, whole)({ metrics: ['value_sales'] });
    expect(totals[0]?.values.value_sales ?? null).toBeNull();
    expect(await rest(second)).toMatchObject({ product: 58, store: 77 });
    expect((await rest(second))['sale_line'] ?? 0).toBe(0);
  }, 600_000);

  it('is as before when the product file is taken out, and empty after the lines', async () => {
    await expect(check(first, file('transactions.csv.gz'))).rejects.toThrow(/loaded already.*transactions\.csv\.gz/);
    await takeOut(first, products);
    const found = await ask({ metrics: ['value_sales', 'unit_sales'], by: 'product', limit: 100 });
    expect(found.rows.map(({ member, values }) => [member?.name, values])).toEqual(bare);
    await takeOut(first, lines);
    const left = await rest(first);
    expect(Object.keys(left).filter((table) => /^(sale|product|brand|manu|shopper)/.test(table))).toEqual([]);
  }, 600_000);
});
