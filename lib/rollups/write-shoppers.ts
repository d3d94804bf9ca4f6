import { BinaryRows, ListField } from '@/lib/columns/binary-rows';
import type { ColumnStore, Piece } from '@/lib/columns/column-store';
import { standing } from './gather';
import type { ShopperLevel } from './levels';
import { touchedDays, type Touched } from './write';

// Sets of shoppers, made here one by one and sent as they are stored: PostgreSQL would copy all 8 KB of a bitmap for every bit.

const BYTES = 65_536 / 8;

const buyersByDay = (touched: Touched): string =>
  `SELECT DISTINCT set_id, date, shopper_no
   FROM rollup_line JOIN rollup_part USING (pair_id)
   WHERE purchase AND shopper_no IS NOT NULL AND ${touchedDays(touched)}
     AND set_id IN (SELECT c.set_id FROM rollup_cell c WHERE ${standing})`;

const buyers = ({ month }: Touched): string =>
  `SELECT set_id, '${month}'::date AS date, shopper_no FROM rollup_spend WHERE purchases > 0`;

export async function writeShoppers(store: ColumnStore, level: ShopperLevel, touched: Touched): Promise<void> {
  const daily = level.grain === 'day';
  const keys = ['category_id', 'brand_id', 'day'];
  // A row a shopper, in order: however many there are, they need no memory at once.
  const found = store.pieces(
    `SELECT c.category_id, CASE c.member_kind WHEN 2 THEN c.member_id ELSE 0 END AS brand_id,
            (b.date - '2000-01-01'::date)::int AS day, b.shopper_no
     FROM (${daily ? buyersByDay(touched) : buyers(touched)}) b
     JOIN rollup_cell c ON c.set_id = b.set_id AND ${standing}
     ORDER BY ${keys.join(', ')}, shopper_no`,
  );
  await store.sendBinary(
    rowsOf(found, touched.workspaceId, keys.length, level.column),
    `${level.table} (workspace_id, category_id, brand_id, ${level.time}, chunk, ${level.column})`,
  );
}

/** One row for each different key of so many numbers and chunk of shoppers. */
async function* rowsOf(
  found: AsyncIterable<Piece>,
  workspaceId: number,
  keys: number,
  column: ShopperLevel['column'],
): AsyncGenerator<Buffer> {
  const rows = new BinaryRows();
  const list = column === 'shoppers' ? new ListField(4) : null;
  const current = Array.from({ length: keys + 1 }, () => -1);
  let bitmap: Buffer = Buffer.alloc(0);
  let begun = false;
  for await (const { size, columns } of found) {
    const words = columns.map((column) => column.words);
    const shoppers = words[keys]!;
    for (let row = 0; row < size; row += 1) {
      const shopper = shoppers[row]!;
      const chunk = shopper >> 16;
      let same = current[keys] === chunk;
      for (let key = 0; same && key < keys; key += 1) same = current[key] === words[key]![row];
      if (!same) {
        if (list && begun) rows.list(list);
        if (rows.full) yield rows.take();
        rows.row(keys + 3);
        rows.integer(workspaceId);
        for (let key = 0; key < keys; key += 1) rows.integer((current[key] = words[key]![row]!));
        rows.smallint((current[keys] = chunk));
        if (!list) bitmap = rows.bitmap(BYTES);
        begun = true;
      }
      if (list) list.take(columns[keys]!, row, row + 1);
      else bitmap[(shopper & 65535) >> 3]! |= 128 >> (shopper & 7);
    }
  }
  if (list && begun) rows.list(list);
  yield rows.end();
}
