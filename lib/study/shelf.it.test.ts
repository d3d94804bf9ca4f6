import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import type { AnalysisId } from '@/lib/metrics/analyses';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { listLines } from '@/lib/query/list-lines';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { insertWorkedExample } from '@/tests/worked-example';
import { ask, bothWays, tableOf } from './ask.fixture';

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

describe.each([false, true])('the worked example, from the lines alone: %s', (forceLines) => {
  let answered = 0;
  const coffee = async (analysis: AnalysisId) => {
    const example = await insertWorkedExample(pool);
    answered = example.workspaceId;
    const filters = { category: [example.categories.coffee], brand: [example.brands.X] };
    // Four weeks.
    return ask(example.workspaceId, { analysis, from: '2024-01-01', to: '2024-01-28', filters }, forceLines);
  };

  it('distribution', async () => {
    const answer = await coffee('distribution');
    const [[brand, stores, ...numbers] = []] = answer.tables[0]?.rows ?? [];
    expect([brand, stores]).toEqual(['X', 2]);
    const [numeric, weighted, category, tdp, items, perStoreWeek, perSellingWeek, perPoint] = numbers.map(Number);
    expect(numeric).toBeCloseTo((2 / 3) * 100, 6);
    expect(weighted).toBeCloseTo((41 / 60) * 100, 6);
    expect(category).toBeCloseTo((41 / 45) * 100, 6);
    expect(tdp).toBeCloseTo(68.3333, 3);
    expect(items).toBeCloseTo(1, 6);
    expect(perStoreWeek).toBeCloseTo(29 / 8, 6);
    // X sold in three weeks in A, and in one in B.
    expect(perSellingWeek).toBeCloseTo(29 / 4, 6);
    expect(perPoint).toBeCloseTo(0.4244, 4);
    // A sells 29 of all 60, and 24 of coffee's 45; B 17 and 17.
    // 24 in A, and 5 in B: what X sold in coffee, in two stores.
    const { columns = [], of = [] } = answer.tables[0]?.lines ?? {};
    expect(columns).toEqual(['stores', 'tdp', 'items', 'perStoreWeek', 'perSellingWeek', 'perPoint']);
    const { items: lines, totals } = await listLines(answered, of[0]!, { limit: 100, shoppers: false });
    expect([new Set(lines.map(({ store }) => store)).size, totals.value]).toEqual([2, 29]);
    expect(tableOf(answer, 'products')).toEqual([
      `X1 | 1 | 33.3333 | 40 | 53.3333 | 40 | 1 | 5 | 6.6667 | 0.5`,
      `X2 | 1 | 33.3333 | 28.3333 | 37.7778 | 28.3333 | 1 | 2.25 | 9 | 0.3176`,
    ]);
  });

  it('price', async () => {
    const answer = await coffee('price');
    expect(tableOf(answer, 'brands')).toEqual(['X | 5.8 | 116 | 145 | 19.3333 | 107.4074 | 100']);
    const ladder = answer.tables[1]?.rows ?? [];
    expect(ladder.reduce((sum, row) => sum + Number(row[1]), 0)).toBeCloseTo(45, 6);
  });

  it('promotion', async () => {
    const answer = await coffee('promotion');
    const figure = (id: string) => answer.figures.find((one) => one.id === id)?.value;
    expect(figure('value')).toBeCloseTo((9 / 29) * 100, 8);
    expect(figure('units')).toBeCloseTo((1 / 5) * 100, 8);
    expect(figure('volume')).toBeCloseTo((0.5 / 1.5) * 100, 8);
    // X2 was never sold without promotion in B, and no base price is given.
    expect([figure('depth'), figure('lift')]).toEqual([null, null]);
    expect(tableOf(answer, 'products')).toEqual(['X2 | 9 | 100 | 100 | 100 | n/a | n/a | n/a | n/a | n/a | n/a']);
  });

  it('elasticity', async () => {
    expect(tableOf(await coffee('elasticity'), 'brands')[0]).toContain('Fewer than 30 price changes');
  });

  it('development index', async () => {
    // X sells 20 of its 29 in the north, coffee 24 of its 45.
    expect(tableOf(await coffee('development_index'), 'places')).toEqual([
      'X | North | 20 | 68.9655 | 53.3333 | 129.3103',
      'X | South | 9 | 31.0345 | 46.6667 | 66.5025',
    ]);
  });
});

it('prices by kg what has a pack size, and says how much has none', async () => {
  const example = await insertWorkedExample(pool);
  await pool.query(`UPDATE product SET pack_size = NULL, pack_unit = NULL WHERE workspace_id = $1 AND code = 'X1'`, [
    example.workspaceId,
  ]);
  await rebuildRollups(example.workspaceId);
  const filters = { category: [example.categories.coffee], brand: [example.brands.X] };
  const dates = { from: '2024-01-01', to: '2024-01-28' };
  const answer = await ask(example.workspaceId, { analysis: 'price', ...dates, filters });
  // X2: one of 0.5 kg at 9.00. Coffee with a size: 9 + 16 for 0.5 + 4 × 0.25 kg. 1 of X's 5 units, 5 of coffee's 9.
  expect(tableOf(answer, 'brands')).toEqual(['X | 5.8 | 116 | 145 | 18 | 108 | 20']);
  expect(answer.notes.join(' ')).toContain('what has a pack size: 55.6% of units');
});

it.each([
  [`pack_unit = 'l'`, 'Kilograms and litres mix'],
  [`pack_size = NULL, pack_unit = NULL`, 'Nothing that was sold has a pack size'],
])('says why there is no volume on deal after %s', async (change, reason) => {
  const example = await insertWorkedExample(pool);
  const of = change.includes('NULL') ? `code LIKE 'X%'` : `code = 'X2'`;
  await pool.query(`UPDATE product SET ${change} WHERE workspace_id = $1 AND ${of}`, [example.workspaceId]);
  await rebuildRollups(example.workspaceId);
  const filters = { brand: [example.brands.X] };
  const dates = { from: '2024-01-01', to: '2024-01-28' };
  const { figures } = await ask(example.workspaceId, { analysis: 'promotion', ...dates, filters });
  expect(figures.find(({ id }) => id === 'volume')).toMatchObject({
    value: null,
    note: expect.stringContaining(reason),
  });
});

describe('the base of %ACV', () => {
  const weightedOfX = async (more: object) => {
    const example = await insertWorkedExample(pool);
    await pool.query(
      `WITH d AS (INSERT INTO store (workspace_id, code, name) VALUES ($1, 'D', 'Store D') RETURNING id)
       INSERT INTO sale_line (workspace_id, import_id, row_no, date, store_id, product_id, units, amount)
       SELECT l.workspace_id, l.import_id, l.row_no + 1000, l.date, d.id, l.product_id, l.units, 1200
       FROM d, sale_line l JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
       WHERE l.workspace_id = $1 AND p.code = 'Z1'`,
      [example.workspaceId],
    );
    await rebuildRollups(example.workspaceId);
    const filters = { category: [example.categories.coffee], brand: [example.brands.X], ...more };
    const dates = { from: '2024-01-01', to: '2024-01-28' };
    const { tables, figures } = await ask(example.workspaceId, { analysis: 'distribution', ...dates, filters });
    return { active: figures[0]?.value, numeric: tables[0]?.rows[0]?.[2], weighted: tables[0]?.rows[0]?.[3] };
  };

  it('is what all stores sell, also those that sell nothing of the market', async () => {
    const { active, weighted } = await weightedOfX({});
    expect(active).toBe(3);
    expect(weighted).toBeCloseTo((41 / 72) * 100, 6);
  });

  it('is the same under a filter of promotions', async () => {
    const { active, numeric, weighted } = await weightedOfX({ promotion: 'promoted' });
    expect(active).toBe(3);
    expect(numeric).toBeCloseTo(100 / 3, 6);
    expect(weighted).toBeCloseTo((17 / 72) * 100, 6);
  });
});

it.each(['distribution', 'price', 'promotion', 'elasticity', 'development_index'] as const)(
  '%s is the same from rollups and from lines',
  async (analysis) => {
    const slug = `shelf-${randomUUID().slice(0, 8)}`;
    const { workspaceId } = await insertRandomWorkspace(pool, { seed: 31, basketsSpan: false, slug });
    await rebuildRollups(workspaceId);
    const [rollups, lines, { tables }] = await bothWays(workspaceId, {
      analysis,
      from: '2023-12-31',
      to: '2024-02-29',
    });
    expect(tables.some(({ rows }) => rows.length > 1)).toBe(true);
    expect(rollups).toEqual(lines);
  },
);
