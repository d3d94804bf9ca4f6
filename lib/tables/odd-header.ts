import { isHeader } from './header';
import { guessRecord, mendRecord, respelt } from './mend';
import { isComment } from './notes';
import type { Dialect, FileRecord } from './record';
import { splitText } from './split-text';

// Headers that are written otherwise than the rows below them.

/** A header may be written otherwise than its rows, and need not be sound to be read. */
export function withOwnStyle(record: FileRecord, dialect: Dialect, width: number): FileRecord {
  const { fields, fault } = record;
  if (fault === null && fields.length > 1 && fields.length !== width) return record;
  const own =
    fields.length === width
      ? fault === null
        ? respelt(record, dialect)
        : (mendRecord(record, dialect, width) ?? fields)
      : width > 2
        ? mendRecord(record, dialect, width)
        : null;
  return own ? { ...record, fields: own, fault: null } : record;
}

/** Names behind the sign of a comment, right above a table that has no others. */
export function commentedHeader(
  found: readonly FileRecord[],
  firstRow: number,
  dialect: Dialect,
  below: string[][],
  width: number,
): FileRecord | null {
  const above = found.find(({ row }) => row === firstRow - 1);
  if (!above || !isComment(above, width, [])) return null;
  // Other such lines tell that the sign is none of the name.
  const alone = found.every((record) => record === above || !isComment(record, width, []));
  const own = dialect.gaps || dialect.delimiter === ' ' ? undefined : splitText(above.raw, dialect)[0];
  const named = alone && own?.fields.length === width ? own : undefined;
  const [read = named] = named ? [] : splitText(above.raw.replace(/^#+\s*/, ''), { ...dialect, gaps: undefined });
  const fields = read?.fields.map((field) => field.trim()) ?? [];
  return fields.length === width && isHeader(fields, below, width) ? { ...above, fields } : null;
}

/** Names with blanks or another delimiter between them above a table that has no other. */
export function spacedHeader(
  record: FileRecord | undefined,
  dialect: Dialect,
  below: string[][],
  width: number,
): string[] | null {
  const fields =
    record && (record.fault !== null || record.fields.length === 1)
      ? (mendRecord(record, dialect, width) ?? guessRecord(record, dialect, width))
      : null;
  return fields && isHeader(fields, below, width) ? fields : null;
}
