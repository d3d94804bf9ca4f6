import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { dryRun, type Outcome } from './received.fixture';

const dataDir = vi.hoisted(
  () => (process.env['DATA_DIR'] = `${process.env['TMPDIR'] ?? '/tmp'}/brandlens-cells-${process.pid}-${Date.now()}`),
);
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  await loadPool.end();
});

const HEADER = 'date,store,product,brand,units,amount';
const GOOD = '2024-01-05,S1,P1,B1,2,5.00';
const file = (rows: string[], header = HEADER): string => [header, ...rows].join('\n');
const columnsOf = (header: string): Record<string, string> =>
  Object.fromEntries(header.split(',').map((column) => [column, column]));
/** Row, column, reason of what was rejected. */
const rejected = ({ rejects }: Outcome): [number, string, string][] =>
  rejects.map((reject) => [reject.row_no, reject.column_name, reject.reason]);

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

it('takes no percentage for an amount', async () => {
  const found = await dryRun(file([GOOD, '2024-01-05,S1,P1,B1,1,15%']));
  expect(rejected(found)).toEqual([[3, 'amount', 'A percentage; write the number itself, like 1234.56']]);
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
