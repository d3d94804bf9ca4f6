import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Mapping } from '@/lib/contract/imports';
import type { ImportReport } from '@/lib/contract/report';
import { loadPool } from '@/lib/db/pool';
import { env } from '@/lib/env';
import { setRulesTo } from './checked.fixture';
import { dryRun } from './received.fixture';
import { newWorkspace } from './staged.fixture';

// The rule that receipts are of one shopper, on data with the fault and without it, and at its threshold.

let w = 0;
beforeEach(async () => {
  env.IMPORT_RULES = {};
  w = await newWorkspace();
});
afterAll(() => loadPool.end());

const shared = async (
  rows: string[],
  change: Partial<Mapping> = {},
): Promise<ImportReport['warnings'][number] | undefined> => {
  const text = `date,store,receipt,shopper,product,units,amount\n${rows.join('\n')}\n`;
  const { report } = (await dryRun(text, change, { workspaceId: w })).import;
  return report.warnings.find(({ rule }) => rule === 'shared_receipts');
};

describe('shared_receipts', () => {
  const sound = [
    '2024-01-01,S1,r1,anna,p1,1,5',
    '2024-01-01,S1,r1,anna,p2,1,5',
    '2024-01-01,S1,r1,,p3,1,5',
    '2024-01-01,S2,r1,ben,p1,1,5',
    '2024-01-02,S1,r1,cleo,p1,1,5',
    '2024-01-02,,r1,dan,p1,1,5',
    '2024-01-02,S1,,emma,p1,1,5',
    '2024-01-02,S1,,finn,p1,1,5',
  ];
  it('name one shopper and another', async () => {
    expect(await shared(sound)).toBeUndefined();
    const rows = [
      ...sound,
      '2024-01-01,S1,r1,gus,p1,1,5',
      '2024-01-01,S1,r1,gus,p2,1,5',
      '2024-01-02,,r1,hal,p1,1,5',
      '2024-01-01,S1,r1,ida,p1,1,5',
    ];
    const warning = await shared(rows);
    expect(warning).toMatchObject({ count: 2, rows: [10, 12, 13], severity: 'warning', threshold: 0 });
    expect(warning!.title).toBe('Receipts of several shoppers');
    expect(warning!.message).toMatch(/: r1 of anna and gus$/);
    // Two of the four receipts.
    setRulesTo('shared_receipts=0.5');
    expect(await shared(rows)).toBeUndefined();
    setRulesTo('shared_receipts=0.49');
    expect(await shared(rows)).toMatchObject({ count: 2, threshold: 0.49 });
  });
  it('are those of one id, whatever the store and date, where ids are unique', async () => {
    const rows = ['2024-01-01,S1,r1,anna,p1,1,5', '2024-01-02,S2,r1,ben,p1,1,5', '2024-01-02,S2,r2,ben,p1,1,5'];
    expect(await shared(rows)).toBeUndefined();
    expect(await shared(rows, { receiptUnique: true })).toMatchObject({
      count: 1,
      rows: [3],
    });
  });
});
