import { csvCell } from '@/lib/contract/csv';

/** All pages of a list as CSV text, a page a piece. */
export async function* streamCsv<Item, Place>(
  columns: readonly (keyof Item & string)[],
  read: (after: Place | null) => Promise<{ items: readonly Item[]; next: Place | null }>,
): AsyncGenerator<string> {
  let next: Place | null = null;
  do {
    const after: Place | null = next;
    const page: { items: readonly Item[]; next: Place | null } = await read(after);
    const rows = page.items.map((item) => columns.map((column) => csvCell(item[column])).join(','));
    yield [...(after ? [] : [columns.join(',')]), ...rows, ''].join('\r\n');
    ({ next } = page);
  } while (next);
}
