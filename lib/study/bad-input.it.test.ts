import { afterAll, describe, expect, it } from 'vitest';
import type { AnalysisResponse } from '@/lib/contract/analyses';
import { analysisResponse } from '@/lib/contract/analyses';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { analysisIds, analysisOf } from '@/lib/metrics/analyses';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { ask } from './ask.fixture';

// Whatever the data lacks, every analysis answers: with null, or with the reason.

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

/** The worked example, changed; a brand is filtered where one has to be. */
async function answers(
  changes: string[],
  of: (typeof analysisIds)[number][] = analysisIds,
  dates = { from: '2024-01-01', to: '2024-01-31' },
  brand?: (example: WorkedExample) => number,
): Promise<[string, AnalysisResponse][]> {
  const example = await insertWorkedExample(pool);
  for (const change of changes) await pool.query(change, [example.workspaceId]);
  if (changes.length > 0) await rebuildRollups(example.workspaceId);
  const found: [string, AnalysisResponse][] = [];
  for (const analysis of of) {
    const filters =
      brand || analysisOf(analysis).focus === 'brand' ? { brand: [brand?.(example) ?? example.brands.X] } : {};
    found.push([analysis, analysisResponse.parse(await ask(example.workspaceId, { analysis, ...dates, filters }))]);
  }
  return found;
}

const onShoppers = analysisIds.filter((id) => (analysisOf(id).needs as readonly string[]).includes('shopper'));
const numbers = ({ figures, tables }: AnalysisResponse): number[] =>
  [...figures.map(({ value }) => value), ...tables.flatMap(({ rows, total = [] }) => [...rows, total]).flat()].filter(
    (cell) => typeof cell === 'number',
  );

/** Weeks whose base can't be told have no total, not 0. */
const baseOfNothing = ({ tables }: AnalysisResponse): unknown =>
  tables.find(({ id, rows }) => id === 'weeks' && rows.length === 0)?.total;

describe('an analysis', () => {
  it('is unavailable where it rests on shoppers and all lines are anonymous', async () => {
    const anonymous = [
      'UPDATE sale_line SET shopper_no = NULL WHERE workspace_id = $1',
      'DELETE FROM shopper WHERE workspace_id = $1',
    ];
    for (const [analysis, { state, reason, tables }] of await answers(anonymous, onShoppers)) {
      expect([state, reason, tables], analysis).toEqual(['unavailable', 'No line of the data carries a shopper.', []]);
    }
  });

  it('is unavailable where it rests on stores and no line carries one, though stores are known', async () => {
    const nowhere = ['UPDATE sale_line SET store_id = NULL, basket_id = NULL WHERE workspace_id = $1'];
    for (const [analysis, { state, reason }] of await answers(nowhere, ['distribution'])) {
      expect([state, reason], analysis).toEqual(['unavailable', 'No line of the data carries a store.']);
    }
  });

  it.each([
    ['one shopper', ['UPDATE sale_line SET shopper_no = 1 WHERE workspace_id = $1']],
    [
      'no baskets',
      ['UPDATE sale_line SET basket_id = NULL WHERE workspace_id = $1', 'DELETE FROM basket WHERE workspace_id = $1'],
    ],
    ['zero units', ['UPDATE sale_line SET units = 0 WHERE workspace_id = $1']],
    [
      'nothing but returns',
      ['UPDATE sale_line SET units = -units, amount = -amount, is_return = true WHERE workspace_id = $1'],
    ],
    [
      'one store',
      ['UPDATE sale_line SET store_id = (SELECT min(id) FROM store WHERE workspace_id = $1) WHERE workspace_id = $1'],
    ],
    ['no promotions', ['UPDATE sale_line SET promotion = 0 WHERE workspace_id = $1']],
    [
      'weekly data',
      [
        "UPDATE sale_line SET date = date_trunc('week', date)::date, basket_id = NULL WHERE workspace_id = $1",
        'DELETE FROM basket WHERE workspace_id = $1',
        "UPDATE import SET grain = 'week' WHERE workspace_id = $1",
        "UPDATE workspace SET grain = 'week' WHERE id = $1",
      ],
    ],
    ['a single week', ["UPDATE sale_line SET date = '2024-01-03', basket_id = NULL WHERE workspace_id = $1"]],
    [
      'negative totals',
      [
        'UPDATE sale_line SET units = -3 * units, amount = -3 * amount, is_return = true WHERE workspace_id = $1 AND row_no % 2 = 0',
      ],
    ],
    ['sales of nothing', ['UPDATE sale_line SET amount = 0 WHERE workspace_id = $1']],
  ])('answers with finite numbers on %s', async (_, changes) => {
    for (const [analysis, answer] of await answers(changes)) {
      expect(
        numbers(answer).filter((cell) => !Number.isFinite(cell)),
        analysis,
      ).toEqual([]);
      expect(baseOfNothing(answer), analysis).toBeUndefined();
    }
  });

  it('of a brand without sales, or of dates before the data, answers', async () => {
    const unsold = [
      "DELETE FROM sale_line WHERE workspace_id = $1 AND product_id = (SELECT id FROM product WHERE workspace_id = $1 AND code = 'Z1')",
    ];
    const given = [
      ...(await answers(unsold, analysisIds, undefined, ({ brands }) => brands.Z)),
      ...(await answers([], analysisIds, { from: '2010-01-01', to: '2010-12-31' })),
    ];
    for (const [analysis, answer] of given) {
      expect(
        numbers(answer).filter((cell) => !Number.isFinite(cell)),
        analysis,
      ).toEqual([]);
      if (answer.state === 'ok' && answer.tables.every(({ rows }) => rows.length === 0))
        expect(answer.notes, analysis).not.toEqual([]);
      if (answer.meta.range.to < '2011') expect(answer.notes, analysis).toContain('The dates lie outside the data.');
    }
  });
});
