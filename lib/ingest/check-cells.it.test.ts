import { afterAll, describe, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { GOOD, HEADER, columnsOf, file, rejected } from './checked.fixture';
import { dryRun, newWorkspace } from './received.fixture';

afterAll(() => loadPool.end());

describe('currencies', () => {
  it('are not added up with each other: rows in another one than those before are rejected', async () => {
    const rows = [
      '2024-01-05,S1,P1,B1,2,€5.00',
      '2024-01-05,S1,P1,B1,1,2.50',
      '2024-01-05,S1,P1,B1,1,USD 3',
      '2024-01-05,S1,P1,B1,1,4 EUR',
    ];
    const found = await dryRun(file(rows));
    expect(rejected(found)).toEqual([
      [4, 'amount', 'In USD, while rows before are in EUR; load each currency by itself'],
    ]);
    expect(found.import).toMatchObject({ rows_accepted: 3, total_amount: '11.5000' });
  });
  it('may stand in a column of their own', async () => {
    const rows = [
      '2024-01-05,P1,2,5.00,EUR',
      '2024-01-05,P1,1,2.50,',
      '2024-01-05,P1,1,3,USD',
      '2024-01-05,P1,1,4,eur',
    ];
    const header = 'date,product,units,amount,Currency code';
    const found = await dryRun(file(rows, header), { columns: columnsOf('date,product,units,amount') });
    expect(rejected(found).map(([row, column]) => [row, column])).toEqual([[4, 'Currency code']]);
  });
});

describe('a file in another currency than the workspace', () => {
  const inEuros = ['2024-01-05,S1,P1,B1,2,€5.00', '2024-01-05,S1,P1,B1,1,2.50'];
  const workspaceIn = async (currency: string): Promise<number> => {
    const id = await newWorkspace();
    await loadPool.query('UPDATE workspace SET currency = $2 WHERE id = $1', [id, currency]);
    return id;
  };
  const checked = async (rows: string[], currency: string) =>
    (await dryRun(file(rows), {}, { workspaceId: await workspaceIn(currency) })).import;

  it('is stopped, and says in which', async () => {
    const found = await checked(inEuros, 'USD');
    expect(found).toMatchObject({ state: 'failed', rows_accepted: 2 });
    expect(found.error).toMatch(
      /^The amounts are in EUR, and this workspace counts in USD: load them into a workspace/,
    );
    expect(found.report.warnings).toContainEqual(
      expect.objectContaining({ rule: 'other_currency', count: 2, severity: 'error' }),
    );
  });
  it('is sound in a workspace of its own, or without any sign', async () => {
    expect((await checked(inEuros, 'EUR')).state).toBe('validated');
    expect((await checked([GOOD], 'EUR')).state).toBe('validated');
  });
  it('is none where the sign is that of several, the workspace’s among them', async () => {
    const dollars = ['2024-01-05,S1,P1,B1,2,$5.00', '2024-01-05,S1,P1,B1,2,5 CAD'];
    expect((await checked(dollars, 'CAD')).state).toBe('validated');
    expect((await checked(['2024-01-05,S1,P1,B1,2,$5.00'], 'EUR')).error).toContain(
      'in USD, and this workspace counts in EUR',
    );
    expect((await checked(['2024-01-05,S1,P1,B1,2,5 kr'], 'NOK')).state).toBe('validated');
  });
  it('is not told by a row that cannot be taken', async () => {
    const found = await checked(['2024-01-05,S1,P1,B1,2,€5 and more', GOOD], 'USD');
    expect(found).toMatchObject({ state: 'validated', rows_accepted: 1 });
  });
  it('is none where three letters are no currency', async () => {
    expect((await checked(['2024-01-05,S1,P1,B1,2,5 NET'], 'EUR')).state).toBe('validated');
  });
});

describe('percentages', () => {
  it('are no amounts, and it is said what they can be', async () => {
    const found = await dryRun(file([GOOD, '2024-01-05,S1,P1,B1,1,15%']));
    const reason =
      'A percentage, which is no amount; write the amount itself, like 1234.56, or map the column to Discount';
    expect(rejected(found)).toEqual([[3, 'amount', reason]]);
  });
  it('of the regular price that were taken off make it', async () => {
    const header = 'date,product,units,amount,discount';
    const rows = ['20 %', '0%', '', '12.5%', '0.2', '33,3%', '100%', '20', '-5%', 'some'].map(
      (off) => `2024-01-05,P1,1,8,"${off}"`,
    );
    const found = await dryRun(file(rows, header));
    expect(found.import.mapping.columns).toMatchObject({ discount: 'discount' });
    expect(found.lines.map((line) => line['base_amount'])).toEqual(['10.0000', '8.0000', null, '9.1429', '10.0000']);
    expect(rejected(found).map(([row, column]) => [row, column])).toEqual(
      [7, 8, 9, 10, 11].map((row) => [row, 'discount']),
    );
    expect(rejected(found)[2]![2]).toBe(
      'Not a part of the regular price; write what was taken off it such as 20 %, or 0.2 for a fifth',
    );
  });
  it('need no sign where the column is named for them', async () => {
    const header = 'date,product,units,amount,discount_pct';
    const columns = { ...columnsOf('date,product,units,amount'), discount: 'discount_pct' };
    const found = await dryRun(file(['2024-01-05,P1,1,8,20', '2024-01-05,P1,1,8,0.2'], header), { columns });
    expect(found.lines.map((line) => line['base_amount'])).toEqual(['10.0000', '8.0160']);
  });
});

it.each([
  ['days as Excel counts them', '45296', '45297.5', '2024-01-06'],
  ['seconds since 1970', '1704412800', '1704499200', '2024-01-06'],
  ['weeks', '2024-W01', '2024-W02', '2024-01-08'],
])('reads dates that are %s, though the mapping says nothing of it', async (_, first, second, last) => {
  const found = await dryRun(file([`${first},S1,P1,B1,1,1`, `${second},S1,P1,B1,1,1`]), { columns: columnsOf(HEADER) });
  expect(found.import).toMatchObject({ rows_accepted: 2, date_to: expect.anything() });
  expect(found.lines.map((line) => String(line['date'])).at(-1)).toContain(last);
});

it('names the rows with bytes that are no character', async () => {
  const rows = Array.from({ length: 30 }, (_, at) => `2024-01-05,S1,P${at},Crème,1,1`);
  const bytes = Buffer.concat([
    Buffer.from(`${file(rows)}\n`),
    Buffer.from('2024-01-05,S1,P99,Caf\xe9,1,1\n', 'latin1'),
  ]);
  const found = await dryRun(bytes);
  expect(found.import.report.warnings).toContainEqual(expect.objectContaining({ rule: 'bad_character', rows: [32] }));
  expect(found.import.rows_accepted).toBe(31);
});
