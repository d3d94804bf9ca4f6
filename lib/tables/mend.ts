import { isTyped } from './header';
import { splitText } from './split-text';
import type { Dialect, FileRecord } from './record';

const delimiters = [',', ';', '\t', '|'];
const quotes = ['"', "'"] as const;

/** A sign of a value that its quotes should have held in one, or should not have come along with it. */
const cutInTwo = (fields: string[]): boolean => fields.some((field) => /^\s*"|"\s*$/.test(field));
/** Of two quotes, one stands in this value and one in another. */
const parted = (fields: string[], quote: string): boolean =>
  quote !== '' && fields.filter((field) => field.split(quote).length % 2 === 0).length > 1;

/** Values without what stands between values elsewhere, but in numbers and where they stand in quotes. */
const holdNo = (delimiter: string, fields: string[], raw: string): boolean =>
  fields.every(
    (field) =>
      !field.includes(delimiter) || /^[-+\d.,]+$/.test(field) || raw.includes(`"${field.replaceAll('"', '""')}"`),
  );

export const isAllIn = (quote: string, raw: string): boolean =>
  quote !== '' && raw.startsWith(quote) && raw.trimEnd().endsWith(quote);

/** The fields of a text that is one record, sound and as wide as asked. */
function fieldsOf(raw: string, dialect: Dialect, width: number): string[] | null {
  const [read, ...more] = splitText(raw, dialect);
  return read && more.length === 0 && read.fault === null && read.fields.length === width ? read.fields : null;
}

/** A row that is written otherwise than the rest: read so that it has as many fields as they; null where nothing gives that. */
export function mendRecord(record: FileRecord, dialect: Dialect, width: number): string[] | null {
  if (width < 2) return null;
  const { raw, fault } = record;
  // More than two values are sound, too: two others are found only where none of these is cut by what stands between them.
  const more = width === 2 && fault === null && record.fields.length > width;
  const bare = dialect.delimiter.trim() || dialect.delimiter;
  for (const delimiter of new Set([dialect.delimiter, bare, ...delimiters])) {
    for (const quote of new Set([dialect.quote, ...quotes])) {
      if (!raw.includes(delimiter)) continue;
      if (delimiter === dialect.delimiter && quote === dialect.quote) continue;
      const fields = fieldsOf(raw, { delimiter, quote }, width);
      if (
        !fields ||
        parted(fields, '"') ||
        (fault === null && parted(fields, dialect.quote)) ||
        (more && delimiter !== bare && !holdNo(dialect.delimiter, fields, raw))
      )
        continue;
      // Without its double quotes a value would be cut in two, but for a row that stands in others throughout.
      if (quote === '"' || !cutInTwo(fields) || isAllIn(quote, raw)) return fields;
    }
  }
  return asWhole(record, dialect, width) ?? withBackslashes(record, dialect, width);
}

/** A row that stands in quotes as a whole, as spreadsheets write a line that was pasted into one cell. */
function asWhole({ fields, fault }: FileRecord, dialect: Dialect, width: number): string[] | null {
  const [only = '', ...more] = fields;
  return fault === null && more.length === 0 && only.includes(dialect.delimiter)
    ? fieldsOf(only, dialect, width)
    : null;
}

/** A row whose quotes stand behind backslashes, where others double them. */
const withBackslashes = ({ raw }: FileRecord, dialect: Dialect, width: number): string[] | null =>
  dialect.escape === undefined && dialect.quote !== '' && raw.includes(`\\${dialect.quote}`)
    ? fieldsOf(raw, { ...dialect, escape: '\\' }, width)
    : null;

/**
 * A row one of whose quotes is missing, or one too many: values begin at a quote behind a delimiter, and end at one before
 * a delimiter. A quote that none closes before the next one opens is a sign by itself.
 */
export function cutAtEdges({ raw }: FileRecord, { delimiter, quote }: Dialect, width: number): string[] | null {
  if (quote === '' || width < 2 || !raw.includes(quote)) return null;
  const pieces = raw.split(delimiter);
  const closings = (piece: string): number => (piece.length - trimmedEnd(piece, quote).length) / quote.length;
  const isOdd = (piece: string): boolean => closings(piece) % 2 === 1;
  for (const { isClosed, joins, late = false, open = false } of [
    { isClosed: isOdd, joins: false },
    { isClosed: (piece: string) => closings(piece) > 0, joins: false },
    { isClosed: isOdd, joins: true },
    { isClosed: isOdd, joins: false, late: true },
    { isClosed: isOdd, joins: false, open: true },
  ]) {
    const fields: string[] = [];
    for (let at = 0; at < pieces.length; at += 1) {
      const piece = pieces[at]!;
      if (!piece.startsWith(quote)) {
        // The quote that is missing may be the first: then one closes before another opens.
        const end = open && !piece.endsWith(quote) ? closedAt(pieces, at, quote) : at;
        fields.push(
          end > at
            ? pieces
                .slice(at, end + 1)
                .join(delimiter)
                .slice(0, -quote.length)
            : piece,
        );
        at = end;
        continue;
      }
      const { end, closed } = closeOf(pieces, at, quote, { isClosed, late });
      const last = closed || joins ? end : at;
      const whole = pieces.slice(at, last + 1).join(delimiter);
      fields.push(closed ? unwrapped(whole, quote) : whole.slice(quote.length));
      at = last;
    }
    if (fields.length === width) return fields;
  }
  return null;
}

/** The next piece that closes a quote before any piece opens one; else the piece itself. */
function closedAt(pieces: string[], from: number, quote: string): number {
  const next = pieces.findIndex((piece, at) => at > from && piece.includes(quote));
  return next >= 0 && !pieces[next]!.startsWith(quote) && pieces[next]!.endsWith(quote) ? next : from;
}

const unwrapped = (text: string, quote: string): string =>
  text.slice(quote.length, -quote.length).replaceAll(quote + quote, quote);

function trimmedEnd(text: string, sign: string): string {
  let end = text.length;
  while (end > 0 && text.startsWith(sign, end - sign.length)) end -= sign.length;
  return text.slice(0, end);
}

/** The piece that closes the quote which this one opens, or else the last one before another is opened. */
function closeOf(
  pieces: string[],
  from: number,
  quote: string,
  { isClosed, late }: { isClosed: (piece: string) => boolean; late: boolean },
): { end: number; closed: boolean } {
  // A piece that only closes says that the one before did not, where that is asked.
  const goesOn = (at: number): boolean =>
    late && pieces[at]?.startsWith(quote) === false && pieces[at]!.endsWith(quote);
  const rest = pieces[from]!.slice(quote.length);
  if (!goesOn(from + 1) && rest.endsWith(quote) && (isClosed(rest) || pieces[from + 1]?.startsWith(quote) !== false))
    return { end: from, closed: true };
  for (let at = from + 1; at < pieces.length; at += 1) {
    if (pieces[at]!.startsWith(quote) && pieces[at] !== quote) return { end: at - 1, closed: false };
    if (isClosed(pieces[at]!) && !goesOn(at + 1)) return { end: at, closed: true };
  }
  return { end: from, closed: false };
}

/** Less sure: a row with blanks between its values, or one whose last quote is missing. */
export function guessRecord({ raw }: FileRecord, dialect: Dialect, width: number): string[] | null {
  const spaced = raw.includes(' ') ? (bySpaces(raw, width) ?? bySpaces(raw.trim(), width)) : null;
  if (spaced && holdNo(dialect.delimiter, spaced, raw)) return spaced;
  const open = width > 1 && dialect.quote !== '' && raw.includes(dialect.quote);
  return open ? fieldsOf(raw + dialect.quote, dialect, width) : null;
}

function bySpaces(raw: string, width: number): string[] | null {
  const spaced = fieldsOf(raw, { delimiter: ' ', quote: '"' }, width) ?? raw.split(/ +/);
  const apart = spaced.length === width ? spaced : raw.split(' ');
  return apart.length === width ? apart : null;
}

const single = /^\s*'(.*)'\s*$/s;

/** A row all of whose values stand in the quotes that the rest does not use, without them; null where it is none. */
function unquoted(fields: string[], { quote }: Dialect): string[] | null {
  if (quote === "'") return null;
  // Looked at first, because rows are many and quotes few.
  if (!fields[0]!.trimStart().startsWith("'")) return null;
  return fields.every((field) => single.test(field))
    ? fields.map((field) => single.exec(field)![1]!.replaceAll("''", "'"))
    : null;
}

/** A row with a blank behind each delimiter, where others have none, without those; null where it is none. */
function unspaced({ fields, raw }: FileRecord, dialect: Dialect): string[] | null {
  const { delimiter } = dialect;
  if (delimiter.endsWith(' ') || !fields.some((field, at) => at > 0 && field.startsWith(' '))) return null;
  if (!raw.includes('"') && !fields.every((field, at) => at === 0 || field.startsWith(' '))) return null;
  return fieldsOf(raw, { ...dialect, delimiter: `${delimiter} ` }, fields.length);
}

/** A row all of whose values stand in quotes but one, which lost the first of them, without the last; null where it is none. */
function halfQuoted({ fields, raw }: FileRecord, { delimiter, quote }: Dialect): string[] | null {
  if (quote === '' || fields.length < 3 || !raw.includes(quote)) return null;
  const at = fields.findIndex((field) => field.endsWith(quote) && field.length > 1);
  if (at < 0) return null;
  const doubled = (field: string): string => `${quote}${field.replaceAll(quote, quote + quote)}${quote}`;
  // Some programs leave numbers, and nothing, without.
  const texts = (field: string): string => (/^-?[\d.]*$/.test(field) ? field : doubled(field));
  const isWritten = (write: (field: string) => string): boolean =>
    fields.map((field, other) => (other === at ? field : write(field))).join(delimiter) === raw;
  return isWritten(doubled) || isWritten(texts) ? fields.with(at, fields[at]!.slice(0, -quote.length)) : null;
}

/** A row with a single quote, beside a value that would be a number or a date, without it; null where it is none. */
export function withoutLone({ fields, raw }: FileRecord, typed: readonly number[]): string[] | null {
  const at = raw.indexOf('"');
  if (at < 0 || raw.includes('"', at + 1)) return null;
  const column = fields.findIndex((field) => field.includes('"'));
  const bare = fields[column]?.replace('"', '').trim() ?? '';
  return typed.includes(column) && isTyped(bare) ? fields.with(column, bare) : null;
}

/** A row as wide as the rest, and written otherwise all the same; null where it is not. */
export const respelt = (record: FileRecord, dialect: Dialect): string[] | null =>
  record.fields.length < 2
    ? null
    : (unquoted(record.fields, dialect) ?? unspaced(record, dialect) ?? halfQuoted(record, dialect));
