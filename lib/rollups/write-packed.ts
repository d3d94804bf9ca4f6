import { BinaryRows, ListField, type Width } from '@/lib/columns/binary-rows';
import type { ColumnStore, Piece } from '@/lib/columns/column-store';
import { standing } from './gather';
import { packedLevels, type PackedLevel } from './levels';
import type { Touched } from './write';

// From the gathered month to its packed rows: entries in order, a row of lists for those of the same keys.

const [spend, items, visits] = packedLevels;

const widths: Record<string, Width> = { days: 2, stores: 4, shoppers: 4, purchases: 4, trips: 4 };

/** `entries`: a query of one row an entry, with the level's keys, entry columns and lists. */
async function pack(store: ColumnStore, level: PackedLevel, entries: string, touched: Touched): Promise<void> {
  const { workspaceId, month } = touched;
  const lists = [...level.entry, ...level.lists];
  const numbers = [
    ...level.keys.map((name) => `${name}::int`),
    ...lists.map((name) => (widths[name] ? `${name}::int` : `${name}::bigint`)),
  ];
  const order = [...level.keys, ...level.entry].join(', ');
  const found = store.pieces(`SELECT ${numbers.join(', ')} FROM (${entries}) entry ORDER BY ${order}`);
  await store.sendBinary(
    rowsOf(found, level, [workspaceId, (Date.parse(month) - Date.UTC(2000, 0, 1)) / 86_400_000]),
    `${level.table} (workspace_id, month, ${[...level.keys, ...lists].join(', ')})`,
  );
}

async function* rowsOf(found: AsyncIterable<Piece>, level: PackedLevel, front: number[]): AsyncGenerator<Buffer> {
  const rows = new BinaryRows();
  const keys = level.keys.length;
  const lists = [...level.entry, ...level.lists].map((name) => new ListField(widths[name] ?? 8));
  let current: number[] | undefined;
  const close = (): void => {
    if (!current) return;
    rows.row(front.length + keys + lists.length);
    for (const value of front) rows.integer(value);
    current.forEach((value, at) => (level.keys[at] === 'chunk' ? rows.smallint(value) : rows.integer(value)));
    for (const list of lists) rows.list(list);
  };
  for await (const { size, columns } of found) {
    const keyed = columns.slice(0, keys).map(({ words }) => words);
    for (let row = 0; row < size;) {
      const from = row;
      if (!current || !keyed.every((words, at) => words[row] === current![at])) {
        close();
        current = keyed.map((words) => words[row]!);
        if (rows.full) yield rows.take();
      }
      do row += 1;
      while (row < size && same(keyed, from, row));
      lists.forEach((list, at) => list.take(columns[keys + at]!, from, row));
    }
  }
  close();
  yield rows.end();
}

function same(columns: readonly Int32Array[], one: number, other: number): boolean {
  for (const words of columns) if (words[one] !== words[other]) return false;
  return true;
}

export const writeSpend = (store: ColumnStore, touched: Touched): Promise<void> =>
  pack(
    store,
    spend,
    `SELECT c.category_id, CASE c.member_kind WHEN 2 THEN c.member_id ELSE 0 END AS brand_id,
            s.shopper_no >> 16 AS chunk, s.shopper_no AS shoppers, s.amount, s.units, s.purchases, s.trips
     FROM rollup_spend s
     JOIN rollup_cell c ON c.set_id = s.set_id AND ${standing}`,
    touched,
  );

export function writeItems(store: ColumnStore, touched: Touched): Promise<void> {
  const lists = items.lists.join(', ');
  const added = items.lists.map((name) => `sum(${name})::${name === 'purchases' ? 'int' : 'bigint'}`).join(', ');
  return pack(
    store,
    items,
    `WITH base AS MATERIALIZED (
       SELECT pair_id, product_id, day(date) AS days, store_id AS stores,
              (count(*) FILTER (purchase))::int AS purchases, sum(amount)::bigint AS amount, sum(units)::bigint AS units,
              coalesce(sum(amount) FILTER (shopper_no IS NOT NULL), 0)::bigint AS identified_amount,
              coalesce(sum(amount) FILTER (promoted), 0)::bigint AS promoted_amount,
              coalesce(sum(units) FILTER (promoted), 0)::bigint AS promoted_units,
              coalesce(sum(amount) FILTER (promoted AND base_amount IS NOT NULL), 0)::bigint AS based_amount,
              coalesce(sum(base_amount) FILTER (promoted), 0)::bigint AS base_amount
       FROM rollup_line GROUP BY 1, 2, 3, 4
     ), whole (set_id, days, stores, ${lists}) AS (
       SELECT set_id, days, stores, ${added}
       FROM base JOIN rollup_part USING (pair_id)
       WHERE set_id IN (SELECT set_id FROM rollup_cell WHERE member_kind = 0)
       GROUP BY 1, 2, 3
     )
     SELECT category_id, product_id, days, stores, ${lists} FROM base JOIN rollup_pair USING (pair_id)
     UNION ALL
     SELECT category_id, 0, days, stores, ${lists} FROM whole JOIN rollup_cell USING (set_id) WHERE member_kind = 0`,
    touched,
  );
}

export const writeVisits = (store: ColumnStore, touched: Touched): Promise<void> =>
  pack(
    store,
    visits,
    `SELECT c.category_id, CASE c.member_kind WHEN 2 THEN c.member_id ELSE 0 END AS brand_id, v.shopper_no >> 16 AS chunk,
            v.store_id AS stores, v.shopper_no AS shoppers
     FROM (SELECT DISTINCT set_id, store_id, shopper_no FROM rollup_line JOIN rollup_part USING (pair_id)
           WHERE purchase AND shopper_no IS NOT NULL) v
     JOIN rollup_cell c ON c.set_id = v.set_id AND ${standing}`,
    touched,
  );
