import { csvCell } from '@/lib/contract/csv';

export const csvHead = (columns: readonly string[]): string => `${columns.join(',')}\r\n`;

export const csvRows = <Item>(columns: readonly (keyof Item & string)[], items: readonly Item[]): string =>
  items.map((item) => `${columns.map((column) => csvCell(item[column])).join(',')}\r\n`).join('');

/** All pages of a list as CSV text, a page a piece. */
export async function* streamCsv<Item, Place>(
  columns: readonly (keyof Item & string)[],
  read: (after: Place | null) => Promise<{ items: readonly Item[]; next: Place | null }>,
): AsyncGenerator<string> {
  let next: Place | null = null;
  do {
    const after: Place | null = next;
    const page: { items: readonly Item[]; next: Place | null } = await read(after);
    yield (after ? '' : csvHead(columns)) + csvRows(columns, page.items);
    ({ next } = page);
  } while (next);
}
