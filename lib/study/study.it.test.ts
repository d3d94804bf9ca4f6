import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analysisSpec, type AnalysisInput, type AnalysisResponse } from '@/lib/contract/analyses';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { runStudy } from './run';

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

/** A table as text, cells rounded to four digits. */
const tableOf = ({ tables }: AnalysisResponse, id: string): string[] =>
  (tables.find((table) => table.id === id)?.rows ?? []).map((row) =>
    row.map((cell) => (typeof cell === 'number' ? String(Math.round(cell * 1e4) / 1e4) : (cell ?? 'n/a'))).join(' | '),
  );

describe('the worked example', () => {
  let example: WorkedExample;
  const ask = (input: Partial<AnalysisInput> & Pick<AnalysisInput, 'analysis'>, forceLines = false) => {
    const spec = analysisSpec.parse({
      from: '2024-01-01',
      to: '2024-01-31',
      filters: { category: [example.categories.coffee] },
      ...input,
    });
    return runStudy(example.workspaceId, spec, { forceLines });
  };
  beforeAll(async () => {
    example = await insertWorkedExample(pool);
  });

  it.each([false, true])('loyalty, from the lines alone: %s', async (forceLines) => {
    const answer = await ask({ analysis: 'loyalty' }, forceLines);
    // X: 3 of 4 coffee buyers, none on two trips, two bought no Y; 24 of 36; (36 ÷ 3) ÷ (40 ÷ 4).
    // Y: s1, s3, s4; only s4 bought no X; 16 of the 15 − 1 … see metrics.md: s1 14, s3 17, s4 4 make 35.
    expect(tableOf(answer, 'brands')).toEqual([
      'X | 3 | 75 | 0 | 33.3333 | 66.6667 | 120',
      'Y | 3 | 75 | 0 | 33.3333 | 45.7143 | 116.6667',
    ]);
    expect(answer.meta.coverage).toBeCloseTo((40 / 45) * 100, 6);
    expect(answer.meta.market).toBe('Coffee');
    expect(answer.meta.sources.map(({ source }) => source)).toContain(forceLines ? 'lines' : 'spend_month');
  });

  it.each([false, true])('duplication, from the lines alone: %s', async (forceLines) => {
    const answer = await ask({ analysis: 'duplication' }, forceLines);
    // s1 and s3 bought both; D = (2 ÷ 4) ÷ (0.75 × 0.75).
    expect(answer.figures.map(({ value }) => value)).toEqual([expect.closeTo(0.8889, 4), 4]);
    expect(tableOf(answer, 'duplication').sort()).toEqual([
      'Expected: D × penetration | n/a | n/a | 66.6667 | 66.6667',
      'X | 3 | 75 | n/a | 66.6667',
      'Y | 3 | 75 | 66.6667 | n/a',
    ]);
  });
});

describe('a random workspace', () => {
  let workspaceId: number;
  beforeAll(async () => {
    const slug = `study-${randomUUID().slice(0, 8)}`;
    ({ workspaceId } = await insertRandomWorkspace(pool, { seed: 11, basketsSpan: false, slug }));
    await rebuildRollups(workspaceId);
  }, 60_000);

  it.each([
    { analysis: 'loyalty', measure: 'units' },
    { analysis: 'duplication' },
    { analysis: 'switching', compare: { from: '2023-12-01', to: '2023-12-31' } },
  ] as const)('$analysis is the same from rollups and from lines', async (asked) => {
    const spec = analysisSpec.parse({ from: '2024-01-01', to: '2024-02-29', ...asked });
    const [rollups, lines] = await Promise.all([
      runStudy(workspaceId, spec),
      runStudy(workspaceId, spec, { forceLines: true }),
    ]);
    expect(rollups.tables.flatMap(({ rows }) => rows).length).toBeGreaterThan(2);
    expect({ ...rollups, meta: null }).toEqual({ ...lines, meta: null });
  });
});
