import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { querySpec, type QueryInput } from '@/lib/contract/query';
import { env } from '@/lib/env';
import { metricIds, type MetricId } from '@/lib/metrics/catalog';
import { exampleRange, insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { runQuery } from './run';

// Every number of the worked example of docs/metrics.md that the catalog knows, from rollups and from lines.

const pool = new Pool({ connectionString: env.DATABASE_URL });
let example: WorkedExample;

beforeAll(async () => {
  example = await insertWorkedExample(pool);
});
afterAll(() => pool.end());

const ask = (input: Partial<QueryInput> & Pick<QueryInput, 'metrics'>, forceLines = false) =>
  runQuery(example.workspaceId, querySpec.parse({ ...exampleRange, ...input }), { forceLines });

describe.each([
  ['from rollups', false],
  ['from lines', true],
])('the worked example, %s', (_, forceLines) => {
  it('gives brand X in coffee to the digit', async () => {
    const { brands, categories } = example;
    const answer = await ask(
      {
        metrics: metricIds.slice(0, 20) as [MetricId, ...MetricId[]],
        filters: { brand: [brands.X], category: [categories.coffee] },
      },
      forceLines,
    );
    const rest = await ask(
      {
        metrics: metricIds.slice(20) as [MetricId, ...MetricId[]],
        filters: { brand: [brands.X], category: [categories.coffee] },
      },
      forceLines,
    );
    const [row] = answer.rows;
    expect({ ...row?.values, ...rest.rows[0]?.values }).toEqual({
      value_sales: 29,
      unit_sales: 5,
      volume_sales: 1.5,
      value_share: expect.closeTo((29 / 45) * 100, 10) as number,
      unit_share: expect.closeTo((5 / 9) * 100, 10) as number,
      volume_share: expect.closeTo(60, 10) as number,
      trips: 4,
      buyers: 3,
      penetration: expect.closeTo(60, 10) as number,
      relative_penetration: 75,
      universe_penetration: null,
      buy_rate: 8,
      frequency: 1,
      spend_per_trip: 7.25,
      units_per_trip: 1.25,
      identified_sales: 24,
      identified_spend_per_trip: 8,
      coverage: expect.closeTo((24 / 29) * 100, 10) as number,
      average_price: expect.closeTo(5.8, 10) as number,
      average_price_per_volume: expect.closeTo(29 / 1.5, 10) as number,
      on_deal_value: expect.closeTo((9 / 29) * 100, 10) as number,
      on_deal_units: expect.closeTo(20, 10) as number,
      on_deal_volume: expect.closeTo(100 / 3, 10) as number,
      price_index: expect.closeTo(116, 10) as number,
      price_index_per_volume: expect.closeTo((29 / 1.5 / (45 / 2.5)) * 100, 10) as number,
      repeat_rate: 0,
      requirements_value: expect.closeTo((24 / 36) * 100, 10) as number,
      requirements_units: expect.closeTo((4 / 7) * 100, 10) as number,
      requirements_volume: expect.closeTo((1.25 / 2) * 100, 10) as number,
      requirements_purchases: expect.closeTo((3 / 5) * 100, 10) as number,
      sole_buyers: expect.closeTo(100 / 3, 10) as number,
      heavy_usage: expect.closeTo(120, 10) as number,
      numeric_distribution: expect.closeTo((2 / 3) * 100, 10) as number,
      weighted_distribution: expect.closeTo((41 / 60) * 100, 10) as number,
      category_weighted_distribution: expect.closeTo((41 / 45) * 100, 10) as number,
      tdp: expect.closeTo((41 / 60) * 100, 10) as number,
      items_carried: expect.closeTo(1, 10) as number,
      velocity: expect.closeTo(29 / 8, 10) as number,
    });
    expect(answer.meta.metrics.universe_penetration).toEqual({
      state: 'unavailable',
      reason: 'No universe is set for the workspace.',
    });
    expect(answer.meta.metrics.buyers?.source).toBe(forceLines ? 'lines' : 'shopper_month');
    expect(answer.meta.metrics.volume_sales).toMatchObject({ unit: 'kg', coverage: 100 });
    expect(answer.meta.market).toBe('Coffee');
    expect(row?.lowBase).toContain('penetration');
  });

  it('takes the categories that a brand sold in for its market', async () => {
    const answer = await ask(
      { metrics: ['value_share', 'relative_penetration'], by: 'brand', sort: 'name' },
      forceLines,
    );
    const shares = answer.rows.map(({ member, values, market }) => [member?.name, values.value_share, market]);
    expect(shares).toEqual([
      ['X', expect.closeTo((29 / 45) * 100, 10), 'Coffee'],
      ['Y', expect.closeTo((16 / 45) * 100, 10), 'Coffee'],
      ['Z', 100, 'Tea'],
    ]);
    expect(answer.rows.map((row) => row.values.relative_penetration)).toEqual([75, 75, 100]);
    expect(answer.totals[0]?.values.value_share).toBe(100);
  });

  it('gives each place its own market and base', async () => {
    const answer = await ask(
      {
        metrics: ['value_sales', 'value_share', 'penetration'],
        by: 'region',
        sort: 'name',
        filters: { brand: [example.brands.X] },
      },
      forceLines,
    );
    expect(answer.rows.map(({ member, values }) => [member?.name, values])).toEqual([
      ['North', { value_sales: 20, value_share: expect.closeTo((20 / 24) * 100, 10) as number, penetration: 100 }],
      [
        'South',
        {
          value_sales: 9,
          value_share: expect.closeTo((9 / 21) * 100, 10) as number,
          penetration: expect.closeTo(100 / 3, 10) as number,
        },
      ],
    ]);
  });

  it('leaves out what is excluded: brands of the slice alone, places of market and bases too', async () => {
    const { brands, categories, regions } = example;
    const of = async (filters: QueryInput['filters']) =>
      (await ask({ metrics: ['value_sales', 'value_share', 'penetration'], filters }, forceLines)).totals[0]?.values;
    expect(await of({ category: [categories.coffee], exclude: { brand: [brands.X] } })).toEqual({
      value_sales: 16,
      value_share: expect.closeTo((16 / 45) * 100, 10) as number,
      penetration: 60,
    });
    expect(await of({ brand: [brands.X], exclude: { region: [regions.North] } })).toEqual({
      value_sales: 9,
      value_share: expect.closeTo((9 / 21) * 100, 10) as number,
      penetration: expect.closeTo(100 / 3, 10) as number,
    });
  });

  it('counts the lines of a group of shoppers alone, in market and bases too', async () => {
    const { brands, categories } = example;
    const of = async (are: 'buyers' | 'non_buyers') => {
      const shoppers = [{ are, ...exampleRange, brand: [brands.Y] }];
      const answer = await ask(
        {
          metrics: ['value_sales', 'value_share', 'penetration', 'relative_penetration', 'universe_penetration'],
          filters: { brand: [brands.X], category: [categories.coffee], shoppers },
        },
        forceLines,
      );
      expect(answer.meta.shoppers?.count).toBe(are === 'buyers' ? 3 : 2);
      expect(answer.meta.metrics.universe_penetration?.state).toBe('unavailable');
      expect(answer.meta.metrics.value_sales?.source).toBe(forceLines ? 'lines' : 'spend_month');
      return answer.totals[0]?.values;
    };
    // Buyers of Y: s1, s3 and s4, who spent 35 on coffee, 19 of it on X; the others: s2 bought X alone, s5 tea.
    expect(await of('buyers')).toMatchObject({
      value_sales: 19,
      value_share: expect.closeTo((19 / 35) * 100, 10) as number,
      penetration: expect.closeTo((2 / 3) * 100, 10) as number,
      relative_penetration: expect.closeTo((2 / 3) * 100, 10) as number,
    });
    expect(await of('non_buyers')).toMatchObject({
      value_sales: 5,
      value_share: 100,
      penetration: 50,
      relative_penetration: 100,
    });
  });

  it('shares out the categories of the slice', async () => {
    const answer = await ask({ metrics: ['value_share'], by: 'category' }, forceLines);
    expect(answer.rows.map(({ member, values }) => [member?.name, values.value_share])).toEqual([
      ['Coffee', 75],
      ['Tea', 25],
    ]);
  });
});
