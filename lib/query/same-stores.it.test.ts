import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { querySpec, type QueryInput } from '@/lib/contract/query';
import { env } from '@/lib/env';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { runQuery } from './run';
import { stretches } from './same-stores';

const pool = new Pool({ connectionString: env.DATABASE_URL });
afterAll(() => pool.end());

let example: WorkedExample;
beforeAll(async () => {
  example = await insertWorkedExample(pool);
});

const ask = (input: Partial<QueryInput>) =>
  runQuery(
    example.workspaceId,
    querySpec.parse({ metrics: ['value_sales'], from: '2024-01-22', to: '2024-01-28', ...input }),
  );
const firstWeek = { from: '2024-01-01', to: '2024-01-07' };

describe('the same stores', () => {
  // By week: A; A and B; B and C; A and C.
  it('are those that sold in every week of both periods', async () => {
    const { totals, meta } = await ask({ compare: firstWeek, sameStores: true });
    // A sold 14 in the first week and 5 in the last, in which C sold 15.
    expect(totals[0]).toMatchObject({ values: { value_sales: 5 }, previous: { value_sales: 14 } });
    expect(meta.sameStores).toEqual({ kept: 1, of: 3 });
    expect(meta.slice?.filters).toEqual({ store: [example.stores.A] });
    expect(meta.metrics.value_sales?.notes).toContain('the same stores: 1 of 3 sold in every week');
  });
  it('are the market’s and the base’s too', async () => {
    const { totals } = await ask({
      metrics: ['value_share', 'penetration'],
      from: '2024-01-08',
      to: '2024-01-14',
      sameStores: firstWeek,
      filters: { brand: [example.brands.X] },
      market: 'slice',
    });
    // In A nothing but X was sold, to one shopper; B sold Y to another.
    expect(totals[0]?.values).toEqual({ value_share: 100, penetration: 100 });
  });
  it('stay within the stores filtered', async () => {
    const { totals, meta } = await ask({ sameStores: firstWeek, filters: { store: [example.stores.C] } });
    expect([totals[0]?.values.value_sales, meta.sameStores]).toEqual([0, { kept: 0, of: 3 }]);
  });
  it('skip weeks in which no store sold, and the days that are still to come', async () => {
    const { meta } = await ask({ to: '2024-02-11', compare: 'previous_period', sameStores: true });
    // To January 25, beside the four days from the 1st; A and C sold now, A then.
    expect(meta.compareRange).toEqual({ from: '2024-01-01', to: '2024-01-04' });
    expect(meta.sameStores).toEqual({ kept: 1, of: 3 });
  });
  it('need two periods, and a store that sold throughout', async () => {
    await expect(ask({ sameStores: true })).rejects.toMatchObject({
      code: 'invalid_request',
      details: [{ field: 'sameStores', message: expect.stringContaining('{from, to}') as string }],
    });
    const fortnight = { from: '2024-01-15', compare: { from: '2024-01-01', to: '2024-01-14' } };
    await expect(ask({ ...fortnight, sameStores: true })).rejects.toMatchObject({
      code: 'unprocessable',
      message: 'None of the 3 stores sold in every week of both periods.',
    });
  });
});

describe('stretches', () => {
  it.each([
    ['2024-01-01', '2024-01-03', ['2024-01-01..2024-01-03']],
    ['2024-01-01', '2024-01-14', ['2024-01-01..2024-01-07', '2024-01-08..2024-01-14']],
    ['2024-01-01', '2024-01-20', ['2024-01-01..2024-01-07', '2024-01-08..2024-01-20']],
  ])('of %s to %s are %j', (from, to, expected) => {
    expect(stretches({ from, to }).map((one) => `${one.from}..${one.to}`)).toEqual(expected);
  });
});
