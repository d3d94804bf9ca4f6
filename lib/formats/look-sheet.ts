import 'server-only';
import { ROWS_LOOKED_AT } from './choose-sheet';
import { followXml } from './xml';

// Which sheet of a workbook holds its table: notes and summaries stand before it as often as not.

/** How much of a table a sheet holds: the values of its first rows beside the first of each row. */
export async function weighSheet(bytes: AsyncIterable<Buffer>): Promise<number> {
  let [rows, cells, weight] = [0, 0, 0];
  const enough = (): boolean => rows >= ROWS_LOOKED_AT;
  let filled = false;
  const open = (name: string): void => {
    if (name === 'row') cells = 0;
    else if (name === 'c') filled = false;
    else if (name === 'v' || name === 't') filled = true;
  };
  const close = (name: string): void => {
    if (name === 'c' && filled) cells += 1;
    if (name !== 'row') return;
    rows += 1;
    weight += Math.max(0, cells - 1);
  };
  try {
    await followXml(until(bytes, enough), { open, close });
  } catch (error) {
    // Left in the middle; what is damaged further up is told when the sheet is read.
    if (!enough() && rows === 0) throw error;
  }
  return weight;
}

async function* until(bytes: AsyncIterable<Buffer>, enough: () => boolean): AsyncGenerator<Buffer> {
  for await (const piece of bytes) {
    yield piece;
    if (enough()) return;
  }
}
