import type { PoolClient } from 'pg';
import { packedLevels, type PackedLevel } from './levels';
import type { Touched } from './write';

// From the gathered month to its packed rows: grouped as a plain rollup would be, then listed in the order of the entries.

const [spend, items] = packedLevels;

/** `entries`: a query of one row an entry, with the level's keys, entry columns and lists. */
async function pack(client: PoolClient, level: PackedLevel, entries: string, touched: Touched): Promise<void> {
  const order = level.entry.join(', ');
  const lists = [...level.entry, ...level.lists];
  const keys = level.keys.join(', ');
  await client.query(
    `INSERT INTO ${level.table} (workspace_id, month, ${keys}, ${lists.join(', ')})
     SELECT $1::int, $2::date, ${keys}, ${lists.map((name) => `array_agg(${name} ORDER BY ${order})`).join(', ')}
     FROM (${entries}) entry
     GROUP BY ${keys}
     ORDER BY ${keys}`,
    [touched.workspaceId, touched.month],
  );
}

/** Every node as a whole, and what stands at the products' own category. */
const standing = '(c.own OR c.member_kind = 0)';

export async function writeSpend(client: PoolClient, touched: Touched): Promise<void> {
  await pack(
    client,
    spend,
    `WITH base AS MATERIALIZED (
       SELECT pair_id, shopper_no, basket_id, sum(amount)::bigint AS amount, sum(units)::bigint AS units,
              count(*) FILTER (WHERE purchase) AS purchases
       FROM rollup_line WHERE shopper_no IS NOT NULL GROUP BY 1, 2, 3
     ), baskets AS (
       SELECT set_id, shopper_no, basket_id, sum(amount)::bigint AS amount, sum(units)::bigint AS units,
              sum(purchases)::int AS purchases
       FROM base JOIN rollup_part USING (pair_id)
       WHERE set_id IN (SELECT c.set_id FROM rollup_cell c WHERE ${standing})
       GROUP BY 1, 2, 3
     )
     SELECT c.category_id, CASE c.member_kind WHEN 2 THEN c.member_id ELSE 0 END AS brand_id,
            (s.shopper_no >> 16)::smallint AS chunk, s.shopper_no AS shoppers, s.amount, s.units, s.purchases, s.trips
     FROM (SELECT set_id, shopper_no, sum(amount)::bigint AS amount, sum(units)::bigint AS units,
                  sum(purchases)::int AS purchases, (count(basket_id) FILTER (WHERE purchases > 0))::int AS trips
           FROM baskets GROUP BY 1, 2) s
     JOIN rollup_cell c ON c.set_id = s.set_id AND ${standing}`,
    touched,
  );
}

export async function writeItems(client: PoolClient, touched: Touched): Promise<void> {
  const lists = items.lists.join(', ');
  const added = items.lists.map((name) => `sum(${name})::${name === 'purchases' ? 'int' : 'bigint'}`).join(', ');
  await pack(
    client,
    items,
    `WITH base AS MATERIALIZED (
       SELECT pair_id, product_id, extract(day FROM date)::smallint AS days, store_id AS stores,
              (count(*) FILTER (WHERE purchase))::int AS purchases, sum(amount)::bigint AS amount, sum(units)::bigint AS units,
              coalesce(sum(amount) FILTER (WHERE promoted), 0)::bigint AS promoted_amount,
              coalesce(sum(units) FILTER (WHERE promoted), 0)::bigint AS promoted_units,
              coalesce(sum(amount) FILTER (WHERE promoted AND base_amount IS NOT NULL), 0)::bigint AS based_amount,
              coalesce(sum(base_amount) FILTER (WHERE promoted), 0)::bigint AS base_amount
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
