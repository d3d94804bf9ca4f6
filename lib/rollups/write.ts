import type { PoolClient } from 'pg';
import { lineSums, stored, sumsOfSums, type TripCount } from './gather';
import { type ProductLevel, type SalesLevel, type ShopperLevel, sumColumns, tripColumns } from './levels';

// From the gathered month to the stored rows. Table and column names come from levels.ts; values are parameters.

/** The month being written, and which of its days changed. */
export interface Touched {
  workspaceId: number;
  month: string;
  days: string[];
}

const columns = [...sumColumns, ...tripColumns];

export async function writeSales(
  client: PoolClient,
  level: SalesLevel,
  count: TripCount,
  touched: Touched,
): Promise<void> {
  const daily = level.grain === 'day';
  const keys = [...(daily ? ['date'] : []), ...(level.place ? ['region_id', 'channel_id'] : [])];
  const when = daily ? 'WHERE date = ANY($2::date[])' : '';
  const stands = `c.member_kind IN (${level.members.join(', ')}) AND NOT c.own`;
  const inSets = `set_id IN (SELECT c.set_id FROM rollup_cell c WHERE ${stands})`;
  const bySet = ['set_id', ...keys].join(', ');
  const byPair = ['pair_id', ...keys].join(', ');
  const target = [
    'category_id',
    'member_kind',
    'member_id',
    level.time,
    ...(level.place ? ['region_id', 'channel_id'] : []),
  ];
  await client.query(
    `INSERT INTO ${level.table} (workspace_id, ${target.join(', ')}, ${columns.join(', ')})
     WITH base AS MATERIALIZED (
       SELECT ${byPair}, ${daily && level.place ? sumColumns.join(', ') : sumsOfSums}
       FROM rollup_sum ${when} ${daily && level.place ? '' : `GROUP BY ${byPair}`}
     ), sums AS (
       SELECT ${bySet}, ${sumsOfSums}
       FROM base JOIN rollup_part USING (pair_id)
       WHERE ${inSets}
       GROUP BY ${bySet}
     ), baskets AS (
       SELECT ${bySet}, ${count.trips} AS trips, ${count.identified} AS identified_trips
       FROM rollup_trip WHERE ${inSets} ${daily ? 'AND date = ANY($2::date[])' : ''} GROUP BY ${bySet}
     )
     SELECT $1::int, c.category_id, c.member_kind, c.member_id, ${daily ? 's.date' : '$2::date'},
            ${level.place ? 's.region_id, s.channel_id,' : ''}
            ${stored('s')}, coalesce(t.trips, 0), coalesce(t.identified_trips, 0)
     FROM sums s
     LEFT JOIN baskets t USING (${bySet})
     JOIN rollup_cell c ON c.set_id = s.set_id AND ${stands}
     ORDER BY 2, 3, 4, 5 ${level.place ? ', 6, 7' : ''}`,
    [touched.workspaceId, daily ? touched.days : touched.month],
  );
}

export async function writeProducts(client: PoolClient, level: ProductLevel, touched: Touched): Promise<void> {
  const daily = level.grain === 'day';
  await client.query(
    `INSERT INTO ${level.table} (workspace_id, product_id, ${level.time}, ${columns.join(', ')})
     SELECT $1::int, product_id, day, ${stored('s')}, trips, identified_trips
     FROM (SELECT product_id, ${daily ? 'date' : '$2::date'} AS day, ${lineSums},
                  count(DISTINCT basket_id) FILTER (WHERE purchase) AS trips,
                  count(DISTINCT basket_id) FILTER (WHERE purchase AND shopper_no IS NOT NULL) AS identified_trips
           FROM rollup_line ${daily ? 'WHERE date = ANY($2::date[])' : ''}
           GROUP BY 1, 2) s
     ORDER BY product_id, day`,
    [touched.workspaceId, daily ? touched.days : touched.month],
  );
}

export async function writeShoppers(client: PoolClient, level: ShopperLevel, touched: Touched): Promise<void> {
  const target = `INSERT INTO ${level.table} (workspace_id, category_id, brand_id, ${level.time},
                                              ${level.store ? 'store_id,' : ''} chunk, bits)`;
  // Months are the union of their days, which are stored already.
  if (level.grain === 'month' && !level.store) {
    await client.query(
      `${target}
       SELECT $1::int, category_id, brand_id, $2::date, chunk, bit_or(bits) FROM shopper_day
       WHERE workspace_id = $1 AND date >= $2::date AND date < $2::date + interval '1 month'
       GROUP BY category_id, brand_id, chunk`,
      [touched.workspaceId, touched.month],
    );
    return;
  }
  const daily = level.grain === 'day';
  const keys = ['category_id', 'brand_id', daily ? 'date' : 'store_id', 'chunk'].join(', ');
  await client.query(
    `${target}
     SELECT $1::int, category_id, brand_id, ${daily ? 'date' : '$2::date, store_id'}, chunk, shopper_bits(bit, 1)
     FROM (SELECT DISTINCT c.category_id, CASE c.member_kind WHEN 2 THEN c.member_id ELSE 0 END AS brand_id,
                  ${daily ? 'l.date' : 'l.store_id'}, (l.shopper_no >> 16)::smallint AS chunk, l.shopper_no & 65535 AS bit
           FROM rollup_line l
           JOIN rollup_part USING (pair_id)
           JOIN rollup_cell c ON c.set_id = rollup_part.set_id AND (c.own OR c.member_kind = 0)
           WHERE l.purchase AND l.shopper_no IS NOT NULL ${daily ? 'AND l.date = ANY($2::date[])' : ''}) bits
     GROUP BY ${keys}`,
    [touched.workspaceId, daily ? touched.days : touched.month],
  );
}
