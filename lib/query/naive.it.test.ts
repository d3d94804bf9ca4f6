import fc from 'fast-check';
import { Pool } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { ApiError } from '@/lib/contract/errors';
import type { QueryResponse } from '@/lib/contract/query';
import { env } from '@/lib/env';
import { isRetail, type Calendar } from '@/lib/metrics/calendar';
import { anyCalendar } from '@/lib/metrics/calendar.fixture';
import type { MetricId } from '@/lib/metrics/catalog';
import { naiveAnswer, type NaiveQuery, type NaiveRow } from '@/tests/naive-answer';
import { insertGroups } from '@/tests/random-groups';
import { hard, query } from '@/tests/random-queries';
import { specOf } from '@/tests/random-spec';
import { lackingSales } from '@/tests/lacking-sales';
import { insertSales, randomSales, type Ids, type RandomSales } from '@/tests/random-sales';
import { runQuery } from './run';

// Random queries on random sales: the answer from rollups, the answer from lines and a naive loop must be one.

const pool = new Pool({ connectionString: env.DATABASE_URL });
afterAll(() => pool.end());

/** With LONG=1 more cases. */
const long = Boolean(process.env['LONG']);

const setCalendar = ({ weekStart, fiscalYearStart, retail }: Calendar, { workspaceId }: Ids) =>
  pool.query(
    `UPDATE workspace SET week_start = $1, fiscal_year_start = $2, retail_pattern = $3, retail_year_end = $4 WHERE id = $5`,
    [weekStart, fiscalYearStart, retail?.pattern ?? null, retail?.yearEnd ?? 'last', workspaceId],
  );

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

/** It filters or splits by who bought. */
const asksOfShoppers = ({ by, filters: { shoppers, attributes = [], exclude } }: NaiveQuery): boolean =>
  shoppers !== undefined ||
  by?.startsWith('shopper:') === true ||
  [...attributes, ...(exclude?.attributes ?? [])].some(({ of }) => of === 'shopper');

/** Asks of the sales, both ways, and adds the sources that were met. */
async function compare(sales: RandomSales, by: Calendar, queries: readonly NaiveQuery[], sources: Set<string>) {
  const sold = await insertSales(pool, sales);
  const ids = { ...sold, ...(await insertGroups(pool, sold)) };
  await setCalendar(by, ids);
  const nobody = sales.lines.every(({ shopper }) => shopper === null);
  for (const asked of queries) {
    if (asked.grain && isRetail(asked.grain) && !by.retail) continue;
    if (nobody && asksOfShoppers(asked)) {
      await expect(runQuery(ids.workspaceId, specOf(asked, ids))).rejects.toBeInstanceOf(ApiError);
      continue;
    }
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
      if (!forceLines) Object.values(answer.meta.metrics).forEach((one) => one.source && sources.add(one.source));
    }
  }
}

const some = (queries: number) => fc.array(query, { minLength: queries, maxLength: queries });

describe('a query', () => {
  it(
    'answers what a loop over the lines answers, from rollups and from lines',
    { timeout: long ? 1_800_000 : 300_000 },
    async () => {
      const sources = new Set<string>();
      await fc.assert(
        fc.asyncProperty(randomSales, anyCalendar, some(22), (sales, by, queries) =>
          compare(sales, by, [...hard, ...queries], sources),
        ),
        { seed: 20_240_101, numRuns: long ? 60 : 6, endOnFailure: true },
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
        'item_month',
        'lines',
      ]) {
        expect(
          [...sources].some((met) => met.includes(source)),
          source,
        ).toBe(true);
      }
    },
  );

  it('answers so where the data lacks something altogether, too', { timeout: long ? 1_800_000 : 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(lackingSales, anyCalendar, some(8), (sales, by, queries) =>
        compare(sales, by, queries, new Set()),
      ),
      { numRuns: long ? 100 : 8, endOnFailure: true },
    );
  });
});
