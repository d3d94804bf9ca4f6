import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { readPacked, type Series } from '@/lib/packed/read';
import { unpackText } from '@/lib/packed/unpack';
import { toDays } from '@/lib/metrics/calendar';
import { addDays, startOf, within, type Range } from '@/lib/metrics/periods';
import { selectLines } from './compile-lines';
import { usesPlace, usesStore, type Cut } from './cut';
import { itemLevel } from './item-level';
import { itemColumns, monthsIn, type ItemColumn, type ItemLists, type ItemMonth, type ItemRow } from './join-items';
import { inSpans, name, type Sql } from './fragments';
import { listProducts } from './products';
import { firstsIn } from './times';
import { readStores } from './read-stores';
import { chooseItems, packedFrom, reach, type Choice, type Ground } from './plan';

export interface ItemsRead {
  /** Product by product. */
  months: ItemMonth[];
  choice: Choice;
  rowsRead: number;
  ms: number;
}

/** `whole`: not by product, but what is sold at the cut's nodes all together, as product 0. */
export async function readItems(
  snapshot: Snapshot,
  cut: Cut,
  range: Range,
  ground: Ground,
  asked: readonly ItemColumn[],
  { whole = false } = {},
): Promise<ItemsRead> {
  const started = performance.now();
  const reached = ground.facts.data && within(range, ground.facts.data);
  if (!reached || !reach(range, ground.facts.data) || cut.nodes.length === 0) {
    return { months: [], choice: { parts: [], rejected: [] }, rowsRead: 0, ms: performance.now() - started };
  }
  const choice = chooseItems(cut, reached, ground, whole);
  const fromLines = choice.parts.some(({ source }) => source === 'lines');
  const wanted = itemColumns.filter((column) => asked.includes(column));
  const { rows, rowsRead } =
    fromLines || (whole && cut.nodes.length > 1)
      ? await sendRows(
          snapshot,
          fromLines ? onLines(cut, reached, ground, wanted, whole) : atNodes(cut, reached, ground, wanted),
          wanted,
        )
      : await keptRows(
          snapshot,
          whole
            ? [{ key: null, ids: [cut.nodes[0]!, 0] }]
            : (await listProducts(snapshot, cut, ground))
                .map(({ key, category, ids: [product] }) => ({ key, ids: [category, product!] }))
                .sort((a, b) => a.ids[1]! - b.ids[1]!),
          reached,
          ground,
          wanted,
        );
  const stores = !fromLines && (usesPlace(cut) || usesStore(cut)) ? await readStores(snapshot, cut, ground) : null;
  return {
    months: monthsIn(rows, reached, range.from, stores),
    choice,
    rowsRead,
    ms: performance.now() - started,
  };
}

async function keptRows(
  snapshot: Snapshot,
  series: readonly Series[],
  range: Range,
  ground: Ground,
  wanted: readonly ItemColumn[],
): Promise<{ rows: ItemRow[]; rowsRead: number }> {
  const read = await readPacked(snapshot, packedFrom(ground), {
    ...{ level: itemLevel, series, times: firstsIn('month', [range]), chunks: 1 },
    columns: ['days', 'stores', ...wanted],
  });
  const rows = read.map(({ series: { ids }, time, lists }): ItemRow => ({
    product: ids[1]!,
    time,
    lists: lists as unknown as ItemLists,
  }));
  return { rows, rowsRead: rows.reduce((sum, { lists }) => sum + lists.days.length, 0) };
}

async function sendRows(
  snapshot: Snapshot,
  statement: Sql,
  wanted: readonly ItemColumn[],
): Promise<{ rows: ItemRow[]; rowsRead: number }> {
  type Sent = { product: number; month: string; rows_read: number } & Record<keyof ItemLists, string>;
  const sent = await snapshot.$queryRaw<Sent[]>(statement);
  const rows = sent.map(({ product, month, ...texts }): ItemRow => {
    const lists = (['days', 'stores', ...wanted] as const).map((name) => [name, unpackText(texts[name])]);
    return { product, time: toDays(month), lists: Object.fromEntries(lists) as ItemLists };
  });
  return { rows, rowsRead: sent.reduce((sum, row) => sum + Number(row.rows_read), 0) };
}

const monthsOf = ({ from, to }: Range): Range => ({ from: startOf('month', from), to });

/** A store and day has an entry at each node: they are added up. */
const atNodes = (cut: Cut, range: Range, { facts }: Ground, wanted: readonly ItemColumn[]): Sql =>
  packed(
    sql.sql`SELECT 0 AS product, to_char(r.month, 'YYYY-MM-DD') AS month, entry.days, entry.stores, count(*) AS read,
                   ${sql.join(itemColumns.map((column) => sql.sql`sum(${name(`entry.${column}`)})::bigint AS ${name(column)}`))}
            FROM item_month r,
                 LATERAL unnest(r.days, r.stores, ${sql.join(itemColumns.map((column) => name(`r.${column}`)))})
                 AS entry(days, stores, ${name(itemColumns.join(', '))})
            WHERE r.workspace_id = ${facts.workspaceId}::int AND r.category_id = ANY(${cut.nodes}::int[])
              AND r.product_id = 0 AND ${inSpans(name('r.month'), [monthsOf(range)])}
            GROUP BY r.month, entry.days, entry.stores`,
    wanted,
  );

const sums: Record<ItemColumn, Sql> = {
  purchases: sql.sql`(count(*) FILTER (WHERE NOT l.is_return AND l.units > 0))::int`,
  amount: sql.sql`sum(l.amount)::bigint`,
  units: sql.sql`(sum(l.units) * 1000)::bigint`,
  promoted_amount: sql.sql`coalesce(sum(l.amount) FILTER (WHERE l.promotion > 0), 0)::bigint`,
  promoted_units: sql.sql`(coalesce(sum(l.units) FILTER (WHERE l.promotion > 0), 0) * 1000)::bigint`,
  based_amount: sql.sql`coalesce(sum(l.amount) FILTER (WHERE l.promotion > 0 AND l.base_amount IS NOT NULL), 0)::bigint`,
  base_amount: sql.sql`coalesce(sum(l.base_amount) FILTER (WHERE l.promotion > 0), 0)::bigint`,
};

function onLines(cut: Cut, range: Range, ground: Ground, wanted: readonly ItemColumn[], whole: boolean): Sql {
  const { from } = selectLines({ ...cut, key: { by: 'none' } }, { source: 'lines', spans: [range] }, ground);
  return packed(
    sql.sql`SELECT ${whole ? name('0') : name('l.product_id')} AS product,
                   to_char(date_trunc('month', l.date::timestamp), 'YYYY-MM-DD') AS month,
                   extract(day FROM l.date)::smallint AS days, coalesce(l.store_id, 0) AS stores, count(*) AS read,
                   ${sql.join(itemColumns.map((column) => sql.sql`${sums[column]} AS ${name(column)}`))}
            ${from} GROUP BY 1, 2, 3, 4`,
    wanted,
  );
}

/** Entries, a row each, as lists by product and month. */
function packed(entries: Sql, wanted: readonly ItemColumn[]): Sql {
  const lists = ['days', 'stores', ...wanted].map(
    (column) =>
      sql.sql`encode(array_send(array_agg(${name(column)} ORDER BY days, stores)), 'base64') AS ${name(column)}`,
  );
  return sql.sql`
    SELECT product, month, ${sql.join(lists)}, sum(read)::int AS rows_read
    FROM (${entries}) sold GROUP BY product, month ORDER BY product, month`;
}

/** The date that a day of the items stands for. */
export const dateOf = (range: Range, day: number): string => addDays(range.from, day);
