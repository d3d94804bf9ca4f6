import type { ColumnStore } from '@/lib/columns/column-store';
import { sumColumns } from './levels';

// What one month of lines boils down to, in tables of the column store from which every level is then made:
//   rollup_product, rollup_store  what a line's product and store say of it
//   rollup_pair   (category, brand) of products; the finest that rollups tell apart
//   rollup_cell   where a stored row stands: node × member. `own`: a brand at its products' own category alone
//   rollup_part   which pairs make up a set. Cells that hold the same pairs (a brand in one category, that brand at each
//                 node above) share a set, and are counted once
//   rollup_line   the month's lines with their members; units in thousandths
//   rollup_sum    sums by day × place × pair
//   rollup_trip   baskets by day × place × set
//   rollup_spend  what each shopper bought of the sets that shoppers are kept of

/** A basket id that spans days or stores must be counted anew at every level; else counts add up over days and places. */
export interface TripCount {
  trips: string;
  identified: string;
}
export const tripCount = (basketsSpan: boolean): TripCount =>
  basketsSpan
    ? { trips: 'count(DISTINCT basket_id)', identified: 'count(DISTINCT basket_id) FILTER (WHERE identified)' }
    : { trips: 'sum(trips)', identified: 'sum(identified_trips)' };

/** Cells that shoppers are kept of: every node as a whole, and what stands at the products' own category. */
export const standing = '(c.own OR c.member_kind = 0)';

/** Fills the store with what the lines of a workspace refer to. */
export async function openGathering(store: ColumnStore, workspaceId: number): Promise<void> {
  await store.fetch(
    'rollup_node',
    { category_id: 'INTEGER', ancestor_id: 'INTEGER' },
    `SELECT category_id, ancestor_id FROM category_ancestor WHERE workspace_id = ${workspaceId}`,
  );
  await store.fetch(
    'rollup_store',
    { store_id: 'INTEGER', region_id: 'INTEGER', channel_id: 'INTEGER' },
    `SELECT id, coalesce(region_id, 0), coalesce(channel_id, 0) FROM store WHERE workspace_id = ${workspaceId}`,
  );
  await store.fetch(
    'rollup_product',
    {
      ...{ product_id: 'INTEGER', category_id: 'INTEGER', brand_id: 'INTEGER', manufacturer_id: 'INTEGER' },
      ...{ kg: 'DECIMAL(14,6)', l: 'DECIMAL(14,6)' },
    },
    `SELECT p.id, p.category_id, p.brand_id, b.manufacturer_id, CASE p.pack_unit WHEN 'kg' THEN p.pack_size END,
            CASE p.pack_unit WHEN 'l' THEN p.pack_size END
     FROM product p JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
     WHERE p.workspace_id = ${workspaceId}`,
    { as: 'SELECT *, dense_rank() OVER (ORDER BY category_id, brand_id)::int AS pair_id FROM fetched' },
  );
  await store.run(
    `CREATE TABLE rollup_pair AS SELECT DISTINCT pair_id, category_id, brand_id, manufacturer_id FROM rollup_product;
     CREATE TABLE rollup_cell AS
     SELECT category_id, member_kind, member_id, own, pairs, (dense_rank() OVER (ORDER BY pairs))::int AS set_id
     FROM (SELECT a.ancestor_id AS category_id, m.kind AS member_kind, m.id AS member_id, false AS own,
                  list(m.pair_id ORDER BY m.pair_id) AS pairs
           FROM (SELECT pair_id, category_id, 0 AS kind, 0 AS id FROM rollup_pair
                 UNION ALL SELECT pair_id, category_id, 1, manufacturer_id FROM rollup_pair WHERE manufacturer_id IS NOT NULL
                 UNION ALL SELECT pair_id, category_id, 2, brand_id FROM rollup_pair) m
           JOIN rollup_node a USING (category_id)
           GROUP BY ALL
           UNION ALL
           SELECT category_id, 2, brand_id, true, [pair_id] FROM rollup_pair) cells;
     CREATE TABLE rollup_part AS SELECT set_id, unnest(pairs) AS pair_id FROM (SELECT DISTINCT set_id, pairs FROM rollup_cell)`,
  );
}

/** Sums of the stored columns over rollup_line. */
export const lineSums = `
  count(*) AS lines,
  sum(units)::bigint AS units,
  sum(amount)::bigint AS amount,
  coalesce(sum(volume_kg), 0) AS volume_kg,
  coalesce(sum(volume_l), 0) AS volume_l,
  coalesce(sum(units) FILTER (volume_kg IS NOT NULL OR volume_l IS NOT NULL), 0)::bigint AS sized_units,
  coalesce(sum(units) FILTER (shopper_no IS NOT NULL), 0)::bigint AS identified_units,
  coalesce(sum(amount) FILTER (shopper_no IS NOT NULL), 0)::bigint AS identified_amount,
  coalesce(sum(units) FILTER (basket_id IS NOT NULL), 0)::bigint AS basket_units,
  coalesce(sum(amount) FILTER (basket_id IS NOT NULL), 0)::bigint AS basket_amount,
  coalesce(sum(units) FILTER (promoted), 0)::bigint AS promoted_units,
  coalesce(sum(amount) FILTER (promoted), 0)::bigint AS promoted_amount`;

const isVolume = (name: string) => name === 'volume_kg' || name === 'volume_l';

/** Sums of gathered sums; whole numbers stay bigint. */
export const sumsOfSums = sumColumns
  .map((name) => (isVolume(name) ? `sum(${name}) AS ${name}` : `sum(${name})::bigint AS ${name}`))
  .join(', ');

/** Gathered sums as they are stored: thousandths of a unit become units. */
export const stored = (alias: string): string =>
  sumColumns.map((name) => (name.endsWith('units') ? `${alias}.${name} * 0.001` : `${alias}.${name}`)).join(', ');

/** Sale lines as the store holds them. */
export const lineColumns = {
  ...{ workspace_id: 'INTEGER', import_id: 'INTEGER', row_no: 'INTEGER', date: 'DATE', time: 'TIME' },
  ...{ store_id: 'INTEGER', shopper_no: 'INTEGER', basket_id: 'BIGINT', product_id: 'INTEGER' },
  ...{ units: 'DECIMAL(14,3)', amount: 'BIGINT', base_amount: 'BIGINT', promotion: 'SMALLINT', is_return: 'BOOLEAN' },
};

/** Fills the tables of the store with the lines of one month (its first day); `lines`: a query of the store for all of them. */
export async function gatherMonth(
  store: ColumnStore,
  workspaceId: number,
  month: string,
  basketsSpan: boolean,
  lines: string | null,
): Promise<void> {
  const withMembers = `
    SELECT f.date, coalesce(s.region_id, 0) AS region_id, coalesce(s.channel_id, 0) AS channel_id,
           coalesce(f.store_id, 0) AS store_id, p.pair_id, f.product_id, f.shopper_no, f.basket_id,
           NOT f.is_return AND f.units > 0 AS purchase, f.promotion > 0 AS promoted, (f.units * 1000)::bigint AS units,
           f.amount, f.units * p.kg AS volume_kg, f.units * p.l AS volume_l, f.base_amount
    FROM fetched f JOIN rollup_product p USING (product_id) LEFT JOIN rollup_store s USING (store_id)`;
  if (lines) await store.run(`CREATE OR REPLACE TABLE rollup_line AS WITH fetched AS (${lines}) ${withMembers}`);
  else {
    const { workspace_id: _w, import_id: _i, row_no: _r, time: _t, ...columns } = lineColumns;
    await store.fetch(
      'rollup_line',
      columns,
      `SELECT ${Object.keys(columns).join(', ')} FROM sale_line
       WHERE workspace_id = ${workspaceId} AND date >= '${month}'::date AND date < '${month}'::date + interval '1 month'`,
      { as: withMembers },
    );
  }
  const baskets = `
    SELECT l.date, l.region_id, l.channel_id, q.set_id, l.basket_id, bool_or(l.shopper_no IS NOT NULL) AS identified
    FROM rollup_line l JOIN rollup_part q USING (pair_id)
    WHERE l.purchase AND l.basket_id IS NOT NULL
    GROUP BY ALL`;
  await store.run(
    `CREATE OR REPLACE TABLE rollup_sum AS
     SELECT date, region_id, channel_id, pair_id, ${lineSums} FROM rollup_line GROUP BY 1, 2, 3, 4;
     CREATE OR REPLACE TABLE rollup_trip AS ${
       basketsSpan
         ? baskets
         : `SELECT date, region_id, channel_id, set_id, count(*) AS trips, count(*) FILTER (identified) AS identified_trips
            FROM (${baskets}) b GROUP BY ALL`
     };
     CREATE OR REPLACE TABLE rollup_spend AS
     WITH base AS MATERIALIZED (
       SELECT pair_id, shopper_no, basket_id, sum(amount)::bigint AS amount, sum(units)::bigint AS units,
              count(*) FILTER (purchase) AS purchases
       FROM rollup_line WHERE shopper_no IS NOT NULL GROUP BY 1, 2, 3
     ), baskets AS (
       SELECT set_id, shopper_no, basket_id, sum(amount)::bigint AS amount, sum(units)::bigint AS units,
              sum(purchases)::int AS purchases
       FROM base JOIN rollup_part USING (pair_id)
       WHERE set_id IN (SELECT c.set_id FROM rollup_cell c WHERE ${standing})
       GROUP BY 1, 2, 3
     )
     SELECT set_id, shopper_no, sum(amount)::bigint AS amount, sum(units)::bigint AS units,
            sum(purchases)::int AS purchases, (count(basket_id) FILTER (purchases > 0))::int AS trips
     FROM baskets GROUP BY 1, 2`,
  );
}
