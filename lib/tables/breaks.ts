// Where records end: at line breaks of any kind, or at other signs that stand in their place.

/** CR CR LF, which some programs write for a single break. */
export const LONGEST_BREAK = 3;

/** Where the text goes on behind the break that stands here. */
export function afterBreak(text: string, at: number): number {
  if (text[at] !== '\r') return at + 1;
  if (text[at + 1] === '\n') return at + 2;
  return text[at + 1] === '\r' && text[at + 2] === '\n' ? at + 3 : at + 1;
}

/** Puts line breaks in the place of the signs that end records, piece by piece; called without any text at the end. */
export function breaker(ending: string | undefined): (text?: string) => string {
  if (!ending) return (text = '') => text;
  const sign = ending.trimEnd();
  let rest = '';
  return (text) => {
    const all = rest + (text ?? '');
    if (text === undefined) {
      const last = all.replaceAll(ending, '\n');
      return sign !== '' && last.endsWith(sign) ? last.slice(0, -sign.length) : last;
    }
    // A sign may be cut in two by the end of the piece.
    const found = all.lastIndexOf(ending);
    const known = Math.max(found < 0 ? 0 : found + ending.length, all.length - ending.length + 1, 0);
    rest = all.slice(known);
    return all.slice(0, known).replaceAll(ending, '\n');
  };
}

const LOOKED_AT = 200;
/** Breaks that no value holds, where a text has no others. */
const breaks = ['\u001e', '\u2028', '\u2029', '\u0085', '\v', '\f', '\\r\\n', '\\n', '\\r'];
/** Signs that end records where all that they cut off hold the same number of delimiters. */
const signs = ['||', '~~', '@@', '##', '$$', '|', '~', ';', '^', '#', '@'];
const tails = /[-|;#@~^*$&,/\\!=<>§¦¶]+[ \t]*$/;

/** What ends the records of a text, where it is more than a line break, or none; undefined: line breaks do. */
export function endingOf(text: string): string | undefined {
  const lines = text
    .split(/\r\n|\n|\r/, LOOKED_AT + 1)
    .slice(0, LOOKED_AT)
    .filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  if (lines.length < 2) return breaks.find((sign) => isBreak(first, sign)) ?? signs.find((sign) => isSign(first, sign));
  // Values may hold line breaks; a sign that stands as often in each line is a delimiter.
  const own = breaks.find((sign) => isAmong(lines, sign));
  if (own !== undefined) return own;
  if (lines.length < 3) return undefined;
  const tail = tailOf(lines);
  const ending = lines.filter((line) => line.endsWith(tail)).length;
  const inside = lines.filter((line) => line.slice(0, -tail.length).includes(tail)).length;
  if (tail.trim() === '' || ending < lines.length * 0.6 || inside > lines.length * 0.1) return undefined;
  if (isEmptyCells(tail.trim(), lines)) return undefined;
  const last = text.indexOf(tail, text.indexOf(lines.find((line) => line.endsWith(tail))!)) + tail.length;
  const found = /^(?:\r\n|\n|\r)/.exec(text.slice(last));
  return found ? tail + found[0] : undefined;
}

/** The signs that most lines end with, and no value of them. */
function tailOf(lines: string[]): string {
  const found = lines.flatMap((line) => (isOpen(line) ? [] : (tails.exec(line)?.[0] ?? [])));
  const lasts = new Map<string, number>();
  for (const tail of found) lasts.set(tail.at(-1)!, (lasts.get(tail.at(-1)!) ?? 0) + 1);
  const [last] = [...lasts].sort((a, b) => b[1] - a[1])[0] ?? [''];
  // As long as all of them have it: a value that is missing leaves a delimiter before.
  const ending = found.filter((tail) => tail.endsWith(last));
  let tail = ending[0] ?? '';
  for (const other of ending) while (!other.endsWith(tail)) tail = tail.slice(1);
  return tail;
}

/** A sign that stands as often in titles and full rows: the delimiter, around cells that are empty in most rows. */
function isEmptyCells(tail: string, lines: string[]): boolean {
  const sign = tail[0]!;
  if (tail !== sign.repeat(tail.length)) return false;
  const countOf = (line: string): number => line.split(sign).length;
  const counts = lines.filter((line) => line.endsWith(tail)).map(countOf);
  const alike = (line: string) => counts.filter((count) => count === countOf(line)).length;
  return lines.some((line) => !line.endsWith(tail) && alike(line) > counts.length / 2);
}

/** A quote that is opened in the line is closed in another. */
const isOpen = (line: string): boolean => line.split('"').length % 2 === 0;

const isBreak = (line: string, sign: string): boolean => line.split(sign).filter((row) => row.trim() !== '').length > 1;

function isAmong(lines: string[], sign: string): boolean {
  if (sign.startsWith('\\')) return false;
  const counts = lines.map((line) => line.split(sign).length - 1);
  const cut = new Set(counts).size > 1 || lines.some(isOpen);
  return counts.reduce((sum, count) => sum + count, 0) > lines.length && cut;
}

function isSign(line: string, sign: string): boolean {
  const rows = line.split(sign).filter((row) => row.trim() !== '');
  const countOf = (row: string, delimiter: string): number => row.split(delimiter).length - 1;
  return (
    rows.length > 2 &&
    [',', ';', '\t', '|', ':'].some((delimiter) => {
      const count = delimiter === sign ? 0 : countOf(rows[0]!, delimiter);
      return count > 0 && rows.every((row) => countOf(row, delimiter) === count);
    })
  );
}
