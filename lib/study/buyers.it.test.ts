import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisInput } from '@/lib/contract/analyses';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { ask, bothWays, tableOf } from './ask.fixture';

// Who comes, goes and comes back.

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

// Coffee was bought by s1 on 2 January, s2 on the 9th, s3 on the 10th and 16th, s4 on the 18th; the data ends on the 25th.
describe.each([false, true])('the worked example, from the lines alone: %s', (forceLines) => {
  let example: WorkedExample;
  const coffee = (input: Omit<AnalysisInput, 'filters'>) =>
    ask(example.workspaceId, { ...input, filters: { category: [example.categories.coffee] } }, forceLines);
  beforeAll(async () => {
    example = await insertWorkedExample(pool);
  });

  it('buyer flow', async () => {
    const halves = { from: '2024-01-15', to: '2024-01-28', compare: { from: '2024-01-01', to: '2024-01-14' } };
    const answer = await coffee({ analysis: 'buyer_flow', grain: 'week', ...halves });
    expect(Object.fromEntries(answer.figures.map(({ id, value }) => [id, value]))).toEqual({
      buyers: 2,
      before: 3,
      new: 1,
      retained: 1,
      lapsed: 2,
      retention: expect.closeTo(100 / 3, 6),
    });
    expect(tableOf(answer, 'flow')).toEqual([
      'Week 15 Jan – 21 Jan 2024 | 2 | 1 | 1 | 1 | 50',
      'Week 22 Jan – 28 Jan 2024 | 0 | 0 | 0 | 2 | 0',
    ]);
    expect(answer.notes).toContain('Not whole: Week 22 Jan – 28 Jan 2024.');
  });

  it('buyer flow, before the data', async () => {
    const answer = await coffee({ analysis: 'buyer_flow', grain: 'week', from: '2024-01-01', to: '2024-01-14' });
    expect(answer.figures.map(({ value }) => value)).toEqual([3, null, null, null, null, null]);
    expect(tableOf(answer, 'flow')).toEqual([
      'Week 1 Jan – 7 Jan 2024 | 1 | n/a | n/a | n/a | n/a',
      'Week 8 Jan – 14 Jan 2024 | 2 | 2 | 0 | 1 | 0',
    ]);
  });

  it('repeat', async () => {
    const asked = { analysis: 'repeat', from: '2024-01-08', to: '2024-01-28' } as const;
    const week = await coffee({ ...asked, compare: { from: '2024-01-01', to: '2024-01-07' }, weeks: 1 });
    expect(tableOf(week, 'rates')).toEqual([
      '(a) On 2 or more trips | Buyers | 3 | 1 | 33.3333',
      '(b) Bought again | Buyers of the comparison | 1 | 0 | 0',
      '(c) Second purchase day within 1 week | Triers | 3 | 1 | 33.3333',
    ]);
    // s4 has not two weeks left; a year earlier there was no data.
    const two = await coffee({ ...asked, weeks: 2 });
    expect(tableOf(two, 'rates').slice(1)).toEqual([
      '(b) Bought again | Buyers of the comparison | n/a | n/a | n/a',
      '(c) Second purchase day within 2 weeks | Triers | 2 | 1 | 50',
    ]);
  });
});

describe('a random workspace', () => {
  let workspaceId: number;
  let brands: number[];
  beforeAll(async () => {
    const slug = `buyers-${randomUUID().slice(0, 8)}`;
    ({ workspaceId } = await insertRandomWorkspace(pool, { seed: 23, basketsSpan: false, slug }));
    await rebuildRollups(workspaceId);
    const { rows } = await pool.query<{ id: number }>('SELECT id FROM brand WHERE workspace_id = $1 ORDER BY id', [
      workspaceId,
    ]);
    brands = rows.map(({ id }) => id);
  }, 60_000);

  const january = { from: '2024-01-01', to: '2024-02-29' };
  it.each([
    { analysis: 'buyer_flow', compare: { from: '2023-12-01', to: '2023-12-31' } },
    { analysis: 'repeat', compare: { from: '2023-12-01', to: '2023-12-31' }, weeks: 4 },
  ] as const)('$analysis is the same from rollups and from lines', async (asked) => {
    for (const filters of [{}, { brand: brands.slice(0, 1) }, { brand: brands.slice(1, 3) }]) {
      const [rollups, lines, { tables }] = await bothWays(workspaceId, { ...january, ...asked, filters });
      expect(tables.flatMap(({ rows }) => rows).length).toBeGreaterThan(1);
      expect(rollups).toEqual(lines);
    }
  });

  it('flow adds up: retained + new = buyers, retained + lapsed = buyers of the period before', async () => {
    const { tables } = await ask(workspaceId, { analysis: 'buyer_flow', from: '2023-12-01', to: '2024-03-31' });
    const rows = tables[0]!.rows.map((row) => row.map(Number));
    const { rows: counted } = await pool.query<{ buyers: number }>(
      `SELECT count(DISTINCT shopper_no)::int AS buyers FROM sale_line
       WHERE workspace_id = $1 AND NOT is_return AND units > 0 GROUP BY date_trunc('month', date) ORDER BY date_trunc('month', date)`,
      [workspaceId],
    );
    expect(rows.map(([, buyers]) => buyers)).toEqual(counted.map(({ buyers }) => buyers));
    for (const [at, [, buyers, fresh = 0, retained = 0, lapsed = 0]] of rows.entries()) {
      if (at === 0) continue;
      expect(retained + fresh).toBe(buyers);
      expect(retained + lapsed).toBe(rows[at - 1]![1]);
    }
  });

  it('answers outside the data with null', async () => {
    for (const analysis of ['buyer_flow', 'repeat'] as const) {
      const answer = await ask(workspaceId, { analysis, from: '2010-01-01', to: '2010-12-31' });
      const numbers = [
        ...answer.figures.map(({ value }) => value),
        ...answer.tables.flatMap(({ rows }) => rows).flat(),
      ];
      expect(numbers.filter((cell) => typeof cell === 'number')).toEqual([]);
    }
  });
});
