import { anyDateReader, isDateLike } from '@/lib/values/date';
import { parseExact } from '@/lib/values/number';

// Which rows at the top of a table name its columns: where the values below are of a kind, a name is not.

const LOOKED_AT = 100;
const MOST_HEADER_ROWS = 3;
/** What stands where a value is missing. */
const nothing = /^(n\/?a|null|nan|none|-+|\?+|\.)$/i;

const readDate = anyDateReader('dmy');
function isNumber(cell: string): boolean {
  const number = cell.replace(/(?<=\d)\s?%$/, '');
  return parseExact(number, '.') !== null || parseExact(number, ',') !== null;
}
export const isTyped = (cell: string): boolean => isNumber(cell) || isDateLike(readDate(cell));
/** What a column of numbers or dates may hold. */
export const isTypedOrNothing = (cell: string): boolean => cell === '' || nothing.test(cell) || isTyped(cell);
const isYear = (cell: string): boolean => /^(19|20)\d\d$/.test(cell);

/** The values of each column, without empty ones. */
const columnsOf = (rows: readonly string[][], width: number): string[][] =>
  Array.from({ length: width }, (_, at) =>
    rows
      .slice(0, LOOKED_AT)
      .map((row) => (row[at] ?? '').trim())
      .filter((cell) => cell !== '' && !nothing.test(cell)),
  );

const indexesOf = (columns: string[][], isOne: (cells: string[]) => boolean): number[] =>
  columns.flatMap((cells, at) => (cells.length > 0 && isOne(cells) ? [at] : []));

/** The columns whose values are numbers or dates. */
export const typedColumns = (rows: readonly string[][], width: number): number[] =>
  indexesOf(columnsOf(rows, width), (cells) => cells.filter(isTyped).length >= cells.length * 0.8);

/** How a text is built: "AB-1204" and "X-7" are alike. */
const build = (cell: string): string => cell.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '0');

/** What tells the values of a column from its name: they are all built alike, or of one length; null where nothing does. */
function likenessOf(cells: string[]): ((cell: string) => boolean) | null {
  if (cells.length < 3) return null;
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(build(cell), (counts.get(build(cell)) ?? 0) + 1);
  const [common, count] = [...counts].sort((a, b) => b[1] - a[1])[0]!;
  if (count >= cells.length * 0.8 && /[^a\s_.'"’-]/.test(common)) return (cell) => build(cell) === common;
  const { length } = cells[0]!;
  const isCode = (cell: string): boolean => cell.length === length && /\d/.test(cell);
  return length >= 10 && cells.every(isCode) ? isCode : null;
}

/** What tells that a cell is a value of each column: it is built as they are, or one of them stands beside others. */
export const valueTests = (rows: readonly string[][], width: number): ((cell: string) => boolean)[] =>
  columnsOf(
    rows.filter((row) => row.filter((cell) => cell.trim() !== '').length > 1),
    width,
  ).map((cells) => {
    const known = new Set(cells);
    const alike = likenessOf(cells);
    return (cell) => known.has(cell) || alike?.(cell) === true;
  });

/** Names that number their columns, from 0 or 1 on: texts stand below some of them, or the first one is that of no column. */
function numbers(cells: readonly string[], typed: number): boolean {
  const [first, ...rest] = cells[0] === '' ? cells.slice(1) : cells;
  if (rest.length < 2 || !/^[01]$/.test(first!)) return false;
  return rest.every((cell, at) => cell === String(+first! + at + 1)) && (typed < cells.length || first === '0');
}

/** A header names things: where the values below are numbers, dates or codes, it holds none; and no name comes again. */
export function isHeader(cells: readonly string[], below: readonly string[][], width: number): boolean {
  const years = cells.filter(isYear);
  const namesYears = years.length > 1 && new Set(years).size === years.length;
  const isValue = (cell: string): boolean => isTyped(cell) && !(namesYears && isYear(cell));
  const columns = columnsOf(below, width);
  const typed = typedColumns(below, width);
  if (cells.length === width && numbers(cells, typed.length)) return true;
  const given = columns.flatMap((values, at) => {
    const cell = cells[at] ?? '';
    const fits = typed.includes(at) ? isValue : likenessOf(values);
    if (cell === '' || !fits) return [];
    // A day names numbers below it: those of that day.
    return [fits(cell) && !(typed.includes(at) && isTyped(cell) && !isNumber(cell) && values.every(isNumber))];
  });
  if (given.length > 0) return given.filter(Boolean).length < given.length * 0.5;
  const named = cells.filter((cell) => cell !== '');
  const unlike = below.filter((row) => String(row) !== String(cells));
  if (below.length > 1 && unlike.length === 0) return false;
  const others = columnsOf(unlike, width);
  const again = cells.filter((cell, at) => cell !== '' && others[at]?.includes(cell)).length;
  return named.filter(isValue).length < Math.max(1, named.length * 0.3) && again < Math.max(1, named.length / 3);
}

/** Names in more than one row: a row of groups, each over the columns up to the next, or a row of units. */
export function joinHeader(rows: string[][], width: number): string[] {
  const spread = rows.map((row, level) => {
    if (level === rows.length - 1) return row;
    let group = '';
    return Array.from({ length: width }, (_, at) => (group = row[at] || group));
  });
  return Array.from({ length: Math.max(...rows.map(({ length }) => length)) }, (_, at) =>
    [
      ...new Set(
        spread.map((row) => row[at] ?? '').filter((name, level) => name !== '' && (level < 1 || !/^-+$/.test(name))),
      ),
    ].join(' '),
  );
}

/** Names of groups, each over some columns or said again for each of them, above the names of all columns. */
export function isGroups(groups: readonly string[], names: readonly string[], width: number): boolean {
  const named = names.filter((name) => name !== '' && (!isTyped(name) || isYear(name))).length;
  if (width < 4 || named !== width) return false;
  const begun = groups.filter((cell, at) => cell !== '' && cell !== groups[at - 1]);
  const again = begun.length < groups.filter((cell) => cell !== '').length;
  const told = new Set(names.map((name, at) => `${groups[at]}\n${name}`));
  if (again && (new Set(begun).size < begun.length || begun.some(isTyped) || told.size < width)) return false;
  return begun.length <= width * 0.67;
}

/** Names that stand a row lower than others, below groups and where these have none: together they name all columns. */
export function areLower(names: readonly string[], lower: readonly string[], width: number): boolean {
  const columns = Array.from({ length: width }, (_, at) => at);
  const isGroup = (at: number): boolean => names[at + 1] === '' && !!lower[at + 1];
  return (
    names[0] !== '' &&
    lower.some((name, at) => name !== '' && names[at] === '') &&
    columns.every((at) => (names[at] || lower[at]) && (!names[at] || !lower[at] || isGroup(at))) &&
    lower.every((name) => !isTyped(name))
  );
}

const bracketed = /^(?:\(.*\)|\[.*\])$/;
/** Units below names: each in brackets. */
const areUnits = (cells: readonly string[]): boolean => {
  const given = cells.filter((cell) => cell !== '');
  return given.length > 1 && given.every((cell) => bracketed.test(cell) && !isTyped(cell));
};

const isName = (cell = ''): boolean => /^[^'"]/.test(cell) && !nothing.test(cell);
/** The columns whose values are of a kind, and what tells a value of it. */
const kindsOf = (rows: readonly string[][], width: number): { at: number; fits: (cell: string) => boolean }[] => {
  const typed = typedColumns(rows, width);
  return columnsOf(rows, width).flatMap((cells, at) => {
    const fits = typed.includes(at) ? isTyped : likenessOf(cells);
    return fits ? [{ at, fits }] : [];
  });
};

export function headerRowsOf(rows: readonly string[][], width: number): number {
  const first = rows[0]!;
  if (!isHeader(first, rows.slice(1), width)) return 0;
  if (rows.length > 3 && isGroups(first, rows[1]!, width) && isHeader(rows[1]!, rows.slice(2), width)) return 2;
  if (rows.length > 3 && areLower(first, rows[1]!, width) && typedColumns(rows.slice(2), width).length > 0) return 2;
  let count = 1;
  for (; count < MOST_HEADER_ROWS && rows.length > count + 2; count += 1) {
    const next = rows[count]!;
    if (String(next) === String(first)) continue;
    if (areUnits(next)) continue;
    if (next.length !== width || next.some((cell) => isTyped(cell) && !isYear(cell))) break;
    const kinds = kindsOf(rows.slice(count + 1), width);
    // Of units, some may be none: a dash.
    const named = kinds.filter(({ at }) => isName(next[at])).length;
    const alien = kinds.every(({ at, fits }) => (isName(next[at]) || /^-+$/.test(next[at]!)) && !fits(next[at]!));
    if (named < 2 || named < kinds.length / 2 || !alien) break;
  }
  return count;
}

/** A column that is named for counting its rows. */
const counted = /^\W*(?:id|no|nr|num|number|index|row|line|key|pos|position)\b|id$/i;
/** Names that lack one for the numbers of the rows, which stand before all others: the first column has none then. */
export function besideRowNumbers(header: string[], rows: readonly string[][]): string[] {
  const numbers = rows.slice(0, LOOKED_AT).map(([first = '']) => (/^\d{1,6}$/.test(first) ? +first : NaN));
  const [start = NaN] = numbers;
  // Notes and other tables may stand below.
  const end = numbers.findIndex((number, at) => number !== start + at);
  const counts = start < 2 && (end < 0 ? numbers.length : end) > Math.max(1, numbers.length * 0.6);
  return counts && !counted.test(header[0] ?? '') ? ['', ...header] : header;
}
