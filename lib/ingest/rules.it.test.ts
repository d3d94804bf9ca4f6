import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImportReport } from '@/lib/contract/report';
import type { Mapping } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { importRules, type ImportRule } from '@/lib/contract/rule-facts';
import { env, readEnv } from '@/lib/env';
import { publish } from './publish';
import { setRulesTo } from './checked.fixture';
import { dryRun, recheck, type Outcome } from './received.fixture';
import { setRules } from './rule-settings';
import { newWorkspace } from './staged.fixture';

// Each rule on data with the fault and without it, and at its threshold.

let w = 0;
beforeEach(async () => {
  env.IMPORT_RULES = {};
  w = await newWorkspace();
});
afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

type Warning = ImportReport['warnings'][number];
const header = 'date,store,receipt,product,units,amount';
const csv = (rows: string[]): string => `${header}\n${rows.join('\n')}\n`;
const check = (rows: string[], change: Partial<Mapping> = {}): Promise<Outcome> =>
  dryRun(csv(rows), change, { workspaceId: w });
const found = ({ import: { report } }: Outcome, rule: ImportRule): Warning | undefined =>
  report.warnings.find((warning) => warning.rule === rule);
const load = async (rows: string[]): Promise<void> => {
  const { id } = await check(rows);
  await publish({ workspaceId: w, importId: id, userId: null });
};

const dayAt = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const sales = (days: number, change: (at: number) => string = (at) => `S1,r${at},p1,1,5`): string[] =>
  Array.from({ length: days }, (_, at) => `2024-01-${String(at + 1).padStart(2, '0')},${change(at)}`);

it('finds nothing in sound data, even when the same stores sell on', async () => {
  const first = await check(sales(9));
  expect(first.import.report.warnings.filter(({ rule }) => importRules.includes(rule as ImportRule))).toEqual([]);
  await publish({ workspaceId: w, importId: first.id, userId: null });
  const next = await check(sales(9).map((row) => row.replace('2024-01', '2024-02')));
  expect(next.import.report.warnings.filter(({ rule }) => importRules.includes(rule as ImportRule))).toEqual([]);
});

describe('future_dates', () => {
  it('are those after tomorrow, as days begin earlier elsewhere', async () => {
    const rows = [`${dayAt(0)},S1,r1,p1,1,5`, `${dayAt(1)},S1,r1,p1,1,5`];
    expect(found(await check(rows), 'future_dates')).toBeUndefined();
    const late = await check([...rows, `${dayAt(2)},S1,r1,p1,1,5`, `${dayAt(9)},S1,r1,p1,1,5`]);
    expect(found(late, 'future_dates')).toMatchObject({ count: 2, rows: [4, 5], severity: 'warning', threshold: 1 });
    expect(found(late, 'future_dates')!.message).toContain(dayAt(9));
    setRulesTo('future_dates=5');
    expect(found(await check([...rows, `${dayAt(2)},S1,r1,p1,1,5`]), 'future_dates')).toBeUndefined();
  });
});

describe('no_revenue', () => {
  const gap = sales(9).filter((row) => !/-0[456],/.test(row));
  it('are days between the first and the last', async () => {
    expect(found(await check(sales(9)), 'no_revenue')).toBeUndefined();
    const warning = found(await check(gap), 'no_revenue');
    expect(warning).toMatchObject({ count: 3, rows: [] });
    expect(warning!.message).toBe(
      'Days without revenue between 2024-01-01 and 2024-01-09: 2024-01-04, 2024-01-05, 2024-01-06',
    );
  });
  it('may be as many as is set', async () => {
    setRulesTo('no_revenue=3');
    expect(found(await check(gap), 'no_revenue')).toBeUndefined();
    setRulesTo('no_revenue=2');
    expect(found(await check(gap), 'no_revenue')).toMatchObject({ count: 3, threshold: 2 });
  });
});

describe('repeated_lines', () => {
  it('are warned of when they are more than the part that is set', async () => {
    const rows = sales(20);
    expect(found(await check(rows), 'repeated_lines')).toBeUndefined();
    const twice = [...rows, rows[3]!, rows[3]!];
    expect(found(await check(twice), 'repeated_lines')).toMatchObject({ count: 2, rows: [23] });
    setRulesTo('repeated_lines=0.1');
    expect(found(await check(twice), 'repeated_lines')).toBeUndefined();
  });
  it('are none in different receipts, or without any', async () => {
    const rows = Array.from({ length: 5 }, (_, at) => `2024-01-01,S1,r${at},p1,1,5`);
    expect(found(await check(rows), 'repeated_lines')).toBeUndefined();
    expect(found(await check(Array(5).fill('2024-01-01,S1,,p1,1,5')), 'repeated_lines')).toBeUndefined();
  });
});

describe('repeated_receipts', () => {
  it('are in the workspace from another file', async () => {
    await load(sales(9));
    const again = found(await check([...sales(9).slice(4), '2024-01-20,S1,r1,p1,1,5']), 'repeated_receipts');
    expect(again).toMatchObject({ count: 5, rows: [2, 3, 4, 5, 6] });
    expect(again!.message).toContain('file.csv');
  });
  it('are those of the same store and day alone', async () => {
    await load(sales(9));
    expect(found(await check(sales(9, (at) => `S2,r${at},p1,1,5`)), 'repeated_receipts')).toBeUndefined();
    expect(found(await check(['2024-01-01,S1,r5,p1,1,5']), 'repeated_receipts')).toBeUndefined();
    setRulesTo('repeated_receipts=0.5');
    expect(found(await check([...sales(1), '2024-03-01,S1,r1,p1,1,5']), 'repeated_receipts')).toBeUndefined();
  });
  it('are those of the same id where ids are unique', async () => {
    const first = await check(sales(3), { receiptUnique: true });
    await publish({ workspaceId: w, importId: first.id, userId: null });
    const other = await check(['2024-05-01,S7,r1,p1,1,5', '2024-05-01,S7,r9,p1,1,5'], { receiptUnique: true });
    expect(found(other, 'repeated_receipts')).toMatchObject({ count: 1, rows: [2] });
  });
});

describe('outliers', () => {
  const prices = (last: string): string[] => [...sales(12), `2024-01-13,S1,r,p1,2,${last}`];
  it('are prices far from those of the product', async () => {
    expect(found(await check(prices('10')), 'outliers')).toBeUndefined();
    expect(found(await check(prices('1000')), 'outliers')).toMatchObject({ count: 1, rows: [14], threshold: 10 });
    expect(found(await check(prices('0.04')), 'outliers')).toMatchObject({ count: 1, rows: [14] });
    setRulesTo('outliers=1000');
    expect(found(await check(prices('1000')), 'outliers')).toBeUndefined();
  });
  it('are none where a product has too few lines to say what is usual, or the units are many', async () => {
    expect(found(await check(['2024-01-01,S1,r,p,1,1', '2024-01-01,S1,r,p,1,1000']), 'outliers')).toBeUndefined();
    expect(found(await check([...sales(12), '2024-01-13,S1,r,p1,200,1000']), 'outliers')).toBeUndefined();
  });
});

describe('unknown_stores', () => {
  it('are new where the workspace has stores', async () => {
    const rows = [...sales(3), '2024-02-01,S8,r,p1,1,5', '2024-02-01,S9,r,p1,1,5', '2024-02-02,S9,r,p1,1,5'];
    expect(found(await check(rows), 'unknown_stores')).toBeUndefined();
    await load(sales(3));
    const warning = found(await check(rows), 'unknown_stores');
    expect(warning).toMatchObject({ count: 2, rows: [5, 6] });
    expect(warning!.message).toContain('S8, S9');
    expect(found(await check(sales(4)), 'unknown_stores')).toBeUndefined();
    setRulesTo('unknown_stores=0.7');
    expect(found(await check(rows), 'unknown_stores')).toBeUndefined();
  });
});

describe('drift', () => {
  it('is more, fewer, dearer or cheaper lines than published before', async () => {
    expect(found(await check(sales(9)), 'drift')).toBeUndefined();
    await load(sales(9));
    const later = (rows: string[]): string[] => rows.map((row) => row.replace('2024-01', '2024-02'));
    expect(found(await check(later(sales(9))), 'drift')).toBeUndefined();
    const twice = later([...sales(9), ...sales(9, (at) => `S1,x${at},p1,1,5`)]);
    expect(found(await check(twice), 'drift')!.message).toMatch(/lines a day \+100 %$/);
    const dear = await check(later(sales(9, (at) => `S1,r${at},p1,1,1`)));
    expect(found(dear, 'drift')!.message).toMatch(/the amount of a line −80 %$/);
    setRulesTo('drift=1');
    expect(found(await check(twice), 'drift')).toBeUndefined();
  });
  it('compares with files of the same grain alone', async () => {
    await load(sales(9));
    expect(found(await check([...sales(9), ...sales(9)], { grain: 'week' }), 'drift')).toBeUndefined();
  });
});

describe('a rule that is set', () => {
  it('to error holds the file back, with its sentence', async () => {
    setRulesTo('no_revenue=0:error');
    const held = await check(['2024-01-01,S1,r,p,1,1', '2024-01-03,S1,r,p,1,1']);
    expect(held.import).toMatchObject({ state: 'failed', rows_in: 2, rows_accepted: 2 });
    expect(held.import.error).toContain('Days without revenue');
    expect(found(held, 'no_revenue')).toMatchObject({ severity: 'error' });
    expect((await check(sales(3))).import.state).toBe('validated');
  });
  it('to off is left out', async () => {
    setRulesTo('no_revenue=off');
    expect(found(await check(['2024-01-01,S1,r,p,1,1', '2024-01-03,S1,r,p,1,1']), 'no_revenue')).toBeUndefined();
  });
  it('is read from the settings; what is none is refused by name', () => {
    expect(readEnv({ IMPORT_RULES: 'outliers=20, future_dates=error,drift=0.3:off' }).IMPORT_RULES).toEqual({
      outliers: { threshold: 20 },
      future_dates: { severity: 'error' },
      drift: { threshold: 0.3, severity: 'off' },
    });
    for (const wrong of ['outlier=3', 'outliers', 'outliers=', 'outliers=-1', 'drift=0.3:maybe', 'drift=0.3off:'])
      expect(() => readEnv({ IMPORT_RULES: wrong })).toThrow(`IMPORT_RULES: "${wrong}" is none of RULE=THRESHOLD`);
  });
  it('needs the fields that it looks at', async () => {
    setRulesTo('repeated_lines=0:error, unknown_stores=0:error, outliers=1:error, repeated_receipts=0:error');
    const bare = await dryRun('date,brand,amount\n2024-01-01,X,1\n2024-01-01,X,1\n', {}, { workspaceId: w });
    expect(bare.import).toMatchObject({ state: 'validated', error: null });
  });
});

describe('a workspace', () => {
  const gap = ['2024-01-01,S1,r,p,1,1', '2024-01-03,S1,r,p,1,1'];
  const setHere = (given: Parameters<typeof setRules>[0]['rules'], workspaceId = w): Promise<void> =>
    setRules({ workspaceId, userId: 'u1', rules: given });

  it('sets rules for itself alone, over those of the installation, field by field', async () => {
    setRulesTo('no_revenue=5');
    expect(found(await check(gap), 'no_revenue')).toBeUndefined();
    await setHere({ no_revenue: { threshold: 0 } });
    expect(found(await check(gap), 'no_revenue')).toMatchObject({ count: 1, threshold: 0, severity: 'warning' });
    await setHere({ no_revenue: { threshold: 0, severity: 'error' } });
    expect((await check(gap)).import.state).toBe('failed');
    const other = await dryRun(csv(gap), {}, { workspaceId: await newWorkspace() });
    expect(found(other, 'no_revenue')).toBeUndefined();
    expect(other.import.state).toBe('validated');
    await setHere({ no_revenue: null });
    expect(found(await check(gap), 'no_revenue')).toBeUndefined();
  });
  it('says what stops a file, and what can be done; set to warn, the same file passes', async () => {
    await setHere({ no_revenue: { severity: 'error' } });
    const held = await check(gap);
    expect(held.import.error).toBe(
      'Days without revenue between 2024-01-01 and 2024-01-03: 2024-01-02. The rule “Days without revenue” stops such a ' +
        'file from being published. Mend the file and load it again; or, if it is right as it is, have an admin set it to ' +
        'warn (Settings, Import rules) and check again.',
    );
    expect(found(held, 'no_revenue')).toMatchObject({ title: 'Days without revenue', severity: 'error' });
    await setHere({ no_revenue: { severity: 'warning' } });
    expect((await recheck(w, held.id)).import).toMatchObject({ state: 'validated', error: null });
  });
  it('writes down who set what', async () => {
    await setHere({ drift: { severity: 'off' }, outliers: null });
    const [entry] = await db.auditEntry.findMany({ where: { workspaceId: w, action: 'workspace.rules' } });
    expect(entry).toMatchObject({
      userId: 'u1',
      detail: { drift: { severity: 'off', threshold: null }, outliers: { severity: null, threshold: null } },
    });
  });
});
