import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisInput } from '@/lib/contract/analyses';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { ask, bothWays, tableOf } from './ask.fixture';

// Who spends how much.

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

// Of coffee s1 bought 14 on 2 January, s2 5 on the 9th, s3 17 on the 10th and 16th, s4 4 on the 18th; the data ends on the
// 25th.
it('what buyers spend adds up to the cent', async () => {
  const { workspaceId, categories } = await insertWorkedExample(pool);
  await pool.query(
    'UPDATE sale_line SET amount = CASE WHEN shopper_no < 3 THEN 10 ELSE 0 END WHERE workspace_id = $1',
    [workspaceId],
  );
  await rebuildRollups(workspaceId);
  const dates = { from: '2024-01-01', to: '2024-01-28' };
  const filters = { category: [categories.coffee] };
  const { tables } = await ask(workspaceId, { analysis: 'concentration_of_buyers', ...dates, filters });
  expect(tables[0]?.rows.map(([, , , sales]) => sales)).toEqual([0.2, 0.1, 0]);
  expect(tables[0]?.total?.[3]).toBe(0.3);
});

describe.each([false, true])('the worked example, from the lines alone: %s', (forceLines) => {
  let example: WorkedExample;
  const coffee = (input: Pick<AnalysisInput, 'analysis' | 'measure'>) =>
    ask(
      example.workspaceId,
      { ...input, from: '2024-01-01', to: '2024-01-28', filters: { category: [example.categories.coffee] } },
      forceLines,
    );
  beforeAll(async () => {
    example = await insertWorkedExample(pool);
  });

  it('concentration of buyers', async () => {
    const answer = await coffee({ analysis: 'concentration_of_buyers' });
    expect(answer.figures.map(({ value }) => value)).toEqual([4, 42.5]);
    expect(tableOf(answer, 'groups')).toEqual([
      'Heavy (top 20 %) | 1 | 25 | 17 | 42.5 | 17',
      'Medium (next 30 %) | 1 | 25 | 14 | 35 | 14',
      'Light (the rest) | 2 | 50 | 9 | 22.5 | 4.5',
    ]);
    expect(answer.tables[0]?.total).toEqual(['All buyers', 4, 100, 40, 100, 10]);
    expect(tableOf(answer, 'pareto').slice(-2)).toEqual([
      '20 % | 1 | 25 | 17 | 42.5 | 17',
      '50 % | 2 | 50 | 31 | 77.5 | 15.5',
    ]);
    // Units: s1 and s3 three each, together in the heavier group.
    const units = await coffee({ analysis: 'concentration_of_buyers', measure: 'units' });
    expect(tableOf(units, 'groups')).toEqual([
      'Heavy (top 20 %) | 2 | 50 | 6 | 75 | 3',
      'Medium (next 30 %) | 0 | 0 | 0 | 0 | n/a',
      'Light (the rest) | 2 | 50 | 2 | 25 | 1',
    ]);
  });

  it('rfm', async () => {
    const answer = await coffee({ analysis: 'rfm' });
    expect(tableOf(answer, 'segments')).toEqual([
      '4 | 1 | 1 | 1 | 4 | 4',
      '3 | 4 | 4 | 1 | 17 | 17',
      '2 | 1 | 2 | 1 | 5 | 5',
      '1 | 1 | 3 | 1 | 14 | 14',
    ]);
    expect(tableOf(answer, 'scores')).toEqual([
      '5 | n/a | n/a | n/a',
      '4 | 7 | 2 | 17',
      '3 | 9 | n/a | 14',
      '2 | 16 | n/a | 5',
      '1 | 23 | 1 | 4',
    ]);
    expect(tableOf(answer, 'grid')).toEqual([
      '5 | 0 | 0 | 0 | 0 | 0',
      '4 | 0 | 0 | 0 | 0 | 1',
      '3 | 0 | 1 | 0 | 0 | 0',
      '2 | 0 | 0 | 0 | 0 | 1',
      '1 | 0 | 0 | 0 | 0 | 1',
    ]);
  });
});

describe('a random workspace', () => {
  let workspaceId: number;
  let brands: number[];
  beforeAll(async () => {
    const slug = `groups-${randomUUID().slice(0, 8)}`;
    ({ workspaceId } = await insertRandomWorkspace(pool, { seed: 29, basketsSpan: false, slug }));
    await rebuildRollups(workspaceId);
    const { rows } = await pool.query<{ id: number }>('SELECT id FROM brand WHERE workspace_id = $1 ORDER BY id', [
      workspaceId,
    ]);
    brands = rows.map(({ id }) => id);
  }, 60_000);

  it.each([{ analysis: 'concentration_of_buyers', measure: 'units' }, { analysis: 'rfm' }] as const)(
    '$analysis is the same from rollups and from lines',
    async (asked) => {
      for (const filters of [{}, { brand: brands.slice(0, 1) }, { brand: brands.slice(1, 3) }]) {
        const dates = { from: '2024-01-01', to: '2024-02-29' };
        const [rollups, lines, { tables }] = await bothWays(workspaceId, { ...dates, ...asked, filters });
        expect(tables.flatMap(({ rows }) => rows).length).toBeGreaterThan(1);
        expect(rollups).toEqual(lines);
      }
    },
  );

  it('groups and segments hold what buyers bought', async () => {
    const { rows } = await pool.query<{ buyers: number; sales: number }>(
      `SELECT count(*)::int AS buyers, (sum(sales) / 100.0)::float AS sales
       FROM (SELECT sum(amount) AS sales FROM sale_line WHERE workspace_id = $1 AND shopper_no IS NOT NULL
             GROUP BY shopper_no HAVING bool_or(NOT is_return AND units > 0)) bought`,
      [workspaceId],
    );
    const dates = { from: '2023-12-01', to: '2024-03-31' };
    const sum = (table: (string | number | null)[][], column: number) =>
      table.reduce((all, row) => all + Number(row[column]), 0);
    const groups = (await ask(workspaceId, { analysis: 'concentration_of_buyers', ...dates })).tables[0]!.rows;
    expect([sum(groups, 1), sum(groups, 3)]).toEqual([rows[0]!.buyers, expect.closeTo(rows[0]!.sales, 6)]);
    const segments = (await ask(workspaceId, { analysis: 'rfm', ...dates })).tables[2]!.rows;
    expect([sum(segments, 3), sum(segments, 4)]).toEqual([rows[0]!.buyers, expect.closeTo(rows[0]!.sales, 6)]);
  });

  it('answers outside the data with null', async () => {
    for (const analysis of ['concentration_of_buyers', 'rfm'] as const) {
      const answer = await ask(workspaceId, { analysis, from: '2010-01-01', to: '2010-12-31' });
      const numbers = [
        ...answer.figures.map(({ value }) => value),
        ...answer.tables.flatMap(({ rows }) => rows).flat(),
      ];
      expect(numbers.filter((cell) => typeof cell === 'number')).toEqual([]);
    }
  });
});
