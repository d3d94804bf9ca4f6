import type { FileRecord } from './record';

// Tables drawn with lines: Markdown, what psql and mysql print, frames of box characters.

/** How such a file is asked for, in place of a delimiter. */
export const BOXED = '+-+';

const LOOKED_AT = 200;
/** Lines. */
const MOST_ABOVE = 25;
const upright = /[|│┃║]/g;
const rule = /^[\s|+:=\-│┃║─━═┼╋╬├┤┠┨┣┫╟╢╠╣┬┴┯┷┳┻╤╧╦╩╪╫┌┐└┘┏┓┗┛╔╗╚╝]*(?:[-=]{2}|[─━═])[\s|+:=\-│┃║─-╬]*$/;
const tight = /^\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*$/;

/** A line that is drawn between rows. */
const isRuled = (line: string): boolean => rule.test(line) || tight.test(line);

/** The cells of a line; null where it is drawn. */
export function cutBoxed(line: string): string[] | null {
  if (isRuled(line)) return null;
  const bare = line.trim();
  const sign = /[│┃║]/.exec(bare)?.[0] ?? '|';
  const cells = bare.split(sign === '|' ? /(?<!\\)\|/ : sign).map((cell) => cell.trim().replaceAll('\\|', '|'));
  if (cells.length > 1 && bare.startsWith(sign)) cells.shift();
  if (cells.length > 1 && bare.endsWith(sign)) cells.pop();
  return cells;
}

const countOf = (line: string): number => line.replaceAll('\\|', '').match(upright)?.length ?? 0;
const framed = /^\s*[|│┃║].*[|│┃║]\s*$/;

/** The table of a text is drawn: a line stands below its header, or around each row. */
export function isBoxed(text: string): boolean {
  const lines = text
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, LOOKED_AT);
  const rows = lines.filter((line) => !isRuled(line) && countOf(line) > 0);
  if (rows.length < 2 || rows.length < lines.length / 3) return false;
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(countOf(row), (counts.get(countOf(row)) ?? 0) + 1);
  if (Math.max(...counts.values()) < rows.length * 0.7) return false;
  // A row or two may be written otherwise.
  const inside = rows.filter((row) => framed.test(row));
  const most = inside.length > 3 ? Math.min(rows.length * 0.95, rows.length - 1) : rows.length;
  if (inside.length >= most) return inside.every((row) => countOf(row) > 2) || lines.some(isRuled);
  return lines.some((line, at) => at < MOST_ABOVE && at > 0 && isRuled(line) && countOf(lines[at - 1]!) > 0);
}

const dashes = /^\s*[-=]+\s*$/;
/** A row that is drawn below a header, whatever its delimiter. */
export const isDrawn = ({ fields }: FileRecord): boolean =>
  fields.length > 1
    ? fields.every((field) => dashes.test(field)) && fields.some((field) => /--|==/.test(field))
    : /^\s*[-=]{3,}\s*$/.test(fields[0] ?? '');
