import { isUtf8 } from 'node:buffer';
import { decoderOf } from '@/lib/formats/encoding';
import { detect, readingOf } from './detect';
import { RecordSplitter } from './records';
import { writtenFields } from './notes';
import { TableRows } from './table-rows';

/** What is understood of a text: its header, or the numbers that its columns are given, and its rows. */
export function readText(content: string | Buffer): string[][] {
  const bytes = Buffer.from(content);
  const { detected } = detect({ sample: bytes, complete: true, utf8: isUtf8(bytes) });
  const text = decoderOf(detected.encoding)(bytes);
  const { dialect, table } = readingOf(detected);
  const rows: string[][] = [];
  const reader = new TableRows(table, dialect, (row) => rows.push(writtenFields(row, table.width)));
  const splitter = new RecordSplitter(dialect);
  splitter.push(text, reader.push);
  splitter.end(reader.push);
  reader.end();
  return [detected.headerNames?.length ? detected.headerNames : detected.columns.map(({ name }) => name), ...rows];
}
