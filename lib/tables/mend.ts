import { splitText } from './split-text';
import type { Dialect, FileRecord } from './records';

const delimiters = [',', ';', '\t', '|'];
const quotes = ['"', "'"] as const;

/** A sign of a value that its quotes should have held in one, or should not have come along with it. */
const cutInTwo = (fields: string[]): boolean => fields.some((field) => /^\s*"|"\s*$/.test(field));

/** The fields of a text that is one record, sound and as wide as asked. */
function fieldsOf(raw: string, dialect: Dialect, width: number): string[] | null {
  const [read, ...more] = splitText(raw, dialect);
  return read && more.length === 0 && read.fault === null && read.fields.length === width ? read.fields : null;
}

/** A row that is written otherwise than the rest: read so that it has as many fields as they; null where nothing gives that. */
export function mendRecord(record: FileRecord, dialect: Dialect, width: number): string[] | null {
  if (width < 2) return null;
  const { raw } = record;
  for (const delimiter of new Set([dialect.delimiter, ...delimiters])) {
    for (const quote of new Set([dialect.quote, ...quotes])) {
      if (!raw.includes(delimiter)) continue;
      if (delimiter === dialect.delimiter && quote === dialect.quote) continue;
      const fields = fieldsOf(raw, { delimiter, quote }, width);
      // Without its double quotes a value would be cut in two.
      if (fields && (quote === '"' || !cutInTwo(fields))) return fields;
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
  !dialect.escape && dialect.quote !== '' && raw.includes(`\\${dialect.quote}`)
    ? fieldsOf(raw, { ...dialect, escape: '\\' }, width)
    : null;

/** Less sure: a row with blanks between its values, or one whose last quote is missing. */
export function guessRecord({ raw }: FileRecord, dialect: Dialect, width: number): string[] | null {
  const spaced = width > 2 && raw.includes(' ') ? (bySpaces(raw, width) ?? bySpaces(raw.trim(), width)) : null;
  // What usually stands between values stands in quotes and numbers alone.
  const quoted = (field: string): boolean => raw.includes(`"${field.replaceAll('"', '""')}"`);
  if (spaced?.every((field) => !field.includes(dialect.delimiter) || /^[-+\d.,]+$/.test(field) || quoted(field)))
    return spaced;
  const open = width > 1 && dialect.quote !== '' && raw.includes(dialect.quote);
  return open ? fieldsOf(raw + dialect.quote, dialect, width) : null;
}

function bySpaces(raw: string, width: number): string[] | null {
  const spaced = fieldsOf(raw, { delimiter: ' ', quote: '"' }, width) ?? raw.split(/ +/);
  return spaced.length === width ? spaced : null;
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

/** A row as wide as the rest, and written otherwise all the same; null where it is not. */
export const respelt = (record: FileRecord, dialect: Dialect): string[] | null =>
  record.fields.length < 2 ? null : (unquoted(record.fields, dialect) ?? unspaced(record, dialect));
