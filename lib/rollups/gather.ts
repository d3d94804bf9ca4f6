import type { PoolClient } from 'pg';
import { sumColumns } from './levels';

// What one month of lines boils down to, in temporary tables from which every level is then written:
//   rollup_pair   (category, brand) of products; the finest that rollups tell apart
//   rollup_cell   where a stored row stands: node × member. `own`: a brand at its products' own category alone
//   rollup_part   which pairs make up a set. Cells that hold the same pairs (a brand in one category, that brand at each
//                 node above) share a set, and are counted once
//   rollup_line   the month's lines with their members; units in thousandths
//   rollup_sum    sums by day × place × pair
//   rollup_trip   baskets by day × place × set

const temporary = ['rollup_pair', 'rollup_cell', 'rollup_part', 'rollup_line', 'rollup_sum', 'rollup_trip'];

/** A basket id that spans days or stores must be counted anew at every level; else counts add up over days and places. */
export interface TripCount {
  trips: string;
  identified: string;
}
export const tripCount = (basketsSpan: boolean): TripCount =>
  basketsSpan
    ? { trips: 'count(DISTINCT basket_id)', identified: 'count(DISTINCT basket_id) FILTER (WHERE identified)' }
    : { trips: 'sum(trips)', identified: 'sum(identified_trips)' };

export async function openGathering(client: PoolClient, workspaceId: number, basketsSpan: boolean): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE rollup_pair ON COMMIT DROP AS
     SELECT (row_number() OVER (ORDER BY category_id, brand_id))::int AS pair_id, category_id, brand_id, manufacturer_id
     FROM (SELECT DISTINCT p.category_id, p.brand_id, b.manufacturer_id
           FROM product p JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
           WHERE p.workspace_id = ${workspaceId}) pairs`,
  );
  await client.query(
    `CREATE TEMP TABLE rollup_cell ON COMMIT DROP AS
     SELECT category_id, member_kind, member_id, own, pairs, (dense_rank() OVER (ORDER BY pairs))::int AS set_id
     FROM (SELECT a.ancestor_id AS category_id, m.kind AS member_kind, m.id AS member_id, false AS own,
                  array_agg(q.pair_id ORDER BY q.pair_id) AS pairs
           FROM rollup_pair q
           JOIN category_ancestor a ON a.workspace_id = ${workspaceId} AND a.category_id = q.category_id
           CROSS JOIN LATERAL (VALUES (0::smallint, 0), (1::smallint, q.manufacturer_id), (2::smallint, q.brand_id)) m(kind, id)
           WHERE m.id IS NOT NULL
           GROUP BY 1, 2, 3
           UNION ALL
           SELECT category_id, 2::smallint, brand_id, true, ARRAY[pair_id] FROM rollup_pair) cells`,
  );
  await client.query(
    `CREATE TEMP TABLE rollup_part ON COMMIT DROP AS
     SELECT set_id, unnest(pairs) AS pair_id FROM (SELECT DISTINCT set_id, pairs FROM rollup_cell) sets`,
  );
  await client.query(
    `CREATE TEMP TABLE rollup_line (
       date date, region_id int, channel_id int, store_id int, pair_id int, product_id int, shopper_no int,
       basket_id bigint, purchase boolean, promoted boolean, units bigint, amount bigint, volume_kg numeric, volume_l numeric,
       base_amount bigint
     ) ON COMMIT DROP`,
  );
  await client.query(
    `CREATE TEMP TABLE rollup_sum (
       date date, region_id int, channel_id int, pair_id int,
       ${sumColumns.map((name) => `${name} ${isVolume(name) ? 'numeric' : 'bigint'}`).join(', ')}
     ) ON COMMIT DROP`,
  );
  await client.query(
    `CREATE TEMP TABLE rollup_trip (
       date date, region_id int, channel_id int, set_id int,
       ${basketsSpan ? 'basket_id bigint, identified boolean' : 'trips bigint, identified_trips bigint'}
     ) ON COMMIT DROP`,
  );
  await client.query('ANALYZE rollup_pair, rollup_cell, rollup_part');
}

export async function closeGathering(client: PoolClient): Promise<void> {
  await client.query(`DROP TABLE ${temporary.join(', ')}`);
}

/** Sums of the stored columns over rollup_line. */
export const lineSums = `
  count(*) AS lines,
  sum(units)::bigint AS units,
  sum(amount)::bigint AS amount,
  coalesce(sum(volume_kg), 0) AS volume_kg,
  coalesce(sum(volume_l), 0) AS volume_l,
  coalesce(sum(units) FILTER (WHERE volume_kg IS NOT NULL OR volume_l IS NOT NULL), 0)::bigint AS sized_units,
  coalesce(sum(units) FILTER (WHERE shopper_no IS NOT NULL), 0)::bigint AS identified_units,
  coalesce(sum(amount) FILTER (WHERE shopper_no IS NOT NULL), 0)::bigint AS identified_amount,
  coalesce(sum(units) FILTER (WHERE basket_id IS NOT NULL), 0)::bigint AS basket_units,
  coalesce(sum(amount) FILTER (WHERE basket_id IS NOT NULL), 0)::bigint AS basket_amount,
  coalesce(sum(units) FILTER (WHERE promoted), 0)::bigint AS promoted_units,
  coalesce(sum(amount) FILTER (WHERE promoted), 0)::bigint AS promoted_amount`;

const isVolume = (name: string) => name === 'volume_kg' || name === 'volume_l';

/** Sums of gathered sums; whole numbers stay bigint, which adds up several times faster than numeric. */
export const sumsOfSums = sumColumns
  .map((name) => (isVolume(name) ? `sum(${name}) AS ${name}` : `sum(${name})::bigint AS ${name}`))
  .join(', ');

/** Gathered sums as they are stored: thousandths of a unit become units. */
export const stored = (alias: string): string =>
  sumColumns.map((name) => (name.endsWith('units') ? `${alias}.${name} * 0.001` : `${alias}.${name}`)).join(', ');

/** Fills the temporary tables with the lines of one month (its first day). */
export async function gatherMonth(
  client: PoolClient,
  workspaceId: number,
  month: string,
  basketsSpan: boolean,
): Promise<void> {
  await client.query('TRUNCATE rollup_line, rollup_sum, rollup_trip');
  await client.query(
    `INSERT INTO rollup_line
     SELECT l.date, coalesce(s.region_id, 0), coalesce(s.channel_id, 0), coalesce(l.store_id, 0), q.pair_id, l.product_id,
            l.shopper_no, l.basket_id, NOT l.is_return AND l.units > 0, l.promotion > 0, (l.units * 1000)::bigint, l.amount,
            CASE p.pack_unit WHEN 'kg' THEN l.units * p.pack_size END,
            CASE p.pack_unit WHEN 'l' THEN l.units * p.pack_size END,
            l.base_amount
     FROM sale_line l
     JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
     JOIN rollup_pair q ON q.category_id = p.category_id AND q.brand_id = p.brand_id
     LEFT JOIN store s ON s.workspace_id = l.workspace_id AND s.id = l.store_id
     WHERE l.workspace_id = $1 AND l.date >= $2::date AND l.date < $2::date + interval '1 month'`,
    [workspaceId, month],
  );
  await client.query(
    `INSERT INTO rollup_sum SELECT date, region_id, channel_id, pair_id, ${lineSums} FROM rollup_line GROUP BY 1, 2, 3, 4`,
  );
  const baskets = `
    SELECT l.date, l.region_id, l.channel_id, q.set_id, l.basket_id, bool_or(l.shopper_no IS NOT NULL) AS identified
    FROM rollup_line l JOIN rollup_part q USING (pair_id)
    WHERE l.purchase AND l.basket_id IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5`;
  await client.query(
    basketsSpan
      ? `INSERT INTO rollup_trip ${baskets}`
      : `INSERT INTO rollup_trip
         SELECT date, region_id, channel_id, set_id, count(*), count(*) FILTER (WHERE identified)
         FROM (${baskets}) b GROUP BY 1, 2, 3, 4`,
  );
  // Taken for nearly empty, sums and trips would be joined row by row: 2.6 s for a month of 1,250 lines.
  await client.query(
    'ANALYZE rollup_sum (date, region_id, channel_id, pair_id), rollup_trip (date, region_id, channel_id, set_id)',
  );
}
