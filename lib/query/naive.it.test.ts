import fc from 'fast-check';
import { Pool } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { grains, querySpec, type Breakdown, type Filters, type QueryResponse } from '@/lib/contract/query';
import { env } from '@/lib/env';
import { isRetail, type Calendar } from '@/lib/metrics/calendar';
import { anyCalendar } from '@/lib/metrics/calendar.fixture';
import { comparisons } from '@/lib/metrics/comparison';
import { metricIds, type MetricId } from '@/lib/metrics/catalog';
import { naiveAnswer, type NaiveQuery, type NaiveRow } from '@/tests/naive-answer';
import { anyDay, insertSales, randomSales, type Ids } from '@/tests/random-sales';
import { runQuery } from './run';

// Random queries on random sales: the answer from rollups, the answer from lines and a naive loop must be one.

const pool = new Pool({ connectionString: env.DATABASE_URL });
afterAll(() => pool.end());

const some = (length: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.integer({ min: 0, max: length - 1 }), { minLength: 1, maxLength: 3 });
const rarely = <T>(one: fc.Arbitrary<T>, freq = 1): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: freq, arbitrary: one });

const attributeFilter = fc.constantFrom<NonNullable<Filters['attributes']>[number][]>(
  [{ of: 'product', name: 'colour', values: ['red'] }],
  [{ of: 'product', name: 'colour', values: ['blue', 'red'] }],
  [{ of: 'store', name: 'format', values: ['small'] }],
  [{ of: 'shopper', name: 'age', values: ['young', 'nobody'] }],
);
const given = (all: object): object => Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined));
const lists = {
  manufacturer: rarely(some(2)),
  brand: rarely(some(4), 2),
  category: rarely(some(6), 2),
  product: rarely(some(8)),
  region: rarely(some(2)),
  channel: rarely(some(2)),
  store: rarely(some(4)),
  attributes: rarely(attributeFilter),
};
const months: [string, string][] = [
  ['2024-01-01', '2024-01-31'],
  ['2024-01-01', '2024-03-31'],
  ['2023-12-01', '2024-02-29'],
  ['2023-01-01', '2025-12-31'],
];
const shopperGroup: fc.Arbitrary<NonNullable<Filters['shoppers']>[number]> = fc
  .record({
    are: fc.constantFrom('buyers' as const, 'non_buyers' as const),
    dates: fc.oneof(fc.constant(months[1]), fc.tuple(anyDay, anyDay)),
    of: fc.record({
      manufacturer: rarely(some(2)),
      brand: rarely(some(4), 2),
      category: rarely(some(6)),
      product: rarely(some(8)),
    }),
  })
  .map(({ are, dates: [a, b] = ['', ''], of }) => ({ are, from: a < b ? a : b, to: a < b ? b : a, ...given(of) }));
const filters: fc.Arbitrary<Filters> = fc
  .record({
    ...lists,
    promotion: rarely(fc.constantFrom('promoted' as const, 'not_promoted' as const)),
    exclude: rarely(fc.record(lists).map(given), 2),
    shoppers: rarely(fc.array(shopperGroup, { minLength: 1, maxLength: 2 })),
  })
  .map(given);

const dates = fc.oneof(
  fc.constantFrom(...months),
  fc.tuple(anyDay, anyDay).map(([a, b]): [string, string] => (a < b ? [a, b] : [b, a])),
);
const breakdowns: Breakdown[] = [
  'manufacturer',
  'brand',
  'category',
  'product',
  'region',
  'channel',
  'store',
  'promotion',
  'product:colour',
  'store:format',
  'shopper:age',
];
/**
 * Asked of every data set, on dates with days outside whole months: a brand in two categories, by place; all but a brand, and
 * all but a category under one that products hang on, in all but a region or a channel.
 */
const hard: NaiveQuery[] = (['region', 'channel'] as const).flatMap((place) =>
  [
    { brand: [0], [place]: [0] },
    { exclude: { brand: [1], [place]: [0] } },
    { exclude: { category: [3], [place]: [1] } },
  ].map((asked) => ({
    metrics: ['trips', 'frequency', 'buyers', 'value_share', 'relative_penetration'],
    from: '2023-12-25',
    to: '2024-03-11',
    filters: asked,
    compare: 'none',
  })),
);

/** What a group of shoppers spent is kept by month. */
hard.push({
  metrics: ['value_sales', 'unit_share', 'buyers', 'buy_rate', 'penetration', 'relative_penetration'],
  from: '2024-01-01',
  to: '2024-03-31',
  by: 'brand',
  filters: {
    shoppers: [
      { are: 'buyers', from: '2023-12-20', to: '2024-01-20', category: [1] },
      { are: 'non_buyers', from: '2024-01-01', to: '2024-01-31', brand: [0] },
    ],
  },
  compare: 'none',
});

const setCalendar = ({ weekStart, fiscalYearStart, retail }: Calendar, { workspaceId }: Ids) =>
  pool.query(
    `UPDATE workspace SET week_start = $1, fiscal_year_start = $2, retail_pattern = $3, retail_year_end = $4 WHERE id = $5`,
    [weekStart, fiscalYearStart, retail?.pattern ?? null, retail?.yearEnd ?? 'last', workspaceId],
  );

const query: fc.Arbitrary<NaiveQuery> = fc
  .record({
    metrics: fc.uniqueArray(fc.constantFrom(...metricIds), { minLength: 3, maxLength: 12 }),
    dates,
    by: fc.option(fc.constantFrom(...breakdowns), { nil: undefined, freq: 4 }),
    grain: fc.option(fc.constantFrom(...grains), { nil: undefined, freq: 1 }),
    filters,
    compare: fc.oneof(
      fc.constantFrom(...comparisons.filter((one) => one !== 'previous_to_date')),
      dates.map(([from, to]) => ({ from, to })),
    ),
    market: rarely(fc.oneof(fc.constantFrom('slice' as const, 'sold' as const), some(6))),
  })
  .map(({ dates: [from, to], by, grain, market, ...rest }) => ({
    ...rest,
    from,
    to,
    ...(by && { by }),
    ...(grain && { grain }),
    ...(market && { market }),
  }));

function specOf(asked: NaiveQuery, ids: Ids) {
  const list = (name: keyof Omit<Ids, 'workspaceId'>, positions: readonly number[]) =>
    positions.map((position) => ids[name][position]);
  const listed = (lists: object): object =>
    Object.fromEntries(
      Object.entries(lists).map(([name, value]: [string, unknown]) => {
        if (name === 'exclude') return [name, listed(value as object)];
        if (name === 'shoppers') return [name, (value as object[]).map(listed)];
        return [name, name in ids ? list(name as 'brand', value as number[]) : value];
      }),
    );
  const market = Array.isArray(asked.market) ? list('category', asked.market) : asked.market;
  return querySpec.parse({
    ...asked,
    filters: listed(asked.filters),
    limit: 100,
    ...(market && { market }),
  });
}

/** Rows by member and period, values rounded so far that the order of additions does not show. */
function plain(rows: Iterable<[string, NaiveRow]>, hidden: ReadonlySet<MetricId>): Record<string, unknown> {
  const round = (values: NaiveRow['values'] | null) =>
    values &&
    Object.fromEntries(
      Object.entries(values).map(([id, value]) => [
        id,
        hidden.has(id as MetricId) || value === null ? null : Number(value.toPrecision(10)) + 0,
      ]),
    );
  return Object.fromEntries(
    [...rows].map(([key, { values, previous }]) => [key, { values: round(values), previous: round(previous) }]),
  );
}

const keyed = (rows: QueryResponse['rows']): [string, NaiveRow][] =>
  rows.map((row) => [
    `${row.member?.name ?? ''}|${row.period ?? ''}`,
    { values: row.values, previous: row.previous ?? null },
  ]);

const unavailableIn = ({ meta }: QueryResponse): string[] =>
  Object.entries(meta.metrics).flatMap(([id, metric]) => (metric.state === 'unavailable' ? [id] : []));

describe('a query', () => {
  it('answers what a loop over the lines answers, from rollups and from lines', { timeout: 300_000 }, async () => {
    const sources = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        randomSales,
        anyCalendar,
        fc.array(query, { minLength: 22, maxLength: 22 }),
        async (sales, by, queries) => {
          const ids = await insertSales(pool, sales);
          await setCalendar(by, ids);
          for (const asked of [...hard, ...queries]) {
            if (asked.grain && isRetail(asked.grain) && !by.retail) continue;
            const naive = naiveAnswer(sales, asked, by);
            const spec = specOf(asked, ids);
            const expected = {
              unavailable: [...naive.unavailable].sort(),
              rows: plain(naive.rows, naive.unavailable),
              totals: plain(naive.totals, naive.unavailable),
            };
            for (const forceLines of [false, true]) {
              const answer = await runQuery(ids.workspaceId, spec, { forceLines });
              const given = {
                unavailable: unavailableIn(answer).sort(),
                rows: plain(keyed(answer.rows), naive.unavailable),
                totals: plain(keyed(answer.totals), naive.unavailable),
              };
              expect({ forceLines, asked, ...given }).toEqual({ forceLines, asked, ...expected });
              if (!forceLines)
                Object.values(answer.meta.metrics).forEach((one) => one.source && sources.add(one.source));
            }
          }
        },
      ),
      { seed: 20_240_101, numRuns: 10, endOnFailure: true },
    );
    // The runs are worth something only if they met every kind of source.
    for (const source of [
      'sales_month + sales_day',
      'sales_month_place',
      'sales_product_month',
      'sales_product_day',
      'shopper_month_store',
      'shopper_day',
      'spend_month',
      'lines',
    ]) {
      expect(
        [...sources].some((met) => met.includes(source)),
        source,
      ).toBe(true);
    }
  });
});
