import { isDrawn } from './boxed';
import {
  besideRowNumbers,
  headerRowsOf,
  isGroups,
  isHeader,
  isTyped,
  joinHeader,
  typedColumns,
  valueTests,
} from './header';
import { cellsOf, cutTo, endsQuoted, filled, isComment, isNote, isTotal, sizeOf } from './notes';
import { commentedHeader, spacedHeader, withOwnStyle } from './odd-header';
import type { Dialect, FileRecord } from './record';
import type { TableShape } from './shape';
import type { Reading } from '@/lib/contract/reading';

// Where in a file its table stands: below titles and notes, above totals and footnotes, apart from other tables.

const LOOKED_AT = 100;
const MOST_ABOVE = 20;
const MOST_TABLES = 50;
/** Records of a table that a wider one does not outweigh. */
const FEWEST = 5;
/** Fields of most records; wide ones tell more, as lines of text hold a delimiter here and there. */
function modeWidth(records: readonly FileRecord[]): number {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  const weight = ([width, count]: [number, number]): number => count * (width === 1 ? 0.3 : (width - 1) / width);
  let width = [...counts].sort((a, b) => weight(b) - weight(a) || b[0] - a[0])[0]?.[0] ?? 0;
  // A delimiter at the end of rows makes no column: it has neither a name nor a value.
  const wide = records.filter(({ fields }) => fields.length === width);
  if (!wide.some(endsQuoted))
    while (width > 1 && wide.every(({ fields }) => fields[width - 1]!.trim() === '')) width -= 1;
  return width;
}

const isHeaderOf = (record: FileRecord, below: readonly FileRecord[], width: number): boolean =>
  isHeader(cellsOf(record), below.map(cellsOf), width);

/** Where the table begins among the records at the beginning of a file. */
function startOf(records: readonly FileRecord[], width: number): number {
  const whole = records.findIndex((record) => sizeOf(record, width) === width && !isNote(record, width));
  if (whole < 0) return 0;
  const below = belowTitles(records, width, whole);
  if (below > whole) return below;
  const [top, next, ...rows] = records;
  // A total may stand above the names, too.
  if (whole === 0 && next && isTotal(top!.fields[0]!.trim()) && isHeaderOf(next, rows, width)) return 1;
  if (whole === 0) return belowLone(records, width);
  const before = records.slice(0, whole);
  // A title stands in the first cell; names of groups stand over the columns that they are of.
  const above = before.at(-1)!;
  const names = [above, records[whole]!].map(cellsOf) as [string[], string[]];
  if (names[0][0] === '' && isGroups(...names, width)) return whole - 1;
  if (before.every((record) => isNote(record, width))) return whole;
  // Another table, set apart by a blank row, or a title that holds delimiters; else a header that is not as wide as its rows.
  if (records[whole]!.row - before.at(-1)!.row > 1) return whole;
  if (isHeaderOf(records[whole]!, records.slice(whole + 1), width)) return whole;
  // Its first rows may hold few values.
  const header = before.findIndex((record) => !isNote(record, width));
  const sparse = before.slice(header + 1);
  if (sparse.length > 0 && sparse.every((record) => sizeOf(record, width) === width))
    if (isHeaderOf(before[header]!, records.slice(header + 1), width)) return header;
  return before.findLastIndex((record) => isNote(record, width)) + 1;
}

/** Titles of one value, though all delimiters stand behind them, above the names of two columns. */
function belowLone(records: readonly FileRecord[], width: number): number {
  const isLone = (record: FileRecord): boolean => filled(record) === 1 && cellsOf(record)[0] !== '';
  const header = records.slice(0, MOST_ABOVE).findIndex((record) => !isLone(record));
  if (width !== 2 || header < 1) return 0;
  const below = records.slice(header + 1, header + 1 + LOOKED_AT);
  const typed = typedColumns(below.map(cellsOf), width).length > 0;
  const isTitle = typed || records.slice(0, header).every((record) => cellsOf(record)[0]!.includes(' '));
  return isTitle && below.length > 1 && isHeaderOf(records[header]!, below, width) ? header : 0;
}

/** Titles may be as wide as the table. They hold no values of the kinds that its columns have, and are set apart, or many. */
function belowTitles(records: readonly FileRecord[], width: number, from: number): number {
  const typed = typedColumns(records.slice(Math.floor(records.length / 2)).map(cellsOf), width);
  if (typed.length === 0) return belowLines(records, width) ?? from;
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

/** Lines of many widths, set apart by a blank row from rows that are all as wide as the table. */
function belowLines(records: readonly FileRecord[], width: number): number | null {
  const isFull = (record: FileRecord): boolean => sizeOf(record, width) === width;
  const start = records.slice(0, MOST_ABOVE).findLastIndex(({ row }, at) => at > 1 && row - records[at - 1]!.row > 1);
  const rows = records.slice(start);
  if (start < 2 || rows.length < Math.max(FEWEST, start) || !rows.every(isFull)) return null;
  const full = records.slice(0, start).filter(isFull).length;
  return full < start / 2 && isHeaderOf(rows[0]!, rows.slice(1), width) ? start : null;
}

/** A header of other names, below a blank row: values above and below are of kinds that it is none of, or of others. */
function beginsAnother(records: readonly FileRecord[], at: number, header: readonly string[], width: number): boolean {
  const next = records[at]!;
  const names = cellsOf(next);
  if (String(names) === String(header) || names.some(isTyped)) return false;
  const above = records.slice(Math.max(0, at - LOOKED_AT), at);
  const below = records.slice(at + 1, at + 1 + LOOKED_AT);
  const [before = [], after = []] = [above, below].map((rows) => typedColumns(rows.map(cellsOf), width));
  if (before.length > 0 && after.length > 0 && isHeaderOf(next, above, width)) return true;
  return (
    above.length > 2 &&
    below.length > 2 &&
    after.some((column) => !before.includes(column)) &&
    isHeaderOf(next, below, width)
  );
}

/** Where the titles begin that stand right above a record. */
function belowTitle(records: readonly FileRecord[], at: number, width: number): number {
  let from = at;
  while (from > 1 && isNote(records[from - 1]!, width) && records[from]!.row - records[from - 1]!.row < 2) from -= 1;
  return from;
}

/** The records from one on up to a blank row. */
function blockFrom(records: readonly FileRecord[], from: number): readonly FileRecord[] {
  let end = from + 1;
  while (end < records.length && records[end]!.row - records[end - 1]!.row < 2) end += 1;
  return records.slice(from, end);
}

/** The width of the table that a file begins with, where wider ones below it are not much longer. */
function firstWidth(records: readonly FileRecord[], width: number): number {
  const start = records.findIndex(({ fields }) => fields.length > 1);
  if (start < 0) return width;
  const own = records[start]!.fields.length;
  const end = records.findIndex(({ fields }, at) => at > start && fields.length !== own);
  const block = records.slice(start, end < 0 ? undefined : end);
  const others = records.filter(({ fields }) => fields.length === width).length;
  // Rows that lack a last value are of the same table: below another, only its own follow.
  const apart = end > 0 && records.slice(end).every(({ fields }) => fields.length > own);
  const isTable = own < width && block.length >= FEWEST && block.length * 2 > others;
  const sound = isTable && (apart || blockFrom(records, start).length === block.length);
  return sound && isHeaderOf(block[0]!, block.slice(1, LOOKED_AT), own) ? own : width;
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
    const from = belowTitle(records, at, width);
    if (other === width && records[from]!.row - records[from - 1]!.row < 2) continue;
    if (other === width && (left === 0 || !beginsAnother(records, at, header, width))) {
      left = Math.max(0, left - 1);
      continue;
    }
    const below = records.slice(at + 1, at + 1 + LOOKED_AT);
    // A block of its own between blank rows, however many of them follow.
    const block = blockFrom(records, at);
    const apart = records[from]!.row - records[from - 1]!.row > 1 && other !== width;
    if (apart && block.length > 2 && block.every((record) => sizeOf(record, other) === other))
      if (isHeaderOf(records[at]!, block.slice(1), other)) return records[from - 1]!.row;
    if (alike[at]! >= Math.max(3, (records.length - at) * 0.8) && isHeaderOf(records[at]!, below, other))
      return records[from - 1]!.row;
  }
  return undefined;
}

type Given = Pick<Reading, 'firstRow' | 'headerRows' | 'lastRow'> & { whole?: boolean | undefined };

/** Of the records at the beginning of a file. A header or a first row that is given is taken as it is. */
export function findTable(found: readonly FileRecord[], dialect: Dialect, given: Given = {}): TableShape {
  const sound = found.filter(({ fault }) => fault === null).slice(0, 2 * LOOKED_AT);
  const width = firstWidth(sound, modeWidth(sound));
  const says = (record: FileRecord): boolean =>
    isComment(record, width, []) || (record.row === 1 && /^"?sep=."?$/i.test(record.raw));
  const drawn = given.whole ? found : found.filter((record) => !isDrawn(record));
  const told = given.whole || given.firstRow !== undefined ? drawn : drawn.filter((record) => !says(record));
  const records = told
    .map((record, at) => (at < MOST_ABOVE ? withOwnStyle(record, dialect, width) : record))
    .filter(({ fault }) => fault === null);
  const start =
    given.firstRow === undefined ? startOf(records, width) : records.findIndex(({ row }) => row >= given.firstRow!);
  let table = start < 0 ? [] : records.slice(start);
  if (table.length === 0)
    return { width: 0, firstRow: given.firstRow ?? 1, headerRows: 0, header: [], typed: [], isValue: [] };
  const rows = table.map(cellsOf);
  // Other tables may stand below, whose headers hold the same names.
  const block = blockFrom(table, 0).length;
  const own = block > FEWEST ? rows.slice(0, block) : rows;
  let headerRows = Math.min(given.headerRows ?? headerRowsOf(own, width), table.length);
  const free = headerRows === 0 && given.headerRows === undefined && given.firstRow === undefined;
  const before = free ? told.findLast(({ row }) => row < table[0]!.row) : undefined;
  const spaced = spacedHeader(before, dialect, rows, width);
  const above = spaced
    ? { ...before!, fields: spaced }
    : free
      ? commentedHeader(found, table[0]!.row, dialect, rows, width)
      : null;
  if (above) {
    table = [above, ...table];
    rows.unshift(above.fields);
    headerRows = 1;
  }
  const first = headerRows === 1 ? rows[0]! : [];
  const lastRow = given.lastRow ?? (given.whole ? undefined : endOf(table.slice(headerRows), first, width));
  const names = headerRows === 0 ? [] : cutTo(width, joinHeader(rows.slice(0, headerRows), width));
  return {
    width,
    firstRow: table[0]!.row,
    headerRows,
    header: headerRows > 0 && names.length === width - 1 ? besideRowNumbers(names, rows.slice(headerRows)) : names,
    typed: typedColumns(rows.slice(headerRows), width),
    isValue: valueTests(rows.slice(headerRows), width),
    ...(lastRow !== undefined && { lastRow }),
    ...(given.whole && { whole: true }),
  };
}
