import { rm } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { listRows } from './list-rows';
import { listRejects } from './read';
import { dryRun, type Outcome } from './received.fixture';

// The rows with a problem, cell by cell: what is wrong with which cell, filtered by problem, page by page.

const sound = Array.from(
  { length: 40 },
  (_, at) => `2024-01-${String((at % 28) + 1).padStart(2, '0')},P1,1,2.50,"a ""b"""`,
);
const lines = [
  'date,product,units,amount,note',
  ...sound.slice(0, 10),
  '2024-01-05,P1,1,n/a,first', // row 12
  'soon,P1,none,2.00,both', // row 13
  ...sound.slice(10),
  '2024-01-07,P1,1,250,far', // row 44
  '"2024-01-08","P1","1","n/a","two\nlines"', // row 45
  '2190-01-08,P1,1,2.50,late', // row 46
  '2024-01-09,P1,1', // row 47
  ...Array.from({ length: 30 }, () => '2024-01-09,P1,1,,no amount'),
];
let file: Outcome;
const rows = (problem?: string, page: { limit?: number; cursor?: string } = {}) =>
  listRows({ workspaceId: file.workspaceId, importId: file.id, rows: true, problem }, { limit: 20, ...page });
const notNumber = 'amount: Not a number; write it like 1234.56';

beforeAll(async () => {
  file = await dryRun(`${lines.join('\n')}\n`);
  expect(file.import.rows_rejected).toBe(34);
});

it('shows rejected rows with their cells, and which of them are at fault', async () => {
  const { columns, items, total } = await rows();
  expect(columns).toEqual(['date', 'product', 'units', 'amount', 'note']);
  expect(total).toBe(34);
  expect(items.slice(0, 2)).toEqual([
    {
      row: 12,
      cells: ['2024-01-05', 'P1', '1', 'n/a', 'first'],
      faults: [{ column: 'amount', reason: 'Not a number; write it like 1234.56', cells: [3] }],
      fixed: [],
    },
    {
      row: 13,
      cells: ['soon', 'P1', 'none', '2.00', 'both'],
      faults: [
        { column: 'date', reason: expect.any(String), cells: [0] },
        { column: 'units', reason: 'Not a number; write it like 1234.56', cells: [2] },
      ],
      fixed: [],
    },
  ]);
});

it('shows those of one problem alone, quoted ones with line breaks too', async () => {
  const { items, total } = await rows(notNumber);
  expect(items.map(({ row }) => row)).toEqual([12, 45]);
  expect(items[1]!.cells).toEqual(['2024-01-08', 'P1', '1', 'n/a', 'two\nlines']);
  expect(total).toBe(2);
  const short = await rows('The row has not as many fields as the header');
  expect(short.items).toMatchObject([
    {
      row: 47,
      cells: ['2024-01-09', 'P1', '1'],
      faults: [{ column: '', reason: expect.stringContaining('3 fields'), cells: [] }],
    },
  ]);
});

// The sentence of the report has one of them for an example, and is about the others as little.
it('shows accepted rows that a rule has found, with what it is about', async () => {
  expect(await rows('outliers')).toMatchObject({
    items: [
      {
        row: 44,
        cells: ['2024-01-07', 'P1', '1', '250', 'far'],
        faults: [{ column: 'amount', reason: 'Unusual prices', cells: [3] }],
      },
    ],
    total: 1,
  });
  expect(await rows('future_dates')).toMatchObject({ items: [{ row: 46, faults: [{ column: 'date', cells: [0] }] }] });
});

it('goes through them page by page', async () => {
  const missing = 'amount: The amount is missing; a number is required';
  const first = await rows(missing);
  expect(first.items.map(({ row }) => row)).toEqual(Array.from({ length: 20 }, (_, at) => 48 + at));
  const second = await rows(missing, { cursor: first.nextCursor! });
  expect(second.items.map(({ row }) => row)).toEqual(Array.from({ length: 10 }, (_, at) => 68 + at));
  expect(second).toMatchObject({ nextCursor: null, total: 30 });
  const all = await rows(undefined, { limit: 3 });
  expect((await rows(undefined, { limit: 3, cursor: all.nextCursor! })).items[0]!.row).toBe(47);
});

it('keeps a thousand rows of a warning, and tells the first ten with the report', async () => {
  const many = await dryRun(`date,brand,c1,amount\n${'2024-01-05,B,,2\n'.repeat(1_200)}`, {
    columns: { date: 'date', brand: 'brand', category_1: 'c1', amount: 'amount' },
  });
  const asked = { workspaceId: many.workspaceId, importId: many.id, rows: true, problem: 'missing_category' };
  const { items, total } = await listRows(asked, { limit: 100, cursor: undefined });
  expect(total).toBe(1_000);
  expect(items).toHaveLength(100);
  expect(items[99]).toMatchObject({ row: 101, faults: [{ column: 'c1', cells: [2] }] });
});

it('says so where there is no such problem, and shows no cells to those who may not see them', async () => {
  await expect(rows('made up')).rejects.toMatchObject({ code: 'invalid_request' });
  const unseen = await listRows({ workspaceId: file.workspaceId, importId: file.id, rows: false }, { limit: 2 });
  expect(unseen.items.map(({ row, cells }) => [row, cells])).toEqual([
    [12, null],
    [13, null],
  ]);
});

it('still says what is wrong where the file is not kept any more', async () => {
  await rm(file.import.file_path);
  const { items } = await rows(notNumber);
  expect(items).toMatchObject([
    { row: 12, cells: null, faults: [{ column: 'amount' }] },
    { row: 45, cells: null },
  ]);
  expect(
    await listRejects({ workspaceId: file.workspaceId, importId: file.id, rows: true }, { limit: 1 }),
  ).toMatchObject({ items: [{ row: 12, raw: '2024-01-05,P1,1,n/a,first' }] });
});
