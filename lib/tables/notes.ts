import { isTyped } from './header';
import type { FileRecord } from './record';
import type { TableShape } from './shape';

// What a row is beside those of the table: a comment, a title, a note, a total.

/** A row without the empty fields behind its last column. */
export function cutTo(width: number, fields: string[]): string[] {
  let end = fields.length;
  while (end > width && fields[end - 1]!.trim() === '') end -= 1;
  return end === fields.length ? fields : fields.slice(0, end);
}

/** The last value stands in quotes, though it may be empty: it was written. */
export const endsQuoted = ({ raw }: FileRecord): boolean => /["'`]\s*$/.test(raw);

/** Fields of a row as it was written: delimiters behind its last column are none, empty quotes are. */
export const writtenFields = (record: FileRecord, width: number): string[] =>
  record.fields.length > width && endsQuoted(record) ? record.fields : cutTo(width, record.fields);

const totals = /^(?:(grand |sub-?)?(totals?|sum|summe|gesamt(summe)?|insgesamt|totale|totaux|suma|totaal)\b|\*{1,3}$)/i;

/** The first words of a row that sums up those above, or the stars that stand for them. */
export const isTotal = (text: string): boolean => totals.test(text);

/** What a total is of, where it says so: "Total US" may be a place like others. */
export function totalOf({ fields }: FileRecord): string | null {
  const text = fields.find((field) => field.trim() !== '')?.trim() ?? '';
  return isTotal(text) && text.includes(' ') ? text : null;
}

export const cellsOf = ({ fields }: FileRecord): string[] => fields.map((field) => field.trim());
// Asked of every row of a file: no new list.
export const filled = ({ fields }: FileRecord): number => {
  let count = 0;
  for (const field of fields) if (field !== '' && field.trim() !== '') count += 1;
  return count;
};

/** A line that speaks of the table, and is none of its rows. */
export const isComment = ({ raw, fields }: FileRecord, width: number, header: readonly string[]): boolean =>
  raw.startsWith('#') &&
  width > 1 &&
  !header[0]?.startsWith('#') &&
  (cutTo(width, fields).length !== width || /^#(\s|$)/.test(raw));

/** Too few values for a row of the table: a title, a note. */
export const isNote = (record: FileRecord, width: number): boolean =>
  width > 1 && filled(record) <= Math.max(1, Math.floor(width / 4)) && (width > 2 || sizeOf(record, width) < width);

const said =
  /^(?:\*+\s*\S|(?:foot)?notes?\s*[:*(]|sources?\s*:|remarks?\s*:|legend\s*:|disclaimer\s*:|copyright\b|©|quellen?\s*:|hinweise?\s*:|anmerkung(?:en)?\s*:|legende\s*:|bron(?:nen)?\s*:|opmerkingen?\s*:|notas?\s*:|fuentes?\s*:|fontes?\s*:|fonti\s*:|remarques?\s*:)/i;
/** A line that says by its first word that it is a note; what follows may hold a delimiter, and is no full row. */
export const isSaid = (record: FileRecord, width: number): boolean => {
  const { fields } = record;
  // Asked of every row: most are full, and tell it by their second value.
  if (width < 2 || (fields.length >= width && (fields[1] !== '' || filled(record) > 1))) return false;
  return said.test(fields[0]?.trim() ?? '');
};

/** Several words, with a blank behind each delimiter among them, as sentences have it. */
const isSentence = ({ fields, raw }: FileRecord): boolean =>
  /^\p{L}/u.test(raw) &&
  raw.trim().split(/\s+/).length > 3 &&
  fields.every((field, at) => at === 0 || field.startsWith(' '));

const isWords = (cell = ''): boolean => cell.trim() === '' || (/\p{L}/u.test(cell) && !isTyped(cell.trim()));

/** A row below the table: a note, or a total of what stands above. `apart`: a blank row or another note stands before it. */
export function isFooter(
  record: FileRecord,
  { width, typed, isValue }: Pick<TableShape, 'width' | 'typed' | 'isValue'>,
  apart: boolean,
): boolean {
  const { fields } = record;
  if (isTotal(fields.find((field) => field.trim() !== '')?.trim() ?? '')) return true;
  if (width < 2) return false;
  if (isSaid(record, width)) return true;
  // Set apart, and no value is of the kind that its column has.
  if (apart && typed.length > 0 && fields.length <= width && typed.every((at) => isWords(fields[at]))) return true;
  if (apart && width > 2 && fields.length < width && isSentence(record)) return true;
  const odd = typed.some((at) => fields[at]?.trim());
  const few =
    width === 2
      ? fields.length === 1
      : isNote(record, width) || ((apart || odd) && fields.length < width && filled(record) <= width / 2);
  // A row of which only a value is known is one all the same.
  return (
    few &&
    !typed.some((at) => fields[at]?.trim() && isTyped(fields[at].trim())) &&
    !fields.some((field, at) => field.trim() !== '' && isValue[at]?.(field.trim()) === true)
  );
}

/** Fields of a record, without the empty ones behind the last column. */
export const sizeOf = ({ fields }: FileRecord, width: number): number => cutTo(width, fields).length;
