import 'server-only';
import { createHash } from 'node:crypto';
import { ApiError } from '@/lib/contract/errors';
import type { Detected } from '@/lib/contract/reading';
import type { Fixer } from './fixer';
import { openText } from '@/lib/formats/open';
import { plainPath } from '@/lib/formats/plain';
import { readingOf } from '@/lib/tables/detect';
import { RecordSplitter, type TakeLine } from '@/lib/tables/records';
import { TableRows, type TableRow } from '@/lib/tables/table-rows';

export interface Stored {
  path: string;
  /** SHA-256 of the file as received, hex. */
  hash: string;
  detected: Detected;
  /** Sets right what was set right by hand. */
  fixer?: Fixer | null | undefined;
}

interface Takers {
  take: (row: TableRow) => void;
  /** Is offered each row of the table as it stands in the text, before anything is made of it. */
  takePlain?: TakeLine;
}

/**
 * Hands out the rows of the table; after each chunk of file, `between` hears of the bytes read so far, and ends the reading
 * by answering "enough": then what stands below was not looked at.
 */
export async function eachRecord(
  { path, hash, detected, fixer }: Stored,
  { take, takePlain }: Takers,
  between: (bytes: number) => void | 'enough' | Promise<void | 'enough'>,
): Promise<{ blank: number; after: number[] }> {
  let splitter: RecordSplitter | undefined;
  let rows: TableRows | undefined;
  let bytes = 0;
  let enough = false;
  const found = createHash('sha256');
  const onRead = (read: Buffer): void => {
    bytes += read.length;
    found.update(read);
  };
  const takeLine: TakeLine | undefined =
    takePlain &&
    ((text, start, end, no) => {
      if (!rows!.continues(no) || !takePlain(text, start, end, no)) return false;
      rows!.passed(no);
      return true;
    });
  for await (const text of openText(plainPath(path, detected.source), detected.encoding, onRead)) {
    if (!splitter) {
      const { dialect, table } = readingOf(detected);
      splitter = new RecordSplitter(dialect);
      rows = new TableRows(table, dialect, fixer ? (row) => take(fixer.apply(row)) : take);
    }
    splitter.push(text, rows!.push, takeLine);
    enough = (await between(bytes)) === 'enough';
    if (enough) break;
  }
  splitter?.end(rows!.push);
  rows?.end();
  if (!enough && found.digest('hex') !== (detected.source?.text ?? hash))
    throw new ApiError('unprocessable', 'The stored file is not as it was received. Upload it again.');
  return { blank: splitter?.blank ?? 0, after: rows?.after ?? [] };
}
