import { ALIGNED, findGaps } from './aligned';
import { isFigure, likeness, withoutValues } from './cell-kinds';
import { RecordSplitter, UNCLOSED, WRAPPING, type Dialect, type FileRecord } from './records';

// Which delimiter and quotes a text is written with: the pair under which it falls into rows of one shape, of cells that
// look like values. The measure of Van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type
// patterns" (2019): pattern score × type score. That a text is a single column is a guess as good as others.

export interface Guess {
  dialect: Dialect;
  /** 0 to 1: how far the runner-up is behind, and how alike rows are. */
  confidence: number;
}

const usual = [',', ';', '\t', '|'];
/** How likely files are that have such a delimiter, against the usual ones. */
const rare: Record<string, number> = {
  ...Object.fromEntries([':', '^', '~', '¦', '§', '\u001f', '\u0001', ' '].map((sign) => [sign, 0.8])),
  ...Object.fromEntries(['#', '&', '*', '@', '$', '!'].map((sign) => [sign, 0.5])),
  ...Object.fromEntries(['/', '_'].map((sign) => [sign, 0.3])),
};
/** What a single column counts for; two columns of rows all alike count 0.5. */
const SINGLE = 0.3;
/** Quotes are what they are nearly everywhere, though some rows hold one too many. */
const UNQUOTED = 0.9;
const LOOKED_AT = 200;
const LONGEST = 60_000;

export function splitText(text: string, dialect: Dialect, most = Infinity): FileRecord[] {
  const splitter = new RecordSplitter(dialect);
  const records: FileRecord[] = [];
  const take = (record: FileRecord): void => void (records.length < most && records.push(record));
  splitter.push(text, take);
  splitter.end(take);
  return records;
}

/** The delimiter that a spreadsheet program is told of by the first line. */
export const saidDelimiter = (text: string): string | undefined => /^\ufeff?"?sep=(.)"?[\r\n]/i.exec(text)?.[1];

/** Lines behind a "#" say something of the file, where they are few; those that hold quotes may be part of a value. */
function withoutComments(text: string): string {
  if (!/^#/m.test(text)) return text;
  const lines = text.split(/(?<=[\r\n])/);
  const kept = lines.filter((line) => !line.startsWith('#') || /["']/.test(line));
  return kept.length > lines.length / 2 ? kept.join('') : text;
}

/** Signs that the text could have between its values, and what each counts for. */
function delimitersIn(text: string): Map<string, number> {
  const found = new Map(usual.filter((sign) => text.includes(sign)).map((sign) => [sign, 1]));
  const lines = withoutValues(text)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '');
  const often = (sign: string): boolean => lines.filter((line) => line.includes(sign)).length >= lines.length / 2;
  for (const [sign, rank] of Object.entries(rare)) if (text.includes(sign) && often(sign)) found.set(sign, rank);
  for (const sign of ['\\t', '::', ...longDelimiters(lines)])
    if (text.includes(sign) && often(sign)) found.set(sign, 1);
  return found;
}

/** Signs that stand together in the first line: doubled, as "$$", one around another, as "|~|", or an arrow. */
function longDelimiters(lines: string[]): string[] {
  const [first = ''] = lines;
  const runs = first.match(/[-|~^@#$%&*;:!+=<>§¦/\\]{2,5}/g) ?? [];
  return [...new Set(runs)].filter((sign) => !/^(?:\|\||;;|::|-+|:\/\/|\/\/|\\\\)$/.test(sign));
}

/** A sign that is always there twice, or with a blank behind it, is a delimiter of two characters. */
function widened(text: string, dialect: Dialect): Dialect {
  const records = splitText(text, dialect, LOOKED_AT);
  const wide = records.filter(({ fields }) => fields.length > 1);
  if (wide.length === 0 || dialect.delimiter === ' ') return dialect;
  const twice = wide.every(
    ({ fields }) => fields.length % 2 === 1 && fields.every((field, at) => at % 2 === 0 || !field),
  );
  if (twice) return { ...dialect, delimiter: dialect.delimiter.repeat(2) };
  const later = wide.flatMap(({ fields }) => fields.slice(1));
  const spaced = later.filter((field) => field.startsWith(' ')).length >= later.length * 0.5;
  return spaced ? { ...dialect, delimiter: `${dialect.delimiter} ` } : dialect;
}

/** Quotes that stand where a value begins; or none, where such signs are part of the text, as that of inches. */
function quotesIn(text: string): Dialect['quote'][] {
  const opening = (quote: string): boolean => new RegExp(`(^|[^\\p{L}\\p{N}${quote}])${quote}`, 'mu').test(text);
  return [...(['"', "'"] as const).filter(opening), ''];
}

/** Rows of one shape count for more the more there are of them and the wider they are. */
function patternScore(records: FileRecord[]): number {
  const shapes = new Map<number, number>();
  for (const { fields } of records) shapes.set(fields.length, (shapes.get(fields.length) ?? 0) + 1);
  if (shapes.size === 1 && shapes.has(1)) return records.length * SINGLE;
  let score = 0;
  let entropy = 0;
  for (const [width, count] of shapes) {
    score += (count * Math.max(width - 1, 0.001)) / width;
    entropy -= (count / records.length) * Math.log(count / records.length);
  }
  return score / Math.sqrt(shapes.size * Math.exp(entropy));
}

function typeScore(records: FileRecord[]): number {
  let cells = 0;
  let known = 0;
  for (const { fields } of records) {
    for (const field of fields) {
      cells += 1;
      known += likeness(field.trim());
    }
  }
  return cells === 0 ? 0 : Math.max(known / cells, 1e-10);
}

/** Columns without any value are between the two characters of a delimiter. */
function fullness(records: FileRecord[]): number {
  const full = new Set<number>();
  let width = 1;
  for (const { fields } of records) {
    width = Math.max(width, fields.length);
    fields.forEach((field, at) => field !== '' && full.add(at));
  }
  return full.size / width;
}

/** Less where records have faults: a quote that never closes is none, one inside of a value may be. */
function soundness(records: FileRecord[]): number {
  let faults = 0;
  for (const { fault } of records) if (fault !== null) faults += fault === UNCLOSED ? 0.9 : 0.3;
  return 1 - faults / Math.max(records.length, 1);
}

/** Backslashes mean something before quotes inside of values where no quote is doubled, or where rows are alike by them. */
function withEscape(text: string, dialect: Dialect): Dialect {
  const { quote, delimiter } = dialect;
  const escaping: Dialect = { ...dialect, escape: '\\' };
  if (quote !== '' && text.includes(`\\${quote}`)) {
    const parts = text.split(`\\${quote}`);
    const inside = parts.slice(1).some((rest) => rest !== '' && !/^[\r\n]/.test(rest) && !rest.startsWith(delimiter));
    const empty = parts
      .join('')
      .split(quote + quote)
      .slice(0, -1);
    const twice = empty.some((before) => before !== '' && !/[\r\n]$/.test(before) && !before.endsWith(delimiter));
    if (inside && !twice) return escaping;
  }
  if (!text.includes(`\\${delimiter}`)) return dialect;
  const [plain, escaped] = [dialect, escaping].map((one) => patternScore(splitText(text, one, LOOKED_AT)));
  return escaped! > plain! ? escaping : dialect;
}

/** Blanks between words alone are part of a name or a sentence more often than they set apart. */
const areWords = (records: FileRecord[]): boolean =>
  records.filter(({ fields }) => fields.some(isFigure)).length < records.length / 2;

interface Scored {
  dialect: Dialect;
  score: number;
}

/** Quotes that close stand around values; where several don't, and few do, they are signs of the text. */
function areQuotes(records: FileRecord[], quote: string): boolean {
  const quoted = records.filter(({ raw }) => raw.includes(quote));
  return quoted.filter(({ fault }) => fault === UNCLOSED).length <= Math.max(2, quoted.length / 2);
}

const score = (records: FileRecord[], rank: number): number =>
  [patternScore, typeScore, fullness, soundness].reduce((product, measure) => product * measure(records), rank);

/** All ways to read the text, each with its score. */
function weigh(text: string, delimiters: Map<string, number>, quotes: Dialect['quote'][]): Scored[] {
  return [...delimiters].flatMap(([delimiter, rank]) => {
    const read = quotes.map((quote) => {
      const dialect: Dialect = { delimiter, quote };
      return { dialect, records: splitText(text, dialect, LOOKED_AT) };
    });
    const quoted = read.some(({ dialect, records }) => dialect.quote === '"' && areQuotes(records, '"'));
    return read
      .filter(({ dialect }) => !(quoted && dialect.quote === ''))
      .map(({ dialect, records }) => {
        const own = dialect.quote === '' && quotes.includes('"') ? rank * UNQUOTED : rank;
        return { dialect, score: score(records, delimiter === ' ' && areWords(records) ? own * 0.5 : own) };
      });
  });
}

/** Columns that stand one under the other are a way to read it, too. */
function weighAligned(text: string): Scored[] {
  const gaps = findGaps(text);
  const dialect: Dialect = { delimiter: ALIGNED, quote: '', ...(gaps && { gaps }) };
  return gaps ? [{ dialect, score: score(splitText(text, dialect, LOOKED_AT), UNQUOTED) }] : [];
}

/** The rows of a text all of whose rows stand in quotes as a whole; null where one does not. */
function insideQuotes(text: string): string | null {
  if (!text.startsWith('"')) return null;
  const records = splitText(text, WRAPPING);
  const whole = records.length > 1 && records.every(({ raw, fault }) => fault === null && /^".*"$/s.test(raw));
  return whole ? records.map(({ fields }) => fields[0]).join('\n') : null;
}

/** That a text of rows in quotes is one of several columns must be sure: names and sentences hold delimiters too. */
function guessInside(text: string): Guess | null {
  const inside = insideQuotes(text);
  if (inside === null) return null;
  const { dialect, confidence } = guessDialect(inside);
  const [first, ...rest] = splitText(inside, dialect);
  const width = first!.fields.length;
  const alike = width > (inside.includes('"') ? 1 : 2) && rest.every(({ fields }) => fields.length === width);
  return alike ? { dialect: { ...dialect, wrapped: true }, confidence } : null;
}

/** The dialect of a text, by its beginning. Parts that are known already are not looked for. */
export function guessDialect(
  text: string,
  given: { delimiter?: string | undefined; quote?: Dialect['quote'] | undefined } = {},
): Guess {
  const start = withoutComments(text.slice(0, LONGEST));
  const delimiter = given.delimiter ?? saidDelimiter(text);
  const wrapped = delimiter === undefined && given.quote === undefined ? guessInside(start) : null;
  if (wrapped) return wrapped;
  const quotes = given.quote === undefined ? quotesIn(start) : [given.quote];
  // The last one stands nowhere: the text is a single column then.
  const delimiters = delimiter === undefined ? delimitersIn(start).set('\0', 1) : new Map([[delimiter, 1]]);
  const aligned = delimiter === undefined || delimiter === ALIGNED ? weighAligned(start) : [];
  const scored =
    delimiter === ALIGNED && aligned.length > 0 ? aligned : [...weigh(start, delimiters, quotes), ...aligned];
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  const others = scored.filter((other) => other.dialect.delimiter !== best.dialect.delimiter);
  const second = Math.max(0, ...others.map(({ score }) => score));
  const single = best.dialect.delimiter === '\0' ? { ...best.dialect, delimiter: unused(start) } : best.dialect;
  const dialect = single.gaps ? single : withEscape(start, delimiter === undefined ? widened(start, single) : single);
  // What is quoted nowhere may be quoted further down.
  if (dialect.quote === '' && !dialect.gaps && given.quote === undefined && !start.includes('"')) dialect.quote = '"';
  const records = splitText(start, dialect, LOOKED_AT);
  const widths = new Map<number, number>();
  for (const { fields } of records) widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
  const alike = Math.max(0, ...widths.values()) / Math.max(records.length, 1);
  const apart = best.score > 0 ? 1 - second / best.score : 0;
  return { dialect, confidence: Math.round((0.5 * alike + 0.5 * Math.min(1, apart * 2)) * 100) / 100 };
}

/** A delimiter for a single column: one that its values don't hold. */
const unused = (text: string): string => [...usual, '\u001f'].find((sign) => !text.includes(sign)) ?? '\u0001';
