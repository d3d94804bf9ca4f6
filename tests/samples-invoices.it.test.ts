import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportDetail } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';
import { asking, byName, check, load, long, newWorkspace, raw, rest, sample, takeOut } from './samples.fixture';
import { verified, type Ask } from './samples.fixture';

// Online Retail: invoices with returns, unit prices to a thousandth, lines without a customer.

afterAll(() => loadPool.end());

const path = 'online-retail/online_retail.csv.gz';
const year = { from: '2010-12-01', to: '2011-12-31' };

describe.skipIf(!long)('invoices with returns, from file to number (needs BRANDLENS_SAMPLES, and LONG=1)', () => {
  let workspaceId: number;
  let ask: Ask;
  let lines: ImportDetail;

  beforeAll(async () => {
    workspaceId = await newWorkspace();
    ask = asking(workspaceId, year);
    lines = await load(workspaceId, sample(path), { change: () => ({ negatives: 'returns' }) });
  }, 600_000);

  it('nets returns, to the thousandth', async () => {
    const { totals, meta } = await ask({ metrics: ['value_sales', 'unit_sales', 'identified_sales'] });
    const [wanted] = await raw(
      `SELECT sum(Quantity::BIGINT)::INT AS units,
              sum((Quantity::INT * UnitPrice::DECIMAL(12, 3))) FILTER (coalesce(CustomerID, '') <> '')::DOUBLE AS identified
       FROM FILE(${path})`,
    );
    expect(totals[0]?.values).toEqual({
      value_sales: 9_747_747.934,
      unit_sales: wanted?.['units'],
      identified_sales: expect.closeTo(Number(wanted?.['identified']), 3) as number,
    });
    expect(meta.currencyScale).toBe(3);
  });

  it('counts as buyers those who bought, not those who only returned', async () => {
    const { totals } = await ask({ metrics: ['buyers', 'trips'] });
    const [wanted] = await raw(
      `SELECT count(DISTINCT CustomerID)::INT AS customers,
              count(DISTINCT CustomerID) FILTER (Quantity::INT > 0 AND UnitPrice::DOUBLE >= 0)::INT AS buyers,
              count(DISTINCT InvoiceNo || InvoiceDate[:10]) FILTER (Quantity::INT > 0 AND UnitPrice::DOUBLE >= 0)::INT AS trips
       FROM FILE(${path})`,
    );
    expect(wanted?.['customers']).toBe(4_372);
    expect(lines.report?.newMembers['shopper']).toBe(4_372);
    expect(wanted?.['buyers']).toBeLessThan(4_372);
    expect(totals[0]?.values).toEqual({ buyers: wanted?.['buyers'], trips: wanted?.['trips'] });
  });

  it('gives each month as the file does', async () => {
    const found = await ask({ metrics: ['value_sales', 'buyers'], grain: 'month' });
    const wanted = await raw(
      `SELECT InvoiceDate[:7] || '-01' AS "month", sum(Quantity::INT * UnitPrice::DECIMAL(12, 3))::DOUBLE AS amount,
              count(DISTINCT CustomerID) FILTER (Quantity::INT > 0 AND UnitPrice::DOUBLE >= 0)::INT AS buyers
       FROM FILE(${path}) GROUP BY 1 ORDER BY 1`,
    );
    expect(found.rows.map(({ period, values }) => [period, values.value_sales, values.buyers])).toEqual(
      wanted.map(({ month, amount, buyers }) => [month, expect.closeTo(Number(amount), 3), buyers]),
    );
  });

  it('has rollups that equal the lines, and leaves nothing behind', async () => {
    const proof = await verified(workspaceId);
    expect(proof.differences).toEqual([]);
    expect(proof.compared).toBeGreaterThan(1_000);
    await takeOut(workspaceId, lines);
    expect(await rest(workspaceId)).toEqual({});
  }, 600_000);
});

describe.skipIf(!long)('small panels, from file to number (needs BRANDLENS_SAMPLES, and LONG=1)', () => {
  const panel = (name: string): string => sample(`brand-panels/${name}`);

  it.each([
    ['ketchup_purchases.csv', 'occasion', 'day 1 = 2024-01-01', 4_956],
    ['cracker_purchases.csv', 'occasion', 'day 1 = 2024-01-01', 3_292],
    ['orange_juice_store_week.csv.gz', 'week', 'week 40 = 1990-06-14', 106_139],
  ])(
    '%s names no dates: it is told how to say when a number is, and is read then',
    async (name, column, dateFormat, rows) => {
      const refused = await check(await newWorkspace(), panel(name));
      expect(refused).toMatchObject({ kind: 'transactions', state: 'failed' });
      expect(refused.error).toBe(
        `None of the ${rows.toLocaleString('en')} rows can be taken. ${column}: Not a date; where weeks or days are numbered, choose a date format such as week 1 = 2024-01-01.`,
      );
      const told = await check(await newWorkspace(), panel(name), { change: () => ({ dateFormat }) });
      expect(told).toMatchObject({ kind: 'transactions', state: 'validated', rowsAccepted: rows });
    },
  );

  it('counts the buyers of a brand among purchases in order, a day each', async () => {
    const workspaceId = await newWorkspace();
    const rows = await raw(`SELECT * FROM FILE(brand-panels/ketchup_purchases.csv)`);
    const dated = rows.map(
      (row) =>
        `${new Date(Date.UTC(2000, 0, Number(row['occasion']))).toISOString().slice(0, 10)},${String(row['household_id'])},${String(row['household_id'])}-${String(row['occasion'])},${String(row['brand'])},${String(row['price_paid'])}`,
    );
    const text = ['date,household_id,receipt,brand,price_paid', ...dated].join('\n');
    const lines = await load(workspaceId, 'ketchup.csv', { text });
    const ask = asking(workspaceId, { from: '2000-01-01', to: '2001-12-31' });
    const found = await ask({ metrics: ['buyers', 'unit_sales'], by: 'brand', sort: 'name' });
    const wanted = await raw(
      `SELECT brand, count(DISTINCT household_id)::INT AS buyers, count(*)::INT AS lines
       FROM FILE(brand-panels/ketchup_purchases.csv) GROUP BY 1 ORDER BY 1`,
    );
    expect(byName(found, 'buyers')['heinz']).toBe(1_252);
    expect(found.rows.map(({ member, values }) => [member?.name, values.buyers, values.unit_sales])).toEqual(
      wanted.map(({ brand, buyers, lines: count }) => [brand, buyers, count]),
    );
    expect((await verified(workspaceId)).differences).toEqual([]);
    await takeOut(workspaceId, lines);
    expect(await rest(workspaceId)).toEqual({});
  });

  it('finds a brand whose name holds an apostrophe', async () => {
    const workspaceId = await newWorkspace();
    const rows = await raw(`SELECT * FROM FILE(brand-panels/orange_juice_store_week.csv.gz) WHERE store IN ('2', '5')`);
    const dated = rows.map((row) => {
      const date = new Date(Date.UTC(1989, 8, 14) + (Number(row['week']) - 1) * 7 * 86_400_000);
      return [date.toISOString().slice(0, 10), row['store'], row['brand'], 1, row['unit_price_usd']].join(',');
    });
    const text = ['week_ending,store,brand,units,amount', ...dated].join('\n');
    await load(workspaceId, 'juice.csv', { text });
    const ask = asking(workspaceId, { from: '1989-01-01', to: '1999-12-31' });
    const amount = (
      await raw(
        `SELECT sum(unit_price_usd::DECIMAL(12, 4))::DOUBLE AS amount FROM FILE(brand-panels/orange_juice_store_week.csv.gz)
       WHERE store IN ('2', '5') AND brand = 'Florida''s Natural 64'`,
      )
    )[0]?.['amount'];
    const found = await ask({ metrics: ['value_sales'], by: 'brand', search: "florida's" });
    expect(byName(found, 'value_sales')).toEqual({ "Florida's Natural 64": expect.closeTo(Number(amount), 4) });
    const brand = found.rows[0]?.member?.id ?? 0;
    const filtered = await ask({ metrics: ['value_sales'], filters: { brand: [brand] } });
    expect(filtered.totals[0]?.values.value_sales).toBeCloseTo(Number(amount), 4);
  });
});
