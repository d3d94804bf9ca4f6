import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { insertWorkedExample } from '@/tests/worked-example';
import { ask, bothWays, tableOf } from './ask.fixture';

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

describe.each([false, true])('the worked example, from the lines alone: %s', (forceLines) => {
  const coffee = async (analysis: 'distribution' | 'price') => {
    const example = await insertWorkedExample(pool);
    const filters = { category: [example.categories.coffee], brand: [example.brands.X] };
    // Four weeks.
    return ask(example.workspaceId, { analysis, from: '2024-01-01', to: '2024-01-28', filters }, forceLines);
  };

  it('distribution', async () => {
    const [[brand, stores, ...numbers] = []] = (await coffee('distribution')).tables[0]?.rows ?? [];
    expect([brand, stores]).toEqual(['X', 2]);
    const [numeric, weighted, category, tdp, items, perStoreWeek, , perPoint] = numbers.map(Number);
    expect(numeric).toBeCloseTo((2 / 3) * 100, 6);
    expect(weighted).toBeCloseTo((41 / 60) * 100, 6);
    expect(category).toBeCloseTo((41 / 45) * 100, 6);
    expect(tdp).toBeCloseTo(68.3333, 3);
    expect(items).toBeCloseTo(1, 6);
    expect(perStoreWeek).toBeCloseTo(29 / 8, 6);
    expect(perPoint).toBeCloseTo(0.4244, 4);
  });

  it('price', async () => {
    const answer = await coffee('price');
    expect(tableOf(answer, 'brands')).toEqual(['X | 5.8 | 116 | 145 | 19.3333 | 107.4074']);
    const ladder = answer.tables[1]?.rows ?? [];
    expect(ladder.reduce((sum, row) => sum + Number(row[1]), 0)).toBeCloseTo(45, 6);
  });
});

it.each(['distribution', 'price'] as const)('%s is the same from rollups and from lines', async (analysis) => {
  const slug = `shelf-${randomUUID().slice(0, 8)}`;
  const { workspaceId } = await insertRandomWorkspace(pool, { seed: 31, basketsSpan: false, slug });
  await rebuildRollups(workspaceId);
  const [rollups, lines, { tables }] = await bothWays(workspaceId, { analysis, from: '2023-12-31', to: '2024-02-29' });
  expect(tables[0]?.rows.length).toBeGreaterThan(1);
  expect(rollups).toEqual(lines);
});
