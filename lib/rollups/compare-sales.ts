import { compare, type Compared, inMonth, lines, named, type Slice } from './compare';
import { type ProductLevel, type SalesLevel, sumColumns, tripColumns } from './levels';

// Stored sums and trips against the same counted on the lines.

const purchase = 'NOT l.is_return AND l.units > 0';

/** By definition, one by one: deliberately not the expressions that the refresh works with. */
const onLines: Record<(typeof sumColumns)[number] | (typeof tripColumns)[number], string> = {
  lines: 'count(*)',
  units: 'sum(l.units)',
  amount: 'sum(l.amount)',
  volume_kg: `sum(CASE WHEN p.pack_unit = 'kg' THEN l.units * p.pack_size ELSE 0 END)`,
  volume_l: `sum(CASE WHEN p.pack_unit = 'l' THEN l.units * p.pack_size ELSE 0 END)`,
  sized_units: `sum(CASE WHEN p.pack_unit IN ('kg', 'l') THEN l.units ELSE 0 END)`,
  identified_units: 'sum(CASE WHEN l.shopper_no IS NULL THEN 0 ELSE l.units END)',
  identified_amount: 'sum(CASE WHEN l.shopper_no IS NULL THEN 0 ELSE l.amount END)',
  basket_units: 'sum(CASE WHEN l.basket_id IS NULL THEN 0 ELSE l.units END)',
  basket_amount: 'sum(CASE WHEN l.basket_id IS NULL THEN 0 ELSE l.amount END)',
  promoted_units: 'sum(CASE WHEN l.promotion > 0 THEN l.units ELSE 0 END)',
  promoted_amount: 'sum(CASE WHEN l.promotion > 0 THEN l.amount ELSE 0 END)',
  trips: `count(DISTINCT CASE WHEN ${purchase} THEN l.basket_id END)`,
  identified_trips: `count(DISTINCT CASE WHEN ${purchase} AND l.shopper_no IS NOT NULL THEN l.basket_id END)`,
};
const columns = [...sumColumns, ...tripColumns];
const summed = sumColumns.map((name) => `${onLines[name]} AS ${name}`).join(', ');
const addedUp = sumColumns.map((name) => `sum(${name}) AS ${name}`).join(', ');
const counted = columns.map((name) => `${onLines[name]} AS ${name}`).join(', ');

const fault = `
  CASE WHEN r.lines IS NULL THEN 'no rollup row for ' || e.lines || ' lines'
       WHEN e.lines IS NULL THEN 'a rollup row without lines'
       ELSE nullif(concat_ws(', ', ${columns
         .map(
           (name) =>
             `CASE WHEN r.${name} <> e.${name} THEN '${name} ' || trim_scale(r.${name}::numeric) || ' stored, ' || trim_scale(e.${name}::numeric) || ' on lines' END`,
         )
         .join(', ')}), '')
  END AS fault`;

const slicesOf = (table: string, keys: string[], time: string, expected: string) => `
  SELECT ${keys.join(', ')}, ${fault}
  FROM (${expected}) e
  FULL JOIN (SELECT * FROM ${table} WHERE workspace_id = $1 AND ${inMonth(time)}) r USING (${keys.join(', ')})`;

const places = ['region_id', 'channel_id'];

/** Every node and member that what sold in a category (o) counts for. */
const spread = (workspaceId: number): string => `
  JOIN category_ancestor a ON a.workspace_id = ${workspaceId} AND a.category_id = o.category_id
  CROSS JOIN LATERAL (VALUES (0::smallint, 0), (1::smallint, o.manufacturer_id), (2::smallint, o.brand_id)) m(kind, id)
  WHERE m.id IS NOT NULL`;
const standing = 'a.ancestor_id AS category_id, m.kind AS member_kind, m.id AS member_id';

/**
 * Counts the lines of a month once, for every level to add up: expected_sum by category, brand, day and place, and
 * expected_trip by node, member, day and place. Where baskets span days or places, a row of it is one basket instead.
 */
export async function expectSales({ client, workspaceId, month, basketsSpan }: Slice): Promise<void> {
  const sold = `
    SELECT p.category_id, b.id AS brand_id, b.manufacturer_id, l.date, coalesce(s.region_id, 0) AS region_id,
           coalesce(s.channel_id, 0) AS channel_id`;
  const from = `
    FROM ${lines} WHERE l.workspace_id = ${workspaceId} AND l.date >= '${month}' AND l.date < '${month}'::date + interval '1 month'`;
  await client.query('DROP TABLE IF EXISTS expected_sum, expected_trip');
  await client.query(
    `CREATE TEMP TABLE expected_sum ON COMMIT DROP AS ${sold}, ${summed} ${from} GROUP BY 1, 2, 3, 4, 5, 6`,
  );
  const at = ['date', ...places];
  // That a basket has one day and place is a check of its own.
  const when = at.map((column) => (basketsSpan ? column : `min(${column}) AS ${column}`)).join(', ');
  const baskets = `
    SELECT ${standing}, basket_id, ${when}, bool_or(identified) AS identified
    FROM (${sold}, l.basket_id, l.shopper_no IS NOT NULL AS identified ${from} AND ${purchase} AND l.basket_id IS NOT NULL) o
    ${spread(workspaceId)} GROUP BY 1, 2, 3, 4 ${basketsSpan ? ', 5, 6, 7' : ''}`;
  await client.query(
    `CREATE TEMP TABLE expected_trip ON COMMIT DROP AS
     ${
       basketsSpan
         ? baskets
         : `SELECT category_id, member_kind, member_id, ${at.join(', ')}, count(*) AS trips,
                   count(*) FILTER (WHERE identified) AS identified_trips
            FROM (${baskets}) t GROUP BY 1, 2, 3, 4, 5, 6`
     }`,
  );
  await client.query(
    `ANALYZE expected_sum (category_id, brand_id, ${at.join(', ')}), expected_trip (category_id, member_kind, member_id, ${at.join(', ')})`,
  );
}

export function compareSales(slice: Slice, level: SalesLevel): Promise<Compared> {
  const keys = ['category_id', 'member_kind', 'member_id', level.time, ...(level.place ? places : [])];
  const by = keys.join(', ');
  const at = [level.grain === 'day' ? 'date' : '$2::date AS month', ...(level.place ? places : [])].join(', ');
  const when = [level.time, ...(level.place ? places : [])].join(', ');
  const first = (columns: number) => Array.from({ length: columns }, (_, index) => index + 1).join(', ');
  const kinds = level.members.join(', ');
  const trips = slice.basketsSpan
    ? 'count(DISTINCT basket_id) AS trips, count(DISTINCT basket_id) FILTER (WHERE identified) AS identified_trips'
    : 'sum(trips) AS trips, sum(identified_trips) AS identified_trips';
  const what = [
    `${level.time}::text`,
    named.category,
    `CASE member_kind WHEN 1 THEN ${named.manufacturer} WHEN 2 THEN ${named.brand('member_id')} END`,
    ...(level.place ? [named.region, named.channel] : []),
  ];
  return compare(
    slice,
    `concat_ws(', ', ${what.join(', ')})`,
    slicesOf(
      level.table,
      keys,
      level.time,
      `SELECT ${by}, ${sumColumns.join(', ')}, coalesce(trips, 0) AS trips, coalesce(identified_trips, 0) AS identified_trips
       FROM (SELECT ${standing}, ${when}, ${addedUp}
             FROM (SELECT category_id, brand_id, manufacturer_id, ${at}, ${addedUp} FROM expected_sum GROUP BY ${first(keys.length)}) o
             ${spread(slice.workspaceId)} AND m.kind IN (${kinds}) GROUP BY ${first(keys.length)}) sums
       LEFT JOIN (SELECT category_id, member_kind, member_id, ${at}, ${trips} FROM expected_trip
                  WHERE member_kind IN (${kinds}) GROUP BY ${first(keys.length)}) trips USING (${by})`,
    ),
  );
}

export function compareProducts(slice: Slice, level: ProductLevel): Promise<Compared> {
  return compare(
    slice,
    `concat_ws(', ', ${level.time}::text, ${named.product})`,
    slicesOf(
      level.table,
      ['product_id', level.time],
      level.time,
      `SELECT l.product_id, ${level.grain === 'day' ? 'l.date' : '$2::date AS month'}, ${counted} FROM ${lines}
       WHERE l.workspace_id = $1 AND ${inMonth('l.date')} GROUP BY 1, 2`,
    ),
  );
}
