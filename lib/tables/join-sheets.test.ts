import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBack } from '@/lib/formats/tables.fixture';
import { workbook } from '@/lib/formats/workbook.fixture';
import { keepPlainText, plainTextOf } from './join-sheets';

const header = ['day', 'store', 'amount'];
const month = (name: string, count: number): string[][] =>
  Array.from({ length: count }, (_, at) => [`2024-${name}-${at + 10}`, `S${at % 3}`, `${at}.5`]);
const title = (name: string): string[] => [`Sales of ${name}`];
const sheets = {
  About: [['Kept by hand'], ['See the months']],
  January: [title('January'), header, ...month('01', 5), ['Total', '', '10']],
  February: [header, ...month('02', 3)],
  Stores: [['store', 'town'], ...Array.from({ length: 3 }, (_, at) => [`S${at}`, 'Lund'])],
  Empty: [],
  March: [title('March'), title('all stores'), ['Day', 'STORE', 'amount'], ...month('03', 4)],
  Old: [header, ...month('04', 4)],
};
const book = (): Promise<Buffer> => workbook({ sheets, hidden: ['Old'] });
const of = (sheet: string, rows: string[][]): string[][] => rows.map((row) => [...row, sheet]);

describe('sheets of one header, read as one,', () => {
  let folder = '';
  let path = '';
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'brandlens-sheets-'));
    path = join(folder, randomUUID());
    writeFileSync(path, await book());
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('come one below the other, without titles, totals and what is hidden, and are counted by sheet', async () => {
    const { table, source } = await readBack(await book(), { sheets: 'alike' });
    expect(table).toEqual([
      [...header, 'Sheet'],
      ...of('January', month('01', 5)),
      ...of('February', month('02', 3)),
      ...of('March', month('03', 4)),
    ]);
    expect(source?.joined).toEqual([
      { sheet: 'January', rows: 5, left: 1 },
      { sheet: 'February', rows: 3, left: 0 },
      { sheet: 'March', rows: 4, left: 0 },
    ]);
  });
  it('are those alike to the one that is named', async () => {
    const { table } = await readBack(await book(), { sheets: 'alike', sheet: 'Stores' });
    expect(table).toEqual([['store', 'town', 'Sheet'], ...of('Stores', sheets.Stores.slice(1))]);
  });
  it('leave one text behind, which is made anew where it is gone', async () => {
    const made = await plainTextOf(path, { sheets: 'alike' });
    expect(readdirSync(folder)).toHaveLength(2);
    const text = readFileSync(made.path, 'utf8');
    rmSync(made.path);
    await keepPlainText(path, made.source);
    expect(readFileSync(made.path, 'utf8')).toBe(text);
  });
  it('are refused where there is one table alone, or no header', async () => {
    await expect(readBack('a,b\n1,2\n', { sheets: 'alike' })).rejects.toThrow('a single table');
    const bare = await workbook({ sheets: { A: month('01', 4), B: month('02', 4) } });
    await expect(readBack(bare, { sheets: 'alike' })).rejects.toThrow('The sheet "A" has no header');
  });
});
