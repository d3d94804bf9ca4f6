import { RecordSplitter, type Dialect, type FileRecord } from './records';

// Which delimiter and quotes a text is written with: the pair under which it falls into rows of one shape, of cells that
// look like values. The measure of Van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type
// patterns" (2019): pattern score × type score.

export interface Guess {
  dialect: Dialect;
  /** 0 to 1: how far the runner-up is behind, and how alike rows are. */
  confidence: number;
}

const usual = [',', ';', '\t', '|'];
const rare = [':', '^', '~', '¦', '\u001f', '\u0001', '#', '&', '*', '/', '_', ' '];
const LOOKED_AT = 200;
const LONGEST = 60_000;

/** Line breaks inside values may be of the other kind. */
export function newlineOf(text: string): '\n' | '\r' {
  const start = text.slice(0, LONGEST);
  const lone = start.match(/\r(?!\n)/g)?.length ?? 0;
  return lone > (start.match(/\n/g)?.length ?? 0) ? '\r' : '\n';
}

export function splitText(text: string, dialect: Dialect, most = Infinity): FileRecord[] {
  const splitter = new RecordSplitter(dialect);
  const records: FileRecord[] = [];
  const take = (record: FileRecord): void => void (records.length < most && records.push(record));
  splitter.push(text, take);
  splitter.end(take);
  return records;
}

/** Delimiters that the text could have: single signs, a "\t" that is written out, and colons that times don't hold. */
function delimitersIn(text: string): string[] {
  const found = [...usual, ...rare, '\\t', '::'].filter((sign) => text.includes(sign));
  return found.length > 0 ? found : [','];
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

/** Quotes that stand where a value begins. Without any, signs such as that of inches are part of the text. */
function quotesIn(text: string): Dialect['quote'][] {
  const opening = (quote: string): boolean => new RegExp(`(^|[^\\p{L}\\p{N}${quote}])${quote}`, 'mu').test(text);
  const found: Dialect['quote'][] = (['"', "'"] as const).filter(opening);
  return found.includes('"') ? found : [...found, ''];
}

const value =
  /^(|n\/?a|null|nan|none|-|[-+(]?[€$£¥]?\s?[-+]?\d[\d.,' ]*(e[-+]?\d+)?\s?[%€$£¥)]?|[€$£¥]?\s?-?\d[\d.,]*|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]m)?(z|[-+]\d{2}:?\d{2})?)?|\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]m)?|(https?:\/\/|www\.)\S+|[^\s@"]+@[^\s@"]+\.\w+|true|false|yes|no)$/i;
const words = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} _\-.'’&()/+%®™!?]*$/u;

const isValue = (cell: string): boolean => cell.length < 200 && (value.test(cell) || words.test(cell));

/** Rows of one shape count for more the more there are of them and the wider they are. */
function patternScore(records: FileRecord[]): number {
  const shapes = new Map<number, number>();
  for (const { fields } of records) shapes.set(fields.length, (shapes.get(fields.length) ?? 0) + 1);
  let score = 0;
  for (const [width, count] of shapes) score += (count * Math.max(width - 1, 0.001)) / width;
  return score / shapes.size;
}

function typeScore(records: FileRecord[]): number {
  let cells = 0;
  let known = 0;
  for (const { fields } of records) {
    for (const field of fields) {
      cells += 1;
      if (isValue(field.trim())) known += 1;
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

const faults = (records: FileRecord[]): number => records.filter(({ fault }) => fault !== null).length;

/** Backslashes before quotes mean something where they stand inside of values and no quote is doubled. */
function withEscape(text: string, dialect: Dialect): Dialect {
  const { quote, delimiter } = dialect;
  if (quote === '' || !text.includes(`\\${quote}`)) return dialect;
  const parts = text.split(`\\${quote}`);
  const inside = parts.slice(1).some((rest) => rest !== '' && !/^[\r\n]/.test(rest) && !rest.startsWith(delimiter));
  const empty = parts
    .join('')
    .split(quote + quote)
    .slice(0, -1);
  const twice = empty.some((before) => before !== '' && !/[\r\n]$/.test(before) && !before.endsWith(delimiter));
  return inside && !twice ? { ...dialect, escape: '\\' } : dialect;
}

/** The dialect of a text, by its beginning. Parts that are known already are not looked for. */
export function guessDialect(
  text: string,
  given: { delimiter?: string | undefined; quote?: Dialect['quote'] | undefined } = {},
): Guess {
  const start = text.slice(0, LONGEST);
  const newline = newlineOf(start);
  let best: { dialect: Dialect; score: number } | null = null;
  let second = 0;
  for (const delimiter of given.delimiter === undefined ? delimitersIn(start) : [given.delimiter]) {
    for (const quote of given.quote === undefined ? quotesIn(start) : [given.quote]) {
      const dialect: Dialect = { delimiter, quote, newline };
      const records = splitText(start, dialect, LOOKED_AT);
      const sound = 1 - faults(records) / Math.max(records.length, 1);
      const rank = usual.includes(delimiter.trim() || delimiter) ? 1 : 0.8;
      const score = patternScore(records) * typeScore(records) * fullness(records) * sound * rank;
      if (best === null || score > best.score) {
        if (best && best.dialect.delimiter !== delimiter) second = best.score;
        best = { dialect, score };
      } else if (delimiter !== best.dialect.delimiter && score > second) second = score;
    }
  }
  const single = best!.dialect;
  const dialect = withEscape(start, given.delimiter === undefined ? widened(start, single) : single);
  // What is quoted nowhere may be quoted further down.
  if (dialect.quote === '' && given.quote === undefined && !start.includes('"')) dialect.quote = '"';
  const records = splitText(start, dialect, LOOKED_AT);
  const widths = new Map<number, number>();
  for (const { fields } of records) widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
  const alike = Math.max(0, ...widths.values()) / Math.max(records.length, 1);
  const apart = best!.score > 0 ? 1 - second / best!.score : 0;
  return { dialect, confidence: Math.round((0.5 * alike + 0.5 * Math.min(1, apart * 2)) * 100) / 100 };
}
