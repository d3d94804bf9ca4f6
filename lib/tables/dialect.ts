import { ALIGNED, findGaps } from './aligned';
import { BOXED, isBoxed } from './boxed';
import { isFigure } from './cell-kinds';
import { breaker, endingOf } from './breaks';
import { asOften, delimitersIn, saidDelimiter, unusedIn, withoutSaid } from './delimiters';
import { cutTo } from './notes';
import { UNCLOSED, closingOf, quotesIn } from './quotes';
import type { Dialect, FileRecord } from './record';
import { WRAPPING } from './records';
import { blankRank, patternScore, scoreOf } from './rows-score';
import { splitText } from './split-text';
import { widened } from './widen';
import type { Quote, Reading } from '@/lib/contract/reading';

// Which delimiter and quotes a text is written with: the pair under which it falls into rows of one shape, of cells that
// look like values. The measure of Van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type
// patterns" (2019): pattern score × type score. That a text is a single column is a guess as good as others.

export interface Guess {
  dialect: Dialect;
  /** 0 to 1: how far the runner-up is behind, and how alike rows are. */
  confidence: number;
}

/** Quotes are what they are nearly everywhere, though some rows hold one too many. */
const UNQUOTED = 0.9;
/** A single column whose lines a usual sign would cut alike. */
const CUT = 0.6;
/** Other quotes than double ones. */
const ODD_QUOTES = 0.95;
/** Signs that numbers and words hold set apart where names stand above figures. */
const STEADY = 0.42;
/** Others do, whatever they are, between two columns alone, too. */
const NAMED = 0.8;
const FEWEST_PAIRS = 5;
/** Of the rows, where a note or a row of another kind may be among them. */
const MOST = 0.8;
const LOOKED_AT = 200;
const LONGEST = 60_000;

/** Lines behind a "#" say something of the file, where they are few; those that hold quotes may be part of a value. */
function withoutComments(text: string): string {
  if (!/^#/m.test(text)) return text;
  const lines = text.split(/(?<=[\r\n])/);
  const kept = lines.filter((line) => !line.startsWith('#') || /["']/.test(line));
  return kept.length > lines.length / 2 ? kept.join('') : text;
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

interface Scored {
  dialect: Dialect;
  score: number;
}

/** Quotes that close stand around values; where several don't, and few do, they are signs of the text. */
function areQuotes(records: FileRecord[], quote: string): boolean {
  const quoted = records.filter(({ raw }) => raw.includes(quote));
  return quoted.filter(({ fault }) => fault === UNCLOSED).length <= Math.max(2, quoted.length / 2);
}

/** Quotes that open and close each row, and each value in it. */
function standAround(records: FileRecord[], quote: Quote): boolean {
  if (quote === '') return false;
  const close = closingOf(quote);
  const isOne = ({ raw, fields, fault }: FileRecord): boolean =>
    fault === null && raw.startsWith(quote) && raw.endsWith(close) && raw.split(close).length > fields.length;
  return records.length > 2 && records.filter(isOne).length >= records.length * MOST;
}

/** Rows of one width; names above, and figures below one of them. */
function areNamed([first, ...rest]: FileRecord[]): boolean {
  if (!first || first.fields.some(isFigure)) return false;
  const figures = (at: number): boolean => rest.every(({ fields }) => fields[at] === '' || isFigure(fields[at]!));
  return rest.every(({ fields }) => fields.length === first.fields.length) && first.fields.some((_, at) => figures(at));
}

const word = /^\p{Lu}[\p{L}\p{M}' ]*$/u;
/** A word on either side in each row: no text is written so. */
const areWordPairs = (records: FileRecord[]): boolean =>
  records.every(({ fields }) => fields.length === 2 && fields.every((field) => word.test(field)));

/** A sign that few files have between values does so where it stands as often in each row. */
function rankOf(delimiter: string, rank: number, quote: Quote, records: FileRecord[]): number {
  if (delimiter === ' ') return blankRank(records, rank);
  const width = records[0]?.fields.length ?? 0;
  if (rank === 0) {
    // Few texts hold as many signs as this in each line, unless they are letters of many words.
    if (width > 2 && /^(?:[^-.\p{L}]|[þÿ])$/u.test(delimiter) && records.every(({ fields }) => fields.length === width))
      return NAMED;
    return areNamed(records) ? (/[-.]/.test(delimiter) ? STEADY : NAMED) : 0;
  }
  const pairs =
    width === 2 &&
    records.length > FEWEST_PAIRS &&
    ((!/^[-._/:]$/.test(delimiter) && areNamed(records)) || (!/^[-._/:@]$/.test(delimiter) && areWordPairs(records)));
  const sure = width > 3 ? records.length > 2 : width > 2 && records.length > 3 && delimiter !== '_';
  const steady = pairs || (sure && records.every(({ fields }) => fields.length === width));
  const own = steady ? Math.max(rank, /^[/_]$/.test(delimiter) ? 0.5 : 0.8) : rank;
  return quote === '"' || quote === "'" || quote === '' ? own : own * ODD_QUOTES;
}

/** Signs that stand in texts, too, are quotes where the header has them, or where they hold together what would be cut. */
const areQuotesOf = (records: FileRecord[], { delimiter, quote }: Dialect): boolean =>
  !['`', '“', '„', '‘', '«'].includes(quote) ||
  records[0]?.raw.trimStart().startsWith(quote) === true ||
  records.some(({ fields }) => fields.some((field) => field.includes(delimiter) || /[\r\n]/.test(field)));

/** All ways to read the text, each with its score. */
function weigh(text: string, delimiters: Map<string, number>, quotes: Quote[], escape?: Reading['escape']): Scored[] {
  return [...delimiters].flatMap(([delimiter, given]) => {
    const read = quotes.map((quote) => {
      const plain: Dialect = { delimiter, quote, ...(escape !== undefined && { escape }) };
      const escapes = (sign: string): boolean => sign !== '' && text.includes(`\\${sign}`);
      const open = escape === undefined && (escapes(quote) || escapes(delimiter));
      const dialect = open ? withEscape(text, plain) : plain;
      return { dialect, records: splitText(text, dialect, LOOKED_AT) };
    });
    const quoted = read.some(
      ({ dialect, records }) =>
        (dialect.quote === '"' && areQuotes(records, '"')) || standAround(records, dialect.quote),
    );
    return read
      .filter(({ dialect, records }) => {
        if (quotes.length === 1) return true;
        return !(quoted && dialect.quote === '') && areQuotesOf(records, dialect);
      })
      .map(({ dialect, records }) => {
        // A text whose lines are cut alike by a usual sign is rather none of a single column.
        if (delimiter === '\0' && asOften(text) !== null) return { dialect, score: scoreOf(records, CUT) };
        const rank = rankOf(delimiter, given, dialect.quote, records);
        const own = dialect.quote === '' && quotes.includes('"') ? rank * UNQUOTED : rank;
        return { dialect, score: scoreOf(records, own, delimiter !== ' ') };
      });
  });
}

/** Columns that stand one under the other are a way to read it, too. */
function weighAligned(text: string): Scored[] {
  // Values may be padded between delimiters, too.
  if (asOften(text) !== null) return [];
  const gaps = findGaps(text);
  const dialect: Dialect = { delimiter: ALIGNED, quote: '', ...(gaps && { gaps }) };
  return gaps ? [{ dialect, score: scoreOf(splitText(text, dialect, LOOKED_AT), UNQUOTED) }] : [];
}

/** The rows of a text all of whose rows stand in quotes as a whole, but for the names above and notes below; else null. */
function insideQuotes(text: string): string | null {
  if (!text.includes('\n"') && !text.includes('\r"')) return null;
  const [first, ...rest] = splitText(text, WRAPPING);
  const isWhole = ({ raw, fault }: FileRecord): boolean => fault === null && /^".*"$/s.test(raw);
  if (!first || rest.filter(isWhole).length < Math.max(1, rest.length * MOST)) return null;
  return [first, ...rest].map((record) => (isWhole(record) ? record.fields[0] : record.raw)).join('\n');
}

/** That a text of rows in quotes is one of several columns must be sure: names and sentences hold delimiters too. */
function guessInside(text: string): Guess | null {
  const inside = insideQuotes(text);
  if (inside === null) return null;
  const { dialect, confidence } = guessDialect(inside);
  const [first, ...rest] = splitText(inside, dialect);
  const width = first!.fields.length;
  const kinds = first!.fields.some(
    (name, at) => !isFigure(name) && rest.every(({ fields }) => isFigure(fields[at] ?? '')),
  );
  const fewest = inside.includes('"') || kinds ? 2 : 3;
  // Another table may stand below.
  const same = rest.filter(({ fields }) => cutTo(width, fields).length === width).length;
  const alike = same > 1 && same >= rest.length / 2;
  return width >= fewest && alike ? { dialect: { ...dialect, wrapped: true }, confidence } : null;
}

type Given = Pick<Reading, 'delimiter' | 'quote' | 'escape' | 'ending'>;

/** The dialect of a text, by its beginning. Parts that are known already are not looked for. */
export function guessDialect(text: string, given: Given = {}): Guess {
  const sample = text.slice(0, LONGEST);
  const ending = given.ending === '\n' ? undefined : (given.ending ?? endingOf(sample));
  const broken = breaker(ending);
  const { dialect, confidence } = guessBroken(withoutComments(broken(sample) + broken()), given);
  return { dialect: { ...dialect, ...(ending !== undefined && { ending }) }, confidence };
}

function guessBroken(start: string, given: Given): Guess {
  const delimiter = given.delimiter ?? saidDelimiter(start);
  const free = delimiter === undefined && given.quote === undefined;
  const whole = given.delimiter === undefined && given.quote === undefined;
  const wrapped = whole ? guessInside(withoutSaid(start)) : null;
  if (wrapped) return wrapped;
  const quotes = given.quote === undefined ? quotesIn(start) : [given.quote];
  if (delimiter === BOXED || (free && !quotes.includes('|') && isBoxed(start)))
    return { dialect: { delimiter: BOXED, quote: '' }, confidence: 0.95 };
  // The last one stands nowhere: the text is a single column then.
  const delimiters = delimiter === undefined ? delimitersIn(start).set('\0', 1) : new Map([[delimiter, 1]]);
  const aligned = delimiter === undefined || delimiter === ALIGNED ? weighAligned(start) : [];
  const scored =
    delimiter === ALIGNED && aligned.length > 0
      ? aligned
      : [...weigh(start, delimiters, quotes, given.escape), ...aligned];
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  const others = scored.filter((other) => other.dialect.delimiter !== best.dialect.delimiter);
  const second = Math.max(0, ...others.map(({ score }) => score));
  const dialect = completed(start, best.dialect, given, delimiter === undefined);
  const records = splitText(start, dialect, LOOKED_AT);
  const widths = new Map<number, number>();
  for (const { fields } of records) widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
  const alike = Math.max(0, ...widths.values()) / Math.max(records.length, 1);
  const apart = best.score > 0 ? 1 - second / best.score : 0;
  return { dialect, confidence: Math.round((0.5 * alike + 0.5 * Math.min(1, apart * 2)) * 100) / 100 };
}

/** The best way to read a text, with what follows from it: wider delimiters, backslashes. */
function completed(start: string, best: Dialect, given: Given, free: boolean): Dialect {
  const single = best.delimiter === '\0' ? { ...best, delimiter: unusedIn(start) } : best;
  if (single.gaps) return single;
  const wide = free ? widened(start, single) : single;
  const dialect = given.escape === undefined ? withEscape(start, wide) : { ...wide, escape: given.escape };
  // What is quoted nowhere may be quoted further down.
  if (dialect.quote === '' && given.quote === undefined && !start.includes('"')) dialect.quote = '"';
  return dialect;
}
