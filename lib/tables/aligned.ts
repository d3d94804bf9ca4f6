// Columns that stand one under the other, set apart by blanks alone, as reports and terminals print them.

/** How such a file is asked for, in place of a delimiter. */
export const ALIGNED = '  ';

/** Characters from and up to which every line of a table is blank. */
export type Gap = readonly [from: number, to: number];

const FEWEST = 3;
const LOOKED_AT = 200;
/** Characters. */
const NARROW = 2;
const apart = /\S {2,}\S/;

/** The fields of a line; the line as a whole where it runs across columns, as titles do. */
export function cutAligned(line: string, gaps: readonly Gap[]): string[] {
  const fields: string[] = [];
  let start = 0;
  for (const [from, to] of gaps) {
    const gap = line.slice(from, to);
    // The longest blank is what sets apart: a value may reach into the gap from either side.
    const longest = (gap.match(/ +/g) ?? []).reduce((one, run) => (run.length >= one.length ? run : one), '');
    if (longest === '' && line.length > from) return [line.trim()];
    const end = from + (longest === '' ? 0 : gap.lastIndexOf(longest));
    fields.push(line.slice(start, end).trim());
    start = end;
  }
  return [...fields, line.slice(start).trim()];
}

/** Where the columns of a text are set apart; null where it has none that stand one under the other. */
export function findGaps(text: string): Gap[] | null {
  const lines = text.split(/\r\n|\n|\r/).slice(0, LOOKED_AT);
  const told = lines.map((line) => apart.test(line.trimEnd()));
  const table = lines.slice(told.indexOf(true), told.lastIndexOf(true) + 1).filter((line) => line.trim() !== '');
  const ruled = ruledGaps(lines);
  if (ruled) return ruled;
  const spaced = told.filter(Boolean).length;
  if (table.length < FEWEST || spaced < table.length / 2 || text.includes('\t')) return null;
  const width = Math.max(...table.map((line) => line.trimEnd().length));
  const used = new Uint8Array(width);
  for (const line of table)
    for (let at = 0; at < line.length && at < width; at += 1) if (line[at] !== ' ') used[at] = 1;
  const gaps: Gap[] = [];
  for (let at = used.indexOf(1); at < width;) {
    const from = used.indexOf(0, at);
    if (from < 0) break;
    at = used.indexOf(1, from);
    if (at < 0) break;
    gaps.push([from, at]);
  }
  return named(withoutNames(gaps, table), lines[told.indexOf(true) - 1] ?? '', table);
}

const rule = /^\s*-+(?: +-+)+\s*$/;
const MOST_ABOVE = 25;
const MOST_GAPS = 200;
/** A line of dashes below the header says where the columns stand. */
function ruledGaps(lines: string[]): Gap[] | null {
  const line = lines.slice(1, MOST_ABOVE).find((one) => rule.test(one) && one.includes('--'));
  return line === undefined
    ? null
    : [...line.matchAll(/(?<=-) +(?=-)/g)].map((gap) => [gap.index, gap.index + gap[0].length]);
}

/** Words of a name stand one blank apart, above values that are below one of them. */
function withoutNames(gaps: Gap[], [header = '', ...rows]: string[]): Gap[] {
  let kept = gaps;
  // Among very many it takes long, and texts that hold them are no reports.
  for (let at = 0; at < kept.length && gaps.length < MOST_GAPS;) {
    const [from, to] = kept[at]!;
    const before = header.slice(0, to).trimEnd().length;
    const apart =
      to > from && before > 0 && header[before] === ' ' && header.slice(before + 1, before + 2).trim() !== '';
    const columns = rows.map((row) => cutAligned(row, kept));
    const isEmpty = (column: number): boolean => columns.every((fields) => (fields[column] ?? '') === '');
    if (apart && before <= to && (isEmpty(at) || isEmpty(at + 1))) kept = kept.filter((_, other) => other !== at);
    else at += 1;
  }
  return kept;
}

/** Numbers of rows need no name. */
const areCounted = (rows: string[], gaps: readonly Gap[]): boolean => {
  const numbers = rows.map((row) => cutAligned(row, gaps)[0]!);
  return numbers.length > 1 && numbers.every((number, at) => number === String(Number(numbers[0]) + at));
};

/**
 * Blanks inside of values may stand one under the other too, as between day and time: there, nothing is named on one side of
 * a narrow gap.
 */
function named(gaps: Gap[], before: string, [first = '', ...rows]: string[]): Gap[] | null {
  const names = (line: string): string[] => cutAligned(line, gaps);
  const whole = names(before).filter(Boolean).length > names(first).filter(Boolean).length ? before : first;
  let kept = gaps;
  for (;;) {
    const unnamed = cutAligned(whole, kept).findIndex((name, at) => name === '' && (at > 0 || !areCounted(rows, kept)));
    const beside = [kept[unnamed - 1], kept[unnamed]].filter((gap) => gap !== undefined);
    const narrow = beside.sort((a, b) => a[1] - a[0] - (b[1] - b[0]))[0];
    if (unnamed < 0 || narrow === undefined || narrow[1] - narrow[0] > NARROW) break;
    kept = kept.filter((gap) => gap !== narrow);
  }
  return kept.length > 0 ? kept : null;
}
