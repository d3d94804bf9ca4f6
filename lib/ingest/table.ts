import { headerRowsOf, isGroups, isHeader, isTyped, joinHeader, typedColumns } from './header';
import { guessRecord, mendRecord, respelt } from './mend';
import type { Dialect, FileRecord } from './records';

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
  /** The columns whose values are numbers or dates. */
  typed: number[];
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
const MOST_ABOVE = 20;
const MOST_TABLES = 50;
const totals = /^(grand |sub-?)?(totals?|sum|summe|gesamt(summe)?|insgesamt|totale|totaux|suma|totaal)\b/i;

const cellsOf = ({ fields }: FileRecord): string[] => fields.map((field) => field.trim());
// Asked of every row of a file: no new list.
const filled = ({ fields }: FileRecord): number => {
  let count = 0;
  for (const field of fields) if (field !== '' && field.trim() !== '') count += 1;
  return count;
};

/** A line that speaks of the table, and is none of its rows. */
export const isComment = ({ raw, fields }: FileRecord, width: number, header: readonly string[]): boolean =>
  raw.startsWith('#') &&
  width > 1 &&
  !header[0]?.startsWith('#') &&
  (cutTo(width, fields).length !== width || /^#(\s|$)/.test(raw));

/** Too few values for a row of the table: a title, a note. */
const isNote = (record: FileRecord, width: number): boolean =>
  width > 1 && filled(record) <= Math.max(1, Math.floor(width / 4)) && (width > 2 || sizeOf(record, width) < width);

const isWords = (cell = ''): boolean => cell.trim() === '' || (/\p{L}/u.test(cell) && !isTyped(cell.trim()));

/** A row below the table: a note, or a total of what stands above. `apart`: a blank row or another note stands before it. */
export function isFooter(record: FileRecord, { width, typed }: TableShape, apart: boolean): boolean {
  const { fields } = record;
  if (totals.test(fields.find((field) => field.trim() !== '')?.trim() ?? '')) return true;
  if (width < 2) return false;
  // Set apart, and no value is of the kind that its column has.
  if (apart && typed.length > 0 && fields.length <= width && typed.every((at) => isWords(fields[at]))) return true;
  const few =
    width === 2
      ? fields.length === 1
      : isNote(record, width) || (apart && fields.length < width && filled(record) <= width / 2);
  return few && !typed.some((at) => fields[at]?.trim() && isTyped(fields[at].trim()));
}

/** Fields of most records; wide ones tell more, as lines of text hold a delimiter here and there. */
function modeWidth(records: readonly FileRecord[]): number {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  const weight = ([width, count]: [number, number]): number => count * (width === 1 ? 0.3 : (width - 1) / width);
  let width = [...counts].sort((a, b) => weight(b) - weight(a) || b[0] - a[0])[0]?.[0] ?? 0;
  // A delimiter at the end of rows makes no column: it has neither a name nor a value.
  const wide = records.filter(({ fields }) => fields.length === width);
  while (width > 1 && wide.every(({ fields }) => fields[width - 1]!.trim() === '')) width -= 1;
  return width;
}

/** Fields of a record, without the empty ones behind the last column. */
const sizeOf = ({ fields }: FileRecord, width: number): number => cutTo(width, fields).length;

const isHeaderOf = (record: FileRecord, below: readonly FileRecord[], width: number): boolean =>
  isHeader(cellsOf(record), below.map(cellsOf), width);

/** Where the table begins among the records at the beginning of a file. */
function startOf(records: readonly FileRecord[], width: number): number {
  const whole = records.findIndex((record) => sizeOf(record, width) === width && !isNote(record, width));
  if (whole < 0) return 0;
  const below = belowTitles(records, width, whole);
  if (below > whole || whole === 0) return below;
  const before = records.slice(0, whole);
  // A title stands in the first cell; names of groups stand over the columns that they are of.
  const above = before.at(-1)!;
  const names = [above, records[whole]!].map(cellsOf) as [string[], string[]];
  if (names[0][0] === '' && filled(above) > 1 && isGroups(...names, width)) return whole - 1;
  if (before.every((record) => isNote(record, width))) return whole;
  // Another table, set apart by a blank row, or a title that holds delimiters; else a header that is not as wide as its rows.
  if (records[whole]!.row - before.at(-1)!.row > 1) return whole;
  if (isHeaderOf(records[whole]!, records.slice(whole + 1), width)) return whole;
  return before.findLastIndex((record) => isNote(record, width)) + 1;
}

/** Titles may be as wide as the table. They hold no values of the kinds that its columns have, and are set apart, or many. */
function belowTitles(records: readonly FileRecord[], width: number, from: number): number {
  const typed = typedColumns(records.slice(Math.floor(records.length / 2)).map(cellsOf), width);
  if (typed.length === 0) return from;
  const isRow = (record: FileRecord): boolean => typed.every((at) => isTyped(cellsOf(record)[at] ?? ''));
  const first = records.findIndex(isRow);
  if (first < 2 || first > MOST_ABOVE || first > records.length / 2) return from;
  const header = first - 1;
  if (header <= from || sizeOf(records[header]!, width) !== width || isNote(records[header]!, width)) return from;
  const [above, next] = [records[header - 1]!, records[header]!];
  const apart = next.row - above.row > 1 || above.fields.length < width;
  const many = header >= 3 && (typed.length > 1 || width === 2);
  return (apart || many) && isHeaderOf(next, records.slice(first), width) ? header : from;
}

/** A header of other names, below a blank row: values above and below are of kinds that it is none of. */
function beginsAnother(records: readonly FileRecord[], at: number, header: readonly string[], width: number): boolean {
  const next = records[at]!;
  const names = cellsOf(next);
  if (String(names) === String(header) || names.some(isTyped)) return false;
  const above = records.slice(Math.max(0, at - LOOKED_AT), at);
  const below = records.slice(at + 1, at + 1 + LOOKED_AT);
  const typed = [above, below].map((rows) => typedColumns(rows.map(cellsOf), width).length);
  return typed.every((count) => count > 0) && isHeaderOf(next, above, width);
}

/** The last row before another table, which begins with a header of its own. */
function endOf(records: readonly FileRecord[], header: readonly string[], width: number): number | undefined {
  const sizes = records.map((record) => sizeOf(record, width));
  // How many from each on are as wide as it: counted from the end, as files may be ragged throughout.
  const counts = new Map<number, number>();
  const alike = sizes.toReversed().map((size) => {
    counts.set(size, (counts.get(size) ?? 0) + 1);
    return counts.get(size)!;
  });
  alike.reverse();
  // Rows that are all apart are those of one table.
  let left = MOST_TABLES;
  for (let at = 1; at < records.length - 2; at += 1) {
    const other = sizes[at]!;
    if (other < 2 || isNote(records[at]!, other)) continue;
    if (other === width && records[at]!.row - records[at - 1]!.row < 2) continue;
    if (other === width && (left === 0 || !beginsAnother(records, at, header, width))) {
      left = Math.max(0, left - 1);
      continue;
    }
    const below = records.slice(at + 1, at + 1 + LOOKED_AT);
    if (alike[at]! >= Math.max(3, (records.length - at) * 0.8) && isHeaderOf(records[at]!, below, other))
      return records[at - 1]!.row;
  }
  return undefined;
}

/** A header may be written otherwise than its rows, and need not be sound to be read. */
function withOwnStyle(record: FileRecord, dialect: Dialect, width: number): FileRecord {
  const { fields, fault } = record;
  if (fault === null && fields.length > 1 && fields.length !== width) return record;
  const own =
    fields.length === width
      ? fault === null
        ? respelt(record, dialect)
        : (mendRecord(record, dialect, width) ?? fields)
      : width > 2
        ? mendRecord(record, dialect, width)
        : null;
  return own ? { ...record, fields: own, fault: null } : record;
}

/** Names with blanks between them above a table that has no other. */
function spacedHeader(
  record: FileRecord | undefined,
  dialect: Dialect,
  below: string[][],
  width: number,
): string[] | null {
  const fields = record?.fields.length === 1 ? guessRecord(record, dialect, width) : null;
  return fields && isHeader(fields, below, width) ? fields : null;
}

/** Of the records at the beginning of a file. A header or a first row that is given is taken as it is. */
export function findTable(
  found: readonly FileRecord[],
  dialect: Dialect,
  given: { firstRow?: number | undefined; headerRows?: number | undefined; whole?: boolean | undefined } = {},
): TableShape {
  const width = modeWidth(found.filter(({ fault }) => fault === null).slice(0, 2 * LOOKED_AT));
  const says = (record: FileRecord): boolean =>
    isComment(record, width, []) || (record.row === 1 && /^"?sep=."?$/i.test(record.raw));
  const told = given.whole || given.firstRow !== undefined ? found : found.filter((record) => !says(record));
  const records = told
    .map((record, at) => (at < MOST_ABOVE ? withOwnStyle(record, dialect, width) : record))
    .filter(({ fault }) => fault === null);
  const start =
    given.firstRow === undefined ? startOf(records, width) : records.findIndex(({ row }) => row >= given.firstRow!);
  let table = start < 0 ? [] : records.slice(start);
  if (table.length === 0) return { width: 0, firstRow: given.firstRow ?? 1, headerRows: 0, header: [], typed: [] };
  const rows = table.map(cellsOf);
  let headerRows = Math.min(given.headerRows ?? headerRowsOf(rows, width), table.length);
  const free = headerRows === 0 && given.headerRows === undefined && given.firstRow === undefined;
  const spaced = free ? spacedHeader(records[start - 1], dialect, rows, width) : null;
  if (spaced) {
    table = records.slice(start - 1);
    rows.unshift(spaced);
    headerRows = 1;
  }
  const first = headerRows === 1 ? rows[0]! : [];
  const lastRow = given.whole ? undefined : endOf(table.slice(headerRows), first, width);
  return {
    width,
    firstRow: table[0]!.row,
    headerRows,
    header: headerRows === 0 ? [] : cutTo(width, joinHeader(rows.slice(0, headerRows), width)),
    typed: typedColumns(rows.slice(headerRows), width),
    ...(lastRow !== undefined && { lastRow }),
    ...(given.whole && { whole: true }),
  };
}
