import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Source } from '@/lib/contract/reading';
import { Cursor, KIND, recordsOf, type BiffRecord } from './biff';
import { ROWS_LOOKED_AT, writeSheet } from './choose-sheet';
import { CompoundFile, damagedBook } from './compound';
import { showerOf, type Show } from './excel-cells';
import { limitColumns } from './limits';
import { saveAs } from './recognise';
import { SheetRows } from './sheet-rows';
import type { CsvFile } from './write-csv';
import { cellsIn, type XlsCell } from './xls-cells';

const MOST_SHARED = 200_000_000;
/** Cells that are held to be put in order: some programs write them column by column. */
const MOST_HELD = 500_000;

/** Writes a sheet of an old Excel workbook as CSV, chosen as that of other workbooks. */
export async function readXls(
  path: string,
  wanted: string | undefined,
  csv: CsvFile,
): Promise<Pick<Source, 'sheets' | 'sheet' | 'hidden' | 'named'>> {
  const file = await CompoundFile.open(path);
  try {
    if (file.has('EncryptedPackage')) throw locked();
    if (!file.has('Workbook') && file.has('Book')) throw saveAs('a workbook of Excel 95 or older');
    if (!file.has('Workbook'))
      throw new ApiError('unsupported_type', 'The file is of an old Office program and no workbook; send a table.');
    const { sheets, strings, styles } = await readGlobals(file);
    const book = { strings, styles };
    return await writeSheet(
      sheets.map(({ from, ...sheet }) => ({
        ...sheet,
        weigh: () => weigh(file, from, book),
        write: () => writeRows(file, from, book, csv),
      })),
      wanted,
    );
  } finally {
    await file.close();
  }
}

const locked = (): ApiError =>
  new ApiError('unprocessable', 'The workbook is protected by a password; save it without.');

interface Globals {
  sheets: { name: string; hidden: boolean; from: number }[];
  strings: string[];
  styles: Show[];
}

async function readGlobals(file: CompoundFile): Promise<Globals> {
  const sheets: Globals['sheets'] = [];
  const formats = new Map<number, string>();
  const used: number[] = [];
  let strings: string[] = [];
  let from1904 = false;
  let begun = false;
  const read = ({ kind, parts }: BiffRecord): 'end' | void => {
    const cursor = new Cursor(parts);
    if (kind === KIND.begin && !begun) {
      if (cursor.u16() !== 0x600) throw saveAs('a workbook of Excel 95 or older');
      begun = true;
    } else if (kind === KIND.password) throw locked();
    else if (kind === KIND.date1904) from1904 = cursor.u16() === 1;
    else if (kind === KIND.format) formats.set(cursor.u16(), cursor.text(cursor.u16()));
    else if (kind === KIND.style) {
      cursor.u16();
      used.push(cursor.u16());
    } else if (kind === KIND.sheet) {
      const from = cursor.u32();
      const [state, type] = [cursor.byte(), cursor.byte()];
      if (type === 0) sheets.push({ from, hidden: (state & 3) > 0, name: cursor.text(cursor.byte()) });
    } else if (kind === KIND.texts) strings = readStrings(cursor);
    return kind === KIND.end ? 'end' : undefined;
  };
  for await (const records of recordsOf(file))
    if (records.some((record) => read(record) === 'end'))
      return { sheets, strings, styles: used.map((id) => showerOf(id, formats.get(id), from1904)) };
  throw damagedBook('its list of sheets has no end');
}

/** The texts that cells share. They are kept in memory, once each. */
function readStrings(cursor: Cursor): string[] {
  cursor.u32();
  const count = cursor.u32();
  const strings: string[] = [];
  let size = 0;
  while (strings.length < count) {
    const text = cursor.text(cursor.u16());
    strings.push(text);
    size += text.length;
    if (size > MOST_SHARED)
      throw new ApiError('too_large', 'The workbook holds more text than can be kept in mind; save the sheet as CSV.');
  }
  return strings;
}

type Book = Pick<Globals, 'strings' | 'styles'>;

async function weigh(file: CompoundFile, from: number, book: Book): Promise<number> {
  const rows = new Set<number>();
  let cells = 0;
  for await (const found of cellsIn(recordsOf(file, from), book)) {
    for (const { row, text } of found) {
      if (text === '') continue;
      rows.add(row);
      cells += 1;
    }
    if (rows.size >= ROWS_LOOKED_AT) break;
  }
  return cells - rows.size;
}

async function writeRows(file: CompoundFile, from: number, book: Book, csv: CsvFile): Promise<boolean> {
  const rows = new SheetRows(csv);
  const held = new Map<number, string[]>();
  let count = 0;
  let written = -1;
  /** Writes rows as they follow one another, until so many cells are left. */
  const drain = async (most: number): Promise<void> => {
    for (const row of [...held.keys()].sort((a, b) => a - b)) {
      if (count <= most) break;
      const cells = held.get(row)!;
      held.delete(row);
      count -= cells.length;
      rows.push(row + 1, cells);
      written = row;
      await csv.flush();
    }
  };
  const take = ({ row, column, text }: XlsCell): void => {
    if (text === '') return;
    if (row <= written)
      throw new ApiError(
        'unprocessable',
        `Row ${row + 1} of the sheet does not stand where it belongs in the file; save the workbook as .xlsx.`,
      );
    limitColumns(column + 1);
    let cells = held.get(row);
    if (!cells) held.set(row, (cells = []));
    count += Math.max(0, column + 1 - cells.length);
    while (cells.length <= column) cells.push('');
    cells[column] = text;
  };
  for await (const found of cellsIn(recordsOf(file, from), book)) {
    for (const cell of found) take(cell);
    if (count > MOST_HELD) await drain(MOST_HELD / 2);
  }
  await drain(-1);
  return rows.end();
}
