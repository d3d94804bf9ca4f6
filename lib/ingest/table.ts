import { NOT_A_DATE, anyDateReader } from './date';
import { parseExact } from './number';
import type { FileRecord } from './records';

// Where in a file its table stands: below titles and notes, above totals and footnotes, apart from other tables.

export interface TableShape {
  /** Fields of most rows. */
  width: number;
  /** The row that the table begins with, its header included; 1 is the first of the file. */
  firstRow: number;
  /** Rows of column names; 0: the columns have none. */
  headerRows: number;
  /** The last row of the table, where another table follows. */
  lastRow?: number | undefined;
  /** What the header says, its rows joined; empty without one. */
  header: string[];
  /** Nothing stands above or below the table: no row of it is taken for a note or a total. */
  whole?: boolean | undefined;
}

/** A row without the empty fields behind its last column. */
export function cutTo(width: number, fields: string[]): string[] {
  let end = fields.length;
  while (end > width && fields[end - 1]!.trim() === '') end -= 1;
  return end === fields.length ? fields : fields.slice(0, end);
}

const LOOKED_AT = 100;
const MOST_HEADER_ROWS = 3;
const nothing = /^(n\/?a|null|nan|none|-+|\?+|\.)$/i;
const totals = /^(grand |sub-?)?(totals?|sum|summe|gesamt(summe)?|insgesamt|totale|totaux|suma|totaal)\b/i;

const readDate = anyDateReader('dmy');
function isTyped(cell: string): boolean {
  const number = cell.replace(/(?<=\d)\s?%$/, '');
  return parseExact(number, '.') !== null || parseExact(number, ',') !== null || readDate(cell) !== NOT_A_DATE;
}
const isYear = (cell: string): boolean => /^(19|20)\d\d$/.test(cell);
const cellsOf = ({ fields }: FileRecord): string[] => fields.map((field) => field.trim());
const filled = (record: FileRecord): number => cellsOf(record).filter((cell) => cell !== '').length;

/** Too few values for a row of the table: a title, a note. */
const isNote = (record: FileRecord, width: number): boolean =>
  width > 1 && filled(record) <= Math.max(1, Math.floor(width / 4)) && (width > 2 || sizeOf(record, width) < width);

/** A row below the table: a note, or a total of what stands above. */
export const isFooter = (record: FileRecord, width: number): boolean =>
  (width > 2 && isNote(record, width)) || totals.test(cellsOf(record).find((cell) => cell !== '') ?? '');

function modeWidth(records: readonly FileRecord[]): number {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  let width = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
  // A delimiter at the end of rows makes no column: it has neither a name nor a value.
  const wide = records.filter(({ fields }) => fields.length === width);
  while (width > 1 && wide.every(({ fields }) => fields[width - 1]!.trim() === '')) width -= 1;
  return width;
}

/** Fields of a record, without the empty ones behind the last column. */
const sizeOf = ({ fields }: FileRecord, width: number): number => cutTo(width, fields).length;

/** The columns whose values are numbers or dates. */
function typedColumns(records: readonly FileRecord[], width: number): number[] {
  const rows = records.slice(0, LOOKED_AT).map(cellsOf);
  return Array.from({ length: width }, (_, at) => at).filter((at) => {
    const cells = rows.map((row) => row[at] ?? '').filter((cell) => cell !== '' && !nothing.test(cell));
    return cells.length > 0 && cells.filter(isTyped).length >= cells.length * 0.8;
  });
}

/** A header names things: where the values below are numbers and dates, it holds none. */
function isHeader(record: FileRecord, below: readonly FileRecord[], width: number): boolean {
  const cells = cellsOf(record);
  const typed = typedColumns(below, width).filter((at) => (cells[at] ?? '') !== '');
  const years = cells.filter(isYear);
  const namesYears = years.length > 1 && new Set(years).size === years.length;
  const isValue = (cell: string): boolean => isTyped(cell) && !(namesYears && isYear(cell));
  if (typed.length > 0) return typed.filter((at) => isValue(cells[at]!)).length < typed.length * 0.5;
  const given = cells.filter((cell) => cell !== '');
  return given.filter(isValue).length < Math.max(1, given.length * 0.3);
}

/** Names in more than one row: a row of groups, each over the columns up to the next, or a row of units. */
function joinHeader(rows: string[][], width: number): string[] {
  const spread = rows.map((row, level) => {
    if (level === rows.length - 1) return row;
    let group = '';
    return Array.from({ length: width }, (_, at) => (group = row[at] || group));
  });
  return Array.from({ length: Math.max(...rows.map(({ length }) => length)) }, (_, at) =>
    [...new Set(spread.map((row) => row[at] ?? '').filter((name) => name !== ''))].join(' '),
  );
}

function headerRowsOf(records: readonly FileRecord[], width: number): number {
  const first = records[0]!;
  if (!isHeader(first, records.slice(1), width)) return 0;
  let count = 1;
  for (; count < MOST_HEADER_ROWS && records.length > count + 2; count += 1) {
    const next = records[count]!;
    if (String(next.fields) === String(first.fields)) continue;
    const typed = typedColumns(records.slice(count + 1), width);
    const cells = cellsOf(next);
    const isName = (cell = ''): boolean => /^[^'"]/.test(cell) && !isTyped(cell) && !nothing.test(cell);
    const named = typed.filter((at) => isName(cells[at]));
    if (typed.length < 2 || named.length < typed.length) break;
  }
  return count;
}

/** Where the table begins among the records at the beginning of a file. */
function startOf(records: readonly FileRecord[], width: number): number {
  const whole = records.findIndex((record) => sizeOf(record, width) === width && !isNote(record, width));
  if (whole <= 0) return 0;
  const before = records.slice(0, whole);
  if (before.every((record) => isNote(record, width))) return whole;
  // Another table, set apart by a blank row, or a title that holds delimiters; else a header that is not as wide as its rows.
  if (records[whole]!.row - before.at(-1)!.row > 1) return whole;
  if (isHeader(records[whole]!, records.slice(whole + 1), width)) return whole;
  return before.findLastIndex((record) => isNote(record, width)) + 1;
}

/** The last row before another table of another width, which begins with a header of its own. */
function endOf(records: readonly FileRecord[], width: number): number | undefined {
  for (let at = 1; at < records.length - 2; at += 1) {
    const other = sizeOf(records[at]!, width);
    if (other === width || other < 2 || isNote(records[at]!, other)) continue;
    const rest = records.slice(at);
    const alike = rest.filter((record) => sizeOf(record, width) === other).length;
    if (alike >= Math.max(3, rest.length * 0.8) && isHeader(rest[0]!, rest.slice(1), other))
      return records[at - 1]!.row;
  }
  return undefined;
}

/** Of the records at the beginning of a file. A header or a first row that is given is taken as it is. */
export function findTable(
  records: readonly FileRecord[],
  given: { firstRow?: number | undefined; headerRows?: number | undefined; whole?: boolean | undefined } = {},
): TableShape {
  const width = modeWidth(records.slice(0, 2 * LOOKED_AT));
  const start =
    given.firstRow === undefined ? startOf(records, width) : records.findIndex(({ row }) => row >= given.firstRow!);
  const table = start < 0 ? [] : records.slice(start);
  if (table.length === 0) return { width: 0, firstRow: given.firstRow ?? 1, headerRows: 0, header: [] };
  const headerRows = Math.min(given.headerRows ?? headerRowsOf(table, width), table.length);
  const lastRow = given.whole ? undefined : endOf(table.slice(headerRows), width);
  return {
    width,
    firstRow: table[0]!.row,
    headerRows,
    header: headerRows === 0 ? [] : cutTo(width, joinHeader(table.slice(0, headerRows).map(cellsOf), width)),
    ...(lastRow !== undefined && { lastRow }),
    ...(given.whole && { whole: true }),
  };
}
