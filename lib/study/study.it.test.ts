import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisInput } from '@/lib/contract/analyses';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { ask, bothWays, tableOf } from './ask.fixture';

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

const january = { from: '2024-01-01', to: '2024-01-31' };

describe.each([false, true])('the worked example, from the lines alone: %s', (forceLines) => {
  let example: WorkedExample;
  let coffee: { from: string; to: string; filters: AnalysisInput['filters'] };
  beforeAll(async () => {
    example = await insertWorkedExample(pool);
    coffee = { ...january, filters: { category: [example.categories.coffee] } };
  });

  it('loyalty', async () => {
    const answer = await ask(example.workspaceId, { analysis: 'loyalty', ...coffee }, forceLines);
    // X: 3 of 4 coffee buyers, none on two trips, one bought no Y; 24 of 36; (36 ÷ 3) ÷ (40 ÷ 4).
    // Y: s1 spent 14 on coffee, s3 17, s4 4: 16 of 35; (35 ÷ 3) ÷ 10.
    expect(tableOf(answer, 'brands')).toEqual([
      'X | 3 | 75 | 0 | 33.3333 | 66.6667 | 120',
      'Y | 3 | 75 | 0 | 33.3333 | 45.7143 | 116.6667',
    ]);
    expect(answer.meta.coverage).toBeCloseTo((40 / 45) * 100, 6);
    expect(answer.meta.market).toBe('Coffee');
    expect(answer.meta.sources.map(({ source }) => source)).toContain(forceLines ? 'lines' : 'spend_month');
  });

  it('duplication', async () => {
    const answer = await ask(example.workspaceId, { analysis: 'duplication', ...coffee }, forceLines);
    // s1 and s3 bought both; D = (2 ÷ 4) ÷ (0.75 × 0.75).
    expect(answer.figures.map(({ value }) => value)).toEqual([expect.closeTo(0.8889, 4), 4]);
    expect(tableOf(answer, 'duplication').sort()).toEqual([
      'Expected: D × penetration | n/a | n/a | 66.6667 | 66.6667',
      'X | 3 | 75 | n/a | 66.6667',
      'Y | 3 | 75 | 66.6667 | n/a',
    ]);
  });
});

type AnalysisAsked = Omit<AnalysisInput, 'from' | 'to'>;

describe('a random workspace', () => {
  let workspaceId: number;
  beforeAll(async () => {
    const slug = `study-${randomUUID().slice(0, 8)}`;
    ({ workspaceId } = await insertRandomWorkspace(pool, { seed: 11, basketsSpan: false, slug }));
    await rebuildRollups(workspaceId);
  }, 60_000);

  it.each<AnalysisAsked>([
    { analysis: 'loyalty', measure: 'units' },
    { analysis: 'duplication' },
    { analysis: 'loyalty', filters: { shoppers: [{ are: 'buyers', from: '2023-12-20', to: '2024-01-10' }] } },
    {
      analysis: 'switching',
      compare: { from: '2023-12-01', to: '2023-12-31' },
      filters: { shoppers: [{ are: 'non_buyers', from: '2024-01-05', to: '2024-01-06' }] },
    },
    { analysis: 'switching', compare: { from: '2023-12-01', to: '2023-12-31' } },
  ])('$analysis is the same from rollups and from lines', async (asked) => {
    const [rollups, lines, { tables }] = await bothWays(workspaceId, {
      from: '2024-01-01',
      to: '2024-02-29',
      ...asked,
    });
    expect(tables.flatMap(({ rows }) => rows).length).toBeGreaterThan(2);
    expect(rollups).toEqual(lines);
  });
});
