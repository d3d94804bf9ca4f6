import fc from 'fast-check';
import { grains, type Breakdown, type Filters } from '@/lib/contract/query';
import { metricIds } from '@/lib/metrics/catalog';
import { comparisons } from '@/lib/metrics/comparison';
import type { NaiveQuery } from './naive-answer';
import { anyDay } from './random-sales';

// Random questions on random sales, and some that every data set is asked.

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
  group: rarely(some(4)),
  store_group: rarely(some(2)),
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
      group: rarely(some(4)),
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
  'group',
  'store_group',
  'product:colour',
  'store:format',
  'shopper:age',
];
/**
 * Asked of every data set, on dates with days outside whole months: a brand in two categories, by place; all but a brand, and
 * all but a category under one that products hang on, in all but a region or a channel.
 */
export const hard: NaiveQuery[] = (['region', 'channel'] as const).flatMap((place) =>
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

/** Groups beside one another, one in the market of another. */
hard.push(
  ...(['group', 'store_group'] as const).map((by): NaiveQuery => ({
    metrics: ['value_sales', 'value_share', 'buyers', 'trips', 'relative_penetration'],
    from: '2024-01-01',
    to: '2024-02-11',
    by,
    filters: { ...(by === 'store_group' && { group: [1, 2], store_group: [0, 1] }), exclude: { group: [3] } },
    compare: 'previous_period',
    market: by === 'group' ? { group: 0 } : 'sold',
  })),
);

export const query: fc.Arbitrary<NaiveQuery> = fc
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
    market: rarely(
      fc.oneof(fc.constantFrom('slice' as const, 'sold' as const), some(6), fc.record({ group: fc.nat(3) })),
    ),
  })
  .map(({ dates: [from, to], by, grain, market, ...rest }) => ({
    ...rest,
    from,
    to,
    ...(by && { by }),
    ...(grain && { grain }),
    ...(market && { market }),
  }));
