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
      // The data ends within it.
      'Week 22 Jan – 28 Jan 2024 | 0 | n/a | n/a | n/a | n/a',
    ]);
    expect(answer.notes).toContain('Not whole, and so compared with none: Week 22 Jan – 28 Jan 2024.');
  });

  it('buyer flow, before the data', async () => {
    const answer = await coffee({ analysis: 'buyer_flow', grain: 'week', from: '2024-01-01', to: '2024-01-14' });
    expect(answer.figures.map(({ value }) => value)).toEqual([3, null, null, null, null, null]);
    expect(tableOf(answer, 'flow')).toEqual([
      'Week 1 Jan – 7 Jan 2024 | 1 | n/a | n/a | n/a | n/a',
      // Of the week before, the data lacks a day.
      'Week 8 Jan – 14 Jan 2024 | 2 | n/a | n/a | n/a | n/a',
    ]);
  });

  it('buyer flow, on dates that cut weeks', async () => {
    const cut = await coffee({ analysis: 'buyer_flow', grain: 'week', from: '2024-01-10', to: '2024-01-21' });
    expect(tableOf(cut, 'flow')).toEqual([
      // Of s2 and s3 only s3 bought from the 10th on; the week after is set against all of that week.
      'Week 8 Jan – 14 Jan 2024 | 1 | n/a | n/a | n/a | n/a',
      'Week 15 Jan – 21 Jan 2024 | 2 | 1 | 1 | 1 | 50',
    ]);
    expect(cut.notes).toContain('Not whole, and so compared with none: Week 8 Jan – 14 Jan 2024.');
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

  it('trial and depth of repeat', async () => {
    const answer = await coffee({ analysis: 'trial_repeat', from: '2024-01-08', to: '2024-01-28', weeks: 2 });
    // s1 bought before and is no trier, but a buyer of the data before the dates; three buyers of coffee are within them.
    expect(answer.figures.map(({ value }) => value)).toEqual([3, 100, 50]);
    expect(tableOf(answer, 'trial')).toEqual([
      'Week 8 Jan – 14 Jan 2024 | 2 | 2 | 66.6667',
      'Week 15 Jan – 21 Jan 2024 | 1 | 3 | 100',
      'Week 22 Jan – 28 Jan 2024 | 0 | 3 | 100',
    ]);
    // Six days later s3 bought again; a week after trial all three are seen, two weeks after it s4 is not.
    expect(tableOf(answer, 'depth')).toEqual(['1 | 3 | 33.3333 | 0 | 0', '2 | 2 | 50 | 0 | 0']);
  });

  it('cohorts', async () => {
    const answer = await coffee({ analysis: 'cohorts', grain: 'week', from: '2024-01-01', to: '2024-01-28' });
    // s1 | s2, s3 | s4; the week of the 22nd has not ended.
    expect(tableOf(answer, 'cohorts')).toEqual([
      'Week 1 Jan – 7 Jan 2024 (left-censored) | 1 | 100 | 0 | 0 | n/a',
      'Week 8 Jan – 14 Jan 2024 | 2 | 100 | 50 | n/a | n/a',
      'Week 15 Jan – 21 Jan 2024 | 1 | 100 | n/a | n/a | n/a',
      'Week 22 Jan – 28 Jan 2024 | 0 | n/a | n/a | n/a | n/a',
    ]);
    expect(answer.tables[0]?.total).toEqual(['All but left-censored', 3, 100, 50, null, null]);
    expect(answer.figures.map(({ value }) => value)).toEqual([3, 50]);
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
    { analysis: 'trial_repeat', weeks: 8 },
    { analysis: 'cohorts' },
    { analysis: 'cohorts', grain: 'week' },
  ] as const)('$analysis is the same from rollups and from lines', async (asked) => {
    for (const filters of [{}, { brand: brands.slice(0, 1) }, { brand: brands.slice(1, 3) }]) {
      const [rollups, lines, { tables }] = await bothWays(workspaceId, { ...january, ...asked, filters });
      expect(tables.flatMap(({ rows }) => rows).length).toBeGreaterThan(1);
      expect(rollups).toEqual(lines);
    }
  });

  it('flow adds up: retained + new = buyers, retained + lapsed = buyers of the period before', async () => {
    const { tables } = await ask(workspaceId, { analysis: 'buyer_flow', from: '2023-12-01', to: '2024-03-31' });
    const { rows } = tables[0]!;
    const { rows: counted } = await pool.query<{ buyers: number }>(
      `SELECT count(DISTINCT shopper_no)::int AS buyers FROM sale_line
       WHERE workspace_id = $1 AND NOT is_return AND units > 0 GROUP BY date_trunc('month', date) ORDER BY date_trunc('month', date)`,
      [workspaceId],
    );
    expect(rows.map(([, buyers]) => buyers)).toEqual(counted.map(({ buyers }) => buyers));
    const compared = [...rows.entries()].filter(([, row]) => row[2] !== null);
    expect(compared.length).toBeGreaterThan(0);
    for (const [at, row] of compared) {
      const [buyers, fresh, retained, lapsed] = row.slice(1).map(Number);
      expect(retained! + fresh!).toBe(buyers);
      expect(retained! + lapsed!).toBe(rows[at - 1]![1]);
    }
  });

  it('triers and their repeats are those of the lines', async () => {
    for (const brand of brands) {
      const { rows: lives } = await pool.query<{ first: string; days: number[] }>(
        `SELECT to_char(min(date), 'YYYY-MM-DD') AS first, array_agg(DISTINCT date - '2024-01-01'::date) AS days
         FROM sale_line l JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
         WHERE l.workspace_id = $1 AND p.brand_id = $2 AND NOT is_return AND units > 0 AND shopper_no IS NOT NULL
         GROUP BY shopper_no`,
        [workspaceId, brand],
      );
      const triers = lives
        .filter(({ first }) => first >= '2024-01-01')
        .map(({ days }) => days.filter((day) => day < 60));
      const within = (at: number, repeats: number, least: number) => {
        const eligible = triers.filter((days) => Math.min(...days) + at <= 59);
        const repeaters = eligible.filter(
          (days) => days.filter((day) => day <= Math.min(...days) + at).length > repeats,
        );
        return eligible.length >= least ? (repeaters.length / eligible.length) * 100 : null;
      };
      const answer = await ask(workspaceId, {
        analysis: 'trial_repeat',
        ...january,
        filters: { brand: [brand] },
        weeks: 6,
      });
      expect(answer.figures[0]?.value).toBe(triers.length);
      const depth = answer.tables.find(({ id }) => id === 'depth')!.rows;
      expect(depth.map((row) => row.slice(2))).toEqual(
        depth.map(([week]) => [1, 2, 3].map((repeats) => within(Number(week) * 7, repeats, 1))),
      );
    }
  });

  it('cohorts hold each buyer once, and those active later are among them', async () => {
    const { rows: bought } = await pool.query<{ shopper: number; month: string }>(
      `SELECT DISTINCT shopper_no AS shopper, to_char(date, 'YYYY-MM') AS month FROM sale_line
       WHERE workspace_id = $1 AND NOT is_return AND units > 0 AND shopper_no IS NOT NULL ORDER BY 2`,
      [workspaceId],
    );
    const months = ['2023-12', '2024-01', '2024-02'];
    const firsts = new Map<number, string>();
    for (const { shopper, month } of bought) if (!firsts.has(shopper)) firsts.set(shopper, month);
    const { tables } = await ask(workspaceId, { analysis: 'cohorts', from: '2023-12-01', to: '2024-02-29' });
    expect(tables[0]!.rows.map(([, ...numbers]) => numbers)).toEqual(
      months.map((first, cohort) => {
        const mine = new Set([...firsts].filter(([, month]) => month === first).map(([shopper]) => shopper));
        const cells = months.slice(cohort).map((month) => {
          const active = bought.filter((one) => one.month === month && mine.has(one.shopper)).length;
          return mine.size > 0 ? (active / mine.size) * 100 : null;
        });
        return [mine.size, ...cells, ...Array<null>(cohort).fill(null)];
      }),
    );
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
