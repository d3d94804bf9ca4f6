import fc from 'fast-check';
import { Pool } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { basketsSpec, leavesSpec, linesSpec, shoppersSpec } from '@/lib/contract/drill';
import { env } from '@/lib/env';
import { askedOf, drillOf, type Drill } from '@/lib/client/drill';
import { metricOf, type Leaf, type MetricId } from '@/lib/metrics/catalog';
import { leavesOf } from '@/lib/metrics/metric';
import { insertGroups } from '@/tests/random-groups';
import type { NaiveQuery } from '@/tests/naive-answer';
import { hard, query } from '@/tests/random-queries';
import { specOf } from '@/tests/random-spec';
import { insertSales, randomSales } from '@/tests/random-sales';
import { listBaskets } from './list-baskets';
import { listShoppers } from './list-shoppers';
import { listLines } from './list-lines';
import { readLeaves } from './read-leaves';
import { runQuery } from './run';

// Random numbers of random answers, opened: what is listed makes up the number, whatever row, market or period it is of.

const pool = new Pool({ connectionString: env.DATABASE_URL });
afterAll(() => pool.end());

/** With LONG=1 more cases. */
const long = Boolean(process.env['LONG']);

const metrics: MetricId[] = [
  ...(['value_sales', 'unit_share', 'volume_sales', 'trips', 'buyers', 'frequency', 'penetration'] as const),
  ...(['relative_penetration', 'buy_rate', 'spend_per_trip', 'on_deal_value', 'on_deal_volume'] as const),
  ...(['price_index', 'heavy_usage', 'requirements_units', 'velocity', 'weighted_distribution'] as const),
  ...(['repeat_rate', 'sole_buyers', 'requirements_value', 'requirements_purchases'] as const),
  ...(['category_weighted_distribution', 'requirements_volume'] as const),
];

/** A point of a member's trend, with each of the metrics in turn. */
const trends = metrics.map((metric): NaiveQuery => ({
  metrics: [metric],
  from: '2024-01-01',
  to: '2024-03-11',
  by: 'brand',
  grain: 'month',
  filters: {},
  compare: 'none',
}));

/** What few shoppers do is met where nothing is left out. */
const wholes = (['repeat_rate', 'sole_buyers', 'requirements_value'] as const).map((metric): NaiveQuery => ({
  metrics: [metric],
  from: '2024-01-01',
  to: '2024-03-31',
  filters: metric === 'repeat_rate' ? {} : { brand: [0, 1] },
  compare: { from: '2023-12-01', to: '2024-03-31' },
}));

/** All items, and the first page, which says what they come to. */
async function walk<Item, Page extends { items: Item[]; nextCursor: string | null }>(
  read: (cursor?: string) => Promise<Page>,
): Promise<{ items: Page['items']; first: Page }> {
  const first = await read();
  const items = [...first.items];
  for (let { nextCursor } = first; nextCursor;) {
    const page = await read(nextCursor);
    items.push(...page.items);
    nextCursor = page.nextCursor;
  }
  return { items, first };
}

const unique = (keys: (string | number)[]): void => expect(new Set(keys).size).toBe(keys.length);

function columnOf(leaf: Leaf): string {
  if ('sum' in leaf) return leaf.sum;
  if ('buying' in leaf) return leaf.buying;
  return 'requirements' in leaf ? leaf.requirements : 'amount';
}

function kindOf({ of, q }: Drill): string {
  if ('of' in q && q.of) return `${of} of ${q.of}`;
  const only = 'only' in q ? q.only : undefined;
  return only === 'repeat' ? `${of} of 2 or more trips` : only === 'sole' ? `sole ${of}` : of;
}

/** What the list of a leaf comes to, once all of its pages are walked, after its own total agrees. */
async function listed(workspaceId: number, leaf: Leaf, drill: Drill): Promise<number> {
  const { of, q } = drill;
  if (of === 'lines') {
    const spec = linesSpec.parse(q);
    const page = (cursor?: string) => listLines(workspaceId, spec, { limit: 41, cursor, shoppers: false });
    const { items, first } = await walk(page);
    unique(items.map(({ import: file, row }) => `${file} ${row}`));
    const add = (of: (item: (typeof items)[number]) => number) => items.reduce((sum, item) => sum + of(item), 0);
    expect(first.totals.value ?? 0).toBeCloseTo(
      add(({ amount }) => amount),
      6,
    );
    const column = columnOf(leaf);
    if (column === 'purchases') return items.length;
    if (column === 'volume') return add(({ volume }) => volume ?? 0);
    return column.toLowerCase().endsWith('units') ? add(({ units }) => units) : add(({ amount }) => amount);
  }
  const shoppers = of === 'shoppers';
  const page = (cursor?: string) =>
    shoppers
      ? listShoppers(workspaceId, shoppersSpec.parse(q), { limit: 7, cursor })
      : listBaskets(workspaceId, basketsSpec.parse(q), { limit: 7, cursor, shoppers: true });
  const { items, first } = await walk<{ shopper?: string | null | undefined }, Awaited<ReturnType<typeof page>>>(page);
  if (shoppers) unique(items.map(({ shopper }) => shopper ?? ''));
  expect(first.total ?? 0).toBe(items.length);
  return items.length;
}

describe('a number', () => {
  it('is what its lines, shoppers or baskets make up', { timeout: long ? 1_800_000 : 300_000 }, async () => {
    const met = new Set<string>();
    const meet = async (
      workspaceId: number,
      answer: Awaited<ReturnType<typeof runQuery>>,
      take: number,
      metric: MetricId,
    ) => {
      const rows = answer.rows.filter((_, at) => at % Math.ceil(answer.rows.length / 2 || 1) === take % 2);
      for (const row of [...rows.slice(0, 2), ...answer.totals.slice(0, 1)]) {
        const asked = askedOf(answer, row)!;
        if (answer.meta.metrics[metric]?.state !== 'ok') continue;
        const { leaves } = await readLeaves(workspaceId, leavesSpec.parse({ ...asked, metric }));
        const { compute } = metricOf(metric);
        const told = (value: 'value' | 'previous') => leaves.map((leaf) => leaf[value] ?? null);
        for (const [value, values] of [
          ['value', row.values],
          ['previous', row.previous],
        ] as const) {
          const [a, b, c, d] = told(value).map((leaf) => leaf ?? NaN);
          const of =
            compute.kind === 'ratio'
              ? (a! / b!) * (compute.times ?? 1)
              : compute.kind === 'index'
                ? (a! / b! / (c! / d!)) * 100
                : a!;
          if (values?.[metric] !== null && values?.[metric] !== undefined)
            expect(of, JSON.stringify({ asked, metric, value })).toBeCloseTo(values[metric], 6);
        }
        const opened = leavesOf(metricOf(metric)).flatMap((leaf, at) =>
          [['now', leaves[at]?.value] as const, ['before', leaves[at]?.previous] as const].map(
            async ([when, value]) => {
              if (value === null || value === undefined) return;
              const drill = drillOf(leaf, asked, when);
              if (!drill) return;
              const found = await listed(workspaceId, leaf, drill);
              expect(found, JSON.stringify({ asked, leaf, when })).toBeCloseTo(value, 6);
              if (value > 0) met.add(`${kindOf(drill)} ${when}`);
              met.add(
                `${drill.of} ${leaf.scope} ${when}${row.member ? ' of a member' : ''}${row.period ? ' in time' : ''}`,
              );
            },
          ),
        );
        await Promise.all(opened);
      }
    };
    await fc.assert(
      fc.asyncProperty(randomSales, fc.array(query, { minLength: 20, maxLength: 20 }), async (sales, queries) => {
        const sold = await insertSales(pool, sales);
        const ids = { ...sold, ...(await insertGroups(pool, sold)) };
        for (const [take, asked] of [...hard, ...trends, ...wholes, ...queries].entries()) {
          if (asked.grain?.startsWith('retail')) continue;
          const [own] = trends.includes(asked) || wholes.includes(asked) ? asked.metrics : [];
          const metric = own ?? metrics[take % metrics.length]!;
          const answer = await runQuery(ids.workspaceId, specOf({ ...asked, metrics: [metric] }, ids));
          await meet(ids.workspaceId, answer, take, metric);
        }
      }),
      { seed: 20_240_102, numRuns: long ? 12 : 3, endOnFailure: true },
    );
    // Worth something only where all kinds of numbers were opened.
    for (const kind of [
      ...['lines slice now of a member', 'lines slice now of a member in time', 'lines market now of a member'],
      ...['lines market before', 'shoppers slice now of a member', 'shoppers market now of a member'],
      ...[
        'shoppers all now',
        'baskets slice now of a member',
        'baskets slice before',
        'shoppers of 2 or more trips now',
      ],
      ...['sole shoppers now', 'lines of buyers now', 'lines of slice_buyers before', 'lines of slice_stores now'],
    ])
      expect(
        [...met].some((one) => one.startsWith(kind)),
        kind,
      ).toBe(true);
  });
});
