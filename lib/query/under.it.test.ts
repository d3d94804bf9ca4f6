import fc from 'fast-check';
import { Pool } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { basketsSpec, leavesSpec, linesSpec, shoppersSpec } from '@/lib/contract/drill';
import { env } from '@/lib/env';
import { askedOf, drillOf } from '@/lib/client/drill';
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

const metrics: MetricId[] = [
  ...(['value_sales', 'unit_share', 'volume_sales', 'trips', 'buyers', 'frequency', 'penetration'] as const),
  ...(['relative_penetration', 'buy_rate', 'spend_per_trip', 'on_deal_value', 'on_deal_volume'] as const),
  ...(['price_index', 'heavy_usage', 'requirements_units', 'velocity', 'weighted_distribution'] as const),
];

/** A point of a member's trend, with each of the metrics in turn. */
const trends = metrics.map((): NaiveQuery => ({
  metrics,
  from: '2024-01-01',
  to: '2024-03-11',
  by: 'brand',
  grain: 'month',
  filters: {},
  compare: 'none',
}));

async function walk<Item>(
  read: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}

const unique = (keys: (string | number)[]): void => expect(new Set(keys).size).toBe(keys.length);

/** What the list of a leaf comes to, once all of its pages are walked, after its own total agrees. */
async function listed(workspaceId: number, leaf: Leaf, q: unknown): Promise<number> {
  if ('sum' in leaf) {
    const spec = linesSpec.parse(q);
    const page = (cursor?: string) => listLines(workspaceId, spec, { limit: 41, cursor, shoppers: false });
    const items = await walk(page);
    unique(items.map(({ import: file, row }) => `${file} ${row}`));
    const add = (of: (item: (typeof items)[number]) => number) => items.reduce((sum, item) => sum + of(item), 0);
    const { totals } = await page();
    expect(totals.value ?? 0).toBeCloseTo(
      add(({ amount }) => amount),
      6,
    );
    if (leaf.sum === 'volume') return add(({ volume }) => volume ?? 0);
    return leaf.sum.toLowerCase().endsWith('units') ? add(({ units }) => units) : add(({ amount }) => amount);
  }
  const shoppers = 'distinct' in leaf && leaf.distinct === 'shoppers';
  const page = (cursor?: string) =>
    shoppers
      ? listShoppers(workspaceId, shoppersSpec.parse(q), { limit: 7, cursor })
      : listBaskets(workspaceId, basketsSpec.parse(q), { limit: 7, cursor, shoppers: true });
  const items = await walk<{ shopper?: string | null | undefined }>(page);
  if (shoppers) unique(items.map(({ shopper }) => shopper ?? ''));
  expect((await page()).total ?? 0).toBe(items.length);
  return items.length;
}

describe('a number', () => {
  it('is what its lines, shoppers or baskets make up', { timeout: 300_000 }, async () => {
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
        for (const [at, leaf] of leavesOf(metricOf(metric)).entries()) {
          for (const [when, value] of [
            ['now', leaves[at]?.value],
            ['before', leaves[at]?.previous],
          ] as const) {
            if (value === null || value === undefined) continue;
            const drill = drillOf(leaf, asked, when);
            if (!drill) continue;
            expect(await listed(workspaceId, leaf, drill.q), JSON.stringify({ asked, leaf, when })).toBeCloseTo(
              value,
              6,
            );
            met.add(
              `${drill.of} ${leaf.scope} ${when}${row.member ? ' of a member' : ''}${row.period ? ' in time' : ''}`,
            );
          }
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(randomSales, fc.array(query, { minLength: 20, maxLength: 20 }), async (sales, queries) => {
        const sold = await insertSales(pool, sales);
        const ids = { ...sold, ...(await insertGroups(pool, sold)) };
        let take = 0;
        for (const asked of [...hard, ...trends, ...queries]) {
          if (asked.grain?.startsWith('retail')) continue;
          take += 1;
          await meet(
            ids.workspaceId,
            await runQuery(ids.workspaceId, specOf({ ...asked, metrics }, ids)),
            take,
            metrics[take % metrics.length]!,
          );
        }
      }),
      { seed: 20_240_102, numRuns: 4, endOnFailure: true },
    );
    // Worth something only where all kinds of numbers were opened.
    for (const kind of [
      ...['lines slice now of a member', 'lines slice now of a member in time', 'lines market now of a member'],
      ...['lines market before', 'shoppers slice now of a member', 'shoppers market now of a member'],
      ...['shoppers all now', 'baskets slice now of a member', 'baskets slice before'],
    ])
      expect(
        [...met].some((one) => one.startsWith(kind)),
        kind,
      ).toBe(true);
  });
});
