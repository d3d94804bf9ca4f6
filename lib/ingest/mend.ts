import { splitText } from './dialect';
import type { Dialect, FileRecord } from './records';

const delimiters = [',', ';', '\t', '|'];
const quotes = ['"', "'"] as const;

/** A row that is written otherwise than the rest: read so that it has as many fields as they; null where nothing gives that. */
export function mendRecord(record: FileRecord, dialect: Dialect, width: number): string[] | null {
  for (const delimiter of new Set([dialect.delimiter, ...delimiters])) {
    for (const quote of new Set([dialect.quote, ...quotes])) {
      if (width < 2 || !record.raw.includes(delimiter)) continue;
      if (delimiter === dialect.delimiter && quote === dialect.quote) continue;
      const [read, ...more] = splitText(record.raw, { delimiter, quote });
      if (!read || more.length > 0 || read.fault !== null || read.fields.length !== width) continue;
      // Without its double quotes a value would be cut in two.
      if (quote === '"' || !read.fields.some((field) => /^\s*"|"\s*$/.test(field))) return read.fields;
    }
  }
  return null;
}

const single = /^\s*'(.*)'\s*$/s;

/** A row all of whose values stand in the quotes that the rest does not use, without them; null where it is none. */
export function unquoted(fields: string[], { quote }: Dialect): string[] | null {
  if (quote === "'" || fields.length < 2) return null;
  // Looked at first, because rows are many and quotes few.
  if (!fields[0]!.trimStart().startsWith("'")) return null;
  return fields.every((field) => single.test(field))
    ? fields.map((field) => single.exec(field)![1]!.replaceAll("''", "'"))
    : null;
}
