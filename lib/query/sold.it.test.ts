import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { querySpec, type QueryInput } from '@/lib/contract/query';
import { env } from '@/lib/env';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { runQuery } from './run';

// The market of a brand that left a category between two periods.

const pool = new Pool({ connectionString: env.DATABASE_URL });
let example: WorkedExample;
/** X2 is a tea: X sells tea in the first two weeks for which it is asked, Y coffee only, and Z tea afterwards. */
beforeAll(async () => {
  example = await insertWorkedExample(pool);
  await pool.query(`UPDATE product SET category_id = $2 WHERE workspace_id = $1 AND code = 'X2'`, [
    example.workspaceId,
    example.categories.tea,
  ]);
  await rebuildRollups(example.workspaceId);
});
afterAll(() => pool.end());

const weeks = { before: { from: '2024-01-02', to: '2024-01-16' }, now: { from: '2024-01-17', to: '2024-01-28' } };
const ask = (input: Partial<QueryInput>) =>
  runQuery(
    example.workspaceId,
    querySpec.parse({
      metrics: ['value_share', 'requirements_value', 'sole_buyers'],
      ...weeks.now,
      filters: { brand: [example.brands.X] },
      ...input,
    }),
  );

describe('the market of what is compared', () => {
  it('holds what was sold in either period, so that no share is of a market without a part of the brand', async () => {
    const { totals, meta } = await ask({ compare: weeks.before });
    expect(meta.market).toBe('Coffee, Tea');
    // Before: 10 + 5 coffee and 9 tea of X, 4 + 8 coffee of Y. Now: 5 of X, 4 of Y, 15 of Z.
    expect(totals[0]?.previous?.value_share).toBeCloseTo((24 / 36) * 100, 9);
    expect(totals[0]?.values.value_share).toBeCloseTo((5 / 24) * 100, 9);
    // Of s1, s2 and s3 only s2 bought nothing else.
    expect(totals[0]?.previous?.sole_buyers).toBeCloseTo(100 / 3, 9);
    expect(totals[0]?.previous?.requirements_value).toBeCloseTo((24 / 36) * 100, 9);
  });

  it('is of each row its own', async () => {
    const { rows } = await ask({ compare: weeks.before, filters: {}, by: 'brand' });
    const of = (name: string) => rows.find(({ member }) => member?.name === name);
    expect(rows.map(({ member, market }) => `${member?.name}: ${market}`).sort()).toEqual([
      'X: Coffee, Tea',
      'Y: Coffee',
      'Z: Tea',
    ]);
    expect(of('X')?.previous?.value_share).toBeCloseTo((24 / 36) * 100, 9);
    expect(of('Y')?.previous?.value_share).toBeCloseTo((12 / 27) * 100, 9);
  });

  it('is the period’s alone where nothing is compared', async () => {
    const { totals, meta } = await ask({});
    expect(meta.market).toBe('Coffee');
    expect(totals[0]?.values.value_share).toBeCloseTo((5 / 9) * 100, 9);
  });
});
