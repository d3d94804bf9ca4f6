import 'server-only';
import { keepPlainText } from '@/lib/tables/join-sheets';
import { readingOf } from '@/lib/tables/detect';
import { eachRecord, type Stored } from './each-record';

/** The cells of some rows of a stored file, by row number; none where the file is not kept any more. Reads no further than needed. */
export async function rowsAt(stored: Stored, wanted: readonly number[]): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>();
  if (wanted.length === 0) return found;
  const rows = new Set(wanted);
  const { quote, wrapped } = readingOf(stored.detected).dialect;
  const hasQuote = quoteFinder(quote);
  try {
    await keepPlainText(stored.path, stored.detected.source);
    await eachRecord(
      stored,
      {
        take: ({ row, fields }) => void (rows.has(row) && found.set(row, fields)),
        // A record is a line unless it holds quotes; the lines above those wanted are many.
        takePlain: (text, start, end, no) => !wrapped && !rows.has(no) && !hasQuote(text, start, end),
      },
      () => (found.size === rows.size ? 'enough' : undefined),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return found;
}

/** Looks for each quote of a text once. */
function quoteFinder(quote: string): (text: string, start: number, end: number) => boolean {
  if (quote === '') return () => false;
  let known = '';
  let next = -1;
  return (text, start, end) => {
    if (text !== known || next < start) {
      known = text;
      next = text.indexOf(quote, start);
      if (next < 0) next = Infinity;
    }
    return next < end;
  };
}
