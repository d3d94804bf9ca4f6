import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { AnalysisInput } from '@/lib/contract/analyses';
import { loadPool } from '@/lib/db/pool';
import { addDays } from '@/lib/metrics/periods';
import { ask } from '@/lib/study/ask.fixture';
import { load, newWorkspace, raw, sample, samples } from './samples.fixture';

// Two published panels of purchases in order, without dates: the n-th purchase of a household stands on the n-th day.

afterAll(() => loadPool.end());

const dates = { from: '2000-01-01', to: '2000-12-31' };

async function loadPanel(name: 'ketchup' | 'cracker'): Promise<number> {
  const [, ...rows] = readFileSync(sample(`brand-panels/${name}_purchases.csv`), 'utf8')
    .trim()
    .split(/\r?\n/);
  const lines = rows.map((row) => {
    const [household = '', occasion = '', brand = '', price = ''] = row.split(',');
    return [addDays('2000-01-01', Number(occasion) - 1), household, brand, '1', Number(price).toFixed(2)].join(',');
  });
  const workspaceId = await newWorkspace();
  const text = ['date,household_id,brand,units,amount', ...lines].join('\n');
  const { rowsAccepted, rowsRejected } = await load(workspaceId, `${name}.csv`, { text });
  expect([rowsAccepted, rowsRejected]).toEqual([rows.length, 0]);
  return workspaceId;
}

/** Rows of an analysis' table by the name in their first column. */
async function rowsOf(workspaceId: number, input: Omit<AnalysisInput, 'from' | 'to'>) {
  const { tables } = await ask(workspaceId, { ...input, ...dates });
  return { columns: tables[0]!.columns, rows: new Map(tables[0]!.rows.map((row) => [String(row[0]), row.slice(1)])) };
}

describe.skipIf(!samples)('panels, from file to analysis (needs BRANDLENS_SAMPLES)', () => {
  it('ketchup: loyalty and duplication are as published', async () => {
    const workspaceId = await loadPanel('ketchup');
    const { rows } = await rowsOf(workspaceId, { analysis: 'loyalty', measure: 'purchases' });
    const [buyers, , , sole, requirements] = (rows.get('heinz') ?? []).map(Number);
    expect(buyers).toBe(1_252);
    expect(sole).toBeCloseTo((713 / 1_252) * 100, 8);
    expect(requirements).toBeCloseTo(65.6616, 4);
    const shared = await rowsOf(workspaceId, { analysis: 'duplication' });
    const hunts = shared.columns.findIndex(({ label }) => label === 'hunts') - 1;
    expect(Number(shared.rows.get('heinz')?.[hunts])).toBeCloseTo(26.198, 3);
  }, 60_000);

  it.each(['value', 'units', 'purchases'] as const)(
    'cracker: share of requirements by %s is what DuckDB finds',
    async (measure) => {
      const workspaceId = await loadPanel('cracker');
      const { rows } = await rowsOf(workspaceId, { analysis: 'loyalty', measure });
      const of = measure === 'value' ? 'round(price_paid::DOUBLE, 2)' : '1';
      const wanted = await raw(
        `WITH bought AS (SELECT household_id, brand, sum(${of}) AS mine FROM FILE(brand-panels/cracker_purchases.csv) GROUP BY ALL),
            market AS (SELECT household_id, sum(mine) AS theirs, count(*) AS brands FROM bought GROUP BY ALL)
       SELECT brand, count(*)::INT AS buyers, sum((brands = 1)::INT) / count(*) * 100 AS sole, sum(mine) / sum(theirs) * 100 AS scr
       FROM bought JOIN market USING (household_id) GROUP BY brand`,
      );
      expect(wanted.length).toBeGreaterThan(2);
      expect(rows.size).toBe(wanted.length);
      for (const { brand, buyers, sole, scr } of wanted) {
        const found = (rows.get(String(brand)) ?? []).map(Number);
        expect(found[0]).toBe(buyers);
        expect(found[3]).toBeCloseTo(Number(sole), 8);
        expect(found[4]).toBeCloseTo(Number(scr), 8);
      }
    },
    60_000,
  );
});
