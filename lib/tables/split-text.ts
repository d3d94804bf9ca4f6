import type { Dialect, FileRecord } from './record';
import { RecordSplitter } from './records';

const PIECE = 16_384;

/** The records of a text, or the first of them. */
export function splitText(text: string, dialect: Dialect, most = Infinity): FileRecord[] {
  const splitter = new RecordSplitter(dialect);
  const records: FileRecord[] = [];
  const take = (record: FileRecord): void => void (records.length < most && records.push(record));
  for (let at = 0; at < text.length; at += PIECE) {
    splitter.push(text.slice(at, at + PIECE), take);
    if (records.length >= most) return records;
  }
  splitter.end(take);
  return records;
}
