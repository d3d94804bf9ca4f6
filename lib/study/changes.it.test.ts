import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisResponse } from '@/lib/contract/analyses';
import { querySpec } from '@/lib/contract/query';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { runQuery } from '@/lib/query/run';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { insertWorkedExample } from '@/tests/worked-example';
import { ask, bothWays, tableOf } from './ask.fixture';

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

let workspaceId: number;
let brand: number;
const now = { from: '2024-01-01', to: '2024-02-29' };
const compare = { from: '2023-12-30', to: '2023-12-31' };
beforeAll(async () => {
  const slug = `changes-${randomUUID().slice(0, 8)}`;
  ({ workspaceId } = await insertRandomWorkspace(pool, { seed: 21, basketsSpan: false, slug }));
  await rebuildRollups(workspaceId);
  const { rows } = await pool.query<{ id: number }>(`SELECT id FROM brand WHERE workspace_id = $1 AND name = 'B1'`, [
    workspaceId,
  ]);
  brand = rows[0]?.id ?? 0;
}, 60_000);

const columnOf = ({ tables }: AnalysisResponse, id: string): number[] => {
  const [table] = tables;
  const at = table?.columns.findIndex((column) => column.id === id) ?? -1;
  return (table?.rows ?? []).map((row) => Number(row[at]));
};
const sum = (values: number[]): number => values.reduce((all, one) => all + one, 0);

describe('why it changed', () => {
  it('adds up to the change of sales on the lines', async () => {
    const { totals } = await runQuery(
      workspaceId,
      querySpec.parse({ metrics: ['value_sales'], ...now, filters: { brand: [brand] }, compare }),
      { forceLines: true },
    );
    const change = (totals[0]?.values.value_sales ?? 0) - (totals[0]?.previous?.value_sales ?? 0);
    expect(change).not.toBe(0);
    for (const analysis of ['revenue_change', 'price_volume_mix', 'launch'] as const) {
      const answer = await ask(workspaceId, { analysis, ...now, compare, filters: { brand: [brand] } });
      expect(sum(columnOf(answer, 'amount')), analysis).toBeCloseTo(change, 6);
    }
  });

  it.each(['region', 'channel', 'store', 'category'] as const)(
    'adds up to the change of share, by %s too',
    async (by) => {
      const { totals } = await runQuery(
        workspaceId,
        querySpec.parse({ metrics: ['value_share'], ...now, filters: { brand: [brand] }, compare }),
        { forceLines: true },
      );
      const change = totals[0]?.change?.value_share ?? NaN;
      const places = await ask(workspaceId, {
        analysis: 'share_by_place',
        by,
        ...now,
        compare,
        filters: { brand: [brand] },
      });
      expect(sum(columnOf(places, 'whole'))).toBeCloseTo(change, 6);
      const behaviour = await ask(workspaceId, {
        analysis: 'share_change',
        ...now,
        compare,
        filters: { brand: [brand] },
      });
      expect(sum(columnOf(behaviour, 'points'))).toBeCloseTo(change, 6);
    },
  );

  it.each([
    { analysis: 'revenue_change' },
    { analysis: 'share_change' },
    { analysis: 'share_by_place', by: 'channel' },
    { analysis: 'price_volume_mix' },
    { analysis: 'launch' },
  ] as const)('$analysis is the same from rollups and from lines', async (asked) => {
    const [rollups, lines] = await bothWays(workspaceId, { ...asked, ...now, compare, filters: { brand: [brand] } });
    expect(rollups).toEqual(lines);
  });

  it('tells who is new to the market from who had bought there before both periods', async () => {
    const [before, after] = [
      { from: '2024-01-20', to: '2024-01-24' },
      { from: '2024-02-01', to: '2024-02-29' },
    ];
    const market = [
      (await pool.query('SELECT category_id FROM product WHERE workspace_id = $1', [workspaceId])).rows[0],
    ];
    const category = market.map(({ category_id }) => Number(category_id));
    const { rows } = await pool.query<{ known: boolean; amount: string }>(
      `WITH line AS (
         SELECT l.*, p.brand_id FROM sale_line l JOIN product p ON p.workspace_id = $1 AND p.id = l.product_id
         JOIN category_ancestor a ON a.workspace_id = $1 AND a.category_id = p.category_id AND a.ancestor_id = $6
         WHERE l.workspace_id = $1 AND l.shopper_no IS NOT NULL)
       SELECT EXISTS (SELECT FROM line e WHERE e.shopper_no = l.shopper_no AND e.date < $3 AND NOT e.is_return AND e.units > 0)
                AS known, sum(amount) AS amount
       FROM line l WHERE brand_id = $2 AND date BETWEEN $4 AND $5
         AND NOT EXISTS (SELECT FROM line b WHERE b.shopper_no = l.shopper_no AND b.date BETWEEN $3 AND $7) GROUP BY 1`,
      [workspaceId, brand, before.from, after.from, after.to, category[0], before.to],
    );
    const amounts = new Map(rows.map(({ known, amount }) => [known, Number(amount) / 100]));
    expect(amounts.get(true)).toBeTruthy();
    const { tables } = await ask(workspaceId, {
      analysis: 'launch',
      ...after,
      compare: before,
      filters: { brand: [brand], category },
    });
    const sources = new Map(tables[0]?.rows.map(([source, amount]) => [source, amount]));
    expect(sources.get('Buyers back in the market')).toBeCloseTo(amounts.get(true) ?? 0, 6);
    expect(sources.get('Buyers new to the market') ?? 0).toBeCloseTo(amounts.get(false) ?? 0, 6);
  });

  it('of a period without data is one bar, or none', async () => {
    const before = { from: '2020-01-01', to: '2020-01-31' };
    const revenue = await ask(workspaceId, { analysis: 'revenue_change', ...now, compare: before });
    expect(tableOf(revenue, 'bars').map((row) => row.split(' | ')[0])).toEqual(['Identified sales', 'Anonymous sales']);
    expect(revenue.notes).toEqual([expect.any(String), 'The comparison period lies outside the data.']);
    const share = await ask(workspaceId, {
      analysis: 'share_change',
      ...now,
      compare: before,
      filters: { brand: [brand] },
    });
    expect(share.figures.map(({ value }) => value)[0]).toBeNull();
    expect(share.tables[0]?.rows).toEqual([]);
  });
});

it('concentration of the worked example', async () => {
  const example = await insertWorkedExample(pool);
  const answer = await ask(example.workspaceId, {
    analysis: 'concentration',
    from: '2024-01-01',
    to: '2024-01-31',
    filters: { category: [example.categories.coffee] },
  });
  expect(tableOf(answer, 'brands')).toEqual(['X | 29 | 64.4444 | 64.4444', 'Y | 16 | 35.5556 | 100']);
  expect(answer.figures[0]?.value).toBeCloseTo(5417, 0);
});
