import { afterAll, describe, expect, it } from 'vitest';
import type { Mapping } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';
import { GOOD, HEADER, columnsOf, file, rejected, warning, workspaceWithLines } from './checked.fixture';
import { dryRun } from './received.fixture';

afterAll(() => loadPool.end());

it('stages typed values, codes as text, with exact totals', async () => {
  const found = await dryRun(
    file(
      [
        '0001, 2024-01-05 14:05:09 ,00070, Tea\\Box ,"B, ""1""",Food,Tea,250 g,H1,R1,2.5,"1,234.50",1,0,no',
        '0001,2024-01-06 14:05:09,00071,,,,,huge,,,1,0.1,0,1,no',
      ],
      'store,date,product,product_name,brand,category_1,category_2,pack_size,shopper,receipt,units,amount,feature,display,coupon',
    ),
  );
  expect(found.import).toMatchObject({
    state: 'validated',
    error: null,
    rows_in: 2,
    rows_accepted: 2,
    rows_rejected: 0,
    total_units: '3.500',
    total_amount: '1234.6000',
    date_from: '2024-01-05',
    date_to: '2024-01-06',
    grain: 'receipt',
  });
  expect(found.lines[0]).toMatchObject({
    row_no: 2,
    date: '2024-01-05',
    time: '14:05:09',
    store: '0001',
    product: '00070',
    product_name: 'Tea\\Box',
    brand: 'B, "1"',
    category: 'Food\u001fTea',
    pack_size: '0.250000',
    pack_unit: 'kg',
    shopper: 'H1',
    receipt: 'R1',
    units: '2.500',
    amount: '1234.5000',
    base_amount: null,
    promotion: 2,
    is_return: false,
    product_attributes: null,
  });
  expect(found.lines[1]).toMatchObject({
    product_name: null,
    brand: null,
    category: null,
    pack_size: null,
    promotion: 4,
  });
  expect(found.import.report.newMembers).toEqual({ store: 1, product: 2, brand: 1, shopper: 1, category: 2 });
  expect(warning(found, 'missing_category')).toMatchObject({ count: 1, rows: [3] });
  expect(warning(found, 'pack_size')).toMatchObject({ count: 1, rows: [3] });
});

describe('errors', () => {
  it.each<[string, string, string, string, Partial<Mapping>?]>([
    ['no date', ',S1,P1,B1,2,5', 'date', 'The date is missing'],
    ['a day that is not', '2024-02-30,S1,P1,B1,2,5', 'date', 'no such day'],
    ['no date at all', 'soon,S1,P1,B1,2,5', 'date', 'Not a date'],
    ['neither product nor brand', '2024-01-05,S1,,,2,5', 'product', 'Neither product nor brand'],
    ['no amount', '2024-01-05,S1,P1,B1,2,', 'amount', 'The amount is missing'],
    ['no units', '2024-01-05,S1,P1,B1,,5', 'units', 'The units value is missing'],
    ['units that are no number', '2024-01-05,S1,P1,B1,two,5', 'units', 'Not a number'],
    ['an amount that is no number', '2024-01-05,S1,P1,B1,2,5 apples', 'amount', 'Not a number'],
    ['a decimal comma', '2024-01-05,S1,P1,B1,2,"5,5"', 'amount', 'write it like 1234.56'],
    ['a decimal point', '2024-01-05,S1,P1,B1,2,5.5', 'amount', 'write it like 1234,56', { decimal: ',' }],
    ['negative units', '2024-01-05,S1,P1,B1,-2,5', 'units', 'Negative'],
    ['a negative amount', '2024-01-05,S1,P1,B1,2,-5', 'amount', 'Negative'],
    ['an amount in brackets', '2024-01-05,S1,P1,B1,2,(5)', 'amount', 'Negative'],
    ['units of four decimals', '2024-01-05,S1,P1,B1,0.1234,5', 'units', '3 at most'],
    ['units too large', '2024-01-05,S1,P1,B1,100000000000,5', 'units', 'Too large'],
    ['an amount too large', '2024-01-05,S1,P1,B1,1,100000000000000', 'amount', 'too large'],
    ['an amount of five decimals', '2024-01-05,S1,P1,B1,1,1.23456', 'amount', '4 decimals'],
    ['a code too long', `2024-01-05,S1,${'P'.repeat(256)},B1,1,5`, 'product', 'Longer than 255'],
    ['too few fields', '2024-01-05,S1,P1', '', 'The row has 3 fields, the header 6'],
    ['too many fields', '2024-01-05,S1,P1,B1,1,5,9', '', 'The row has 7 fields, the header 6'],
    ['text after a quote', '2024-01-05,S1,"P1"x,B1,1,5', '', 'Text follows a closing quote'],
    [
      'another date format',
      '05.01.2024,S1,P1,B1,1,5',
      'date',
      'Not a date written as YYYY-MM-DD',
      { dateFormat: 'YYYY-MM-DD' },
    ],
  ])('%s', async (_name, bad, column, reason, change) => {
    const good = change?.decimal ? GOOD.replace('5.00', '"5,00"') : GOOD;
    const found = await dryRun(file([good, bad, good]), { columns: columnsOf(HEADER), ...change });
    expect(found.import).toMatchObject({
      state: 'validated',
      rows_in: 3,
      rows_accepted: 2,
      rows_rejected: 1,
      total_amount: '10.0000',
    });
    expect(rejected(found)).toEqual([[3, column, expect.stringContaining(reason)]]);
    expect(found.rejects[0]!.raw).toBe(bad);
    expect(found.lines.map((line) => line['row_no'])).toEqual([2, 4]);
    expect(found.import.report.rejections).toMatchObject([{ column, count: 1 }]);
  });

  it('names every fault of a row, once a column', async () => {
    const found = await dryRun(file([GOOD, 'x,S1,,,y,z']));
    expect(rejected(found).map(([row, column]) => [row, column])).toEqual([
      [3, 'amount'],
      [3, 'date'],
      [3, 'product'],
      [3, 'units'],
    ]);
    expect(found.import).toMatchObject({ rows_in: 2, rows_rejected: 1 });
  });

  it('rejects an amount finer than the coin of a workspace that holds lines, and asks for a finer coin of one that does not', async () => {
    const rows = [GOOD, '2024-01-05,S1,P1,B1,1,1.234', '2024-01-05,S1,P1,B1,1,1.2300'];
    const fixed = await dryRun(file(rows), {}, { workspaceId: await workspaceWithLines(2) });
    expect(rejected(fixed)).toEqual([[3, 'amount', expect.stringContaining('(2 decimals)')]]);
    expect(fixed.import.report.neededScale).toBe(2);
    const open = await dryRun(file(rows));
    expect(open.import).toMatchObject({ rows_rejected: 0, total_amount: '7.4640', report: { neededScale: 3 } });
  });

  it('fails an import of which no row can be taken, and keeps the reasons', async () => {
    const found = await dryRun(file(['x,S1,P1,B1,1,5', 'y,S1,P1,B1,1,5']), { columns: columnsOf(HEADER) });
    expect(found.import).toMatchObject({ state: 'failed', rows_in: 2, rows_accepted: 0, rows_rejected: 2 });
    expect(found.import.error).toBe('None of the 2 rows can be taken. date: Not a date; write it like 2024-03-31.');
    expect(found.rejects).toHaveLength(2);
  });

  it('does not let an open quote swallow the rows below', async () => {
    const found = await dryRun(file([GOOD, '2024-01-05,S1,"P1,B1,1,5', GOOD, GOOD]));
    expect(found.import).toMatchObject({ rows_in: 4, rows_accepted: 3, rows_rejected: 1 });
    expect(rejected(found)).toEqual([[3, '', expect.stringContaining('never closed')]]);
  });
});
