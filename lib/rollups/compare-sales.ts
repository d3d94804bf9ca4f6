import { compare, type Compared, inMonth, lines, named, type Slice } from './compare';
import { productLevel, type SalesLevel, sumColumns, tripColumns } from './levels';

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

export function compareSales(slice: Slice, level: SalesLevel): Promise<Compared> {
  const time = level.grain === 'day' ? 'l.date' : '$2::date';
  const at = [level.time, ...(level.place ? ['region_id', 'channel_id'] : [])].join(', ');
  const place = level.place ? ', coalesce(s.region_id, 0) AS region_id, coalesce(s.channel_id, 0) AS channel_id' : '';
  const keys = [
    'category_id',
    'member_kind',
    'member_id',
    level.time,
    ...(level.place ? ['region_id', 'channel_id'] : []),
  ];
  const by = keys.join(', ');
  const stands = Object.entries(level.members).map(
    ([kind, nodes]) => `m.kind = ${Number(kind)}${nodes === 'own' ? ' AND a.ancestor_id = o.category_id' : ''}`,
  );
  // Every node and member that what sold in a category (o) counts for.
  const spread = `
    JOIN category_ancestor a ON a.workspace_id = $1 AND a.category_id = o.category_id
    CROSS JOIN LATERAL (VALUES (0::smallint, 0), (1::smallint, o.manufacturer_id), (2::smallint, o.brand_id)) m(kind, id)
    WHERE m.id IS NOT NULL AND (${stands.join(' OR ')})`;
  const sold = `p.category_id, b.id AS brand_id, b.manufacturer_id, ${time} AS ${level.time}${place}`;
  const ofMonth = `FROM ${lines} WHERE l.workspace_id = $1 AND ${inMonth('l.date')}`;
  const spreadKeys = `a.ancestor_id AS category_id, m.kind AS member_kind, m.id AS member_id, ${at}`;
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
      // Sums add up over what is disjoint; baskets do not, so each is counted once where it stands.
      `SELECT ${by}, ${sumColumns.join(', ')}, coalesce(trips, 0) AS trips, coalesce(identified_trips, 0) AS identified_trips
       FROM (SELECT ${spreadKeys}, ${addedUp}
             FROM (SELECT ${sold}, ${summed} ${ofMonth} GROUP BY p.category_id, b.id, b.manufacturer_id, ${at}) o ${spread}
             GROUP BY a.ancestor_id, m.kind, m.id, ${at}) sums
       LEFT JOIN (SELECT ${by}, count(*) AS trips, count(*) FILTER (WHERE identified) AS identified_trips
                  FROM (SELECT ${spreadKeys}, basket_id, bool_or(identified) AS identified
                        FROM (SELECT ${sold}, l.basket_id, l.shopper_no IS NOT NULL AS identified
                              ${ofMonth} AND ${purchase} AND l.basket_id IS NOT NULL) o ${spread}
                        GROUP BY a.ancestor_id, m.kind, m.id, ${at}, basket_id) baskets
                  GROUP BY ${by}) trips USING (${by})`,
    ),
  );
}

export function compareProducts(slice: Slice): Promise<Compared> {
  return compare(
    slice,
    `concat_ws(', ', date::text, ${named.product})`,
    slicesOf(
      productLevel.table,
      ['product_id', 'date'],
      productLevel.time,
      `SELECT l.product_id, l.date, ${counted} FROM ${lines}
       WHERE l.workspace_id = $1 AND ${inMonth('l.date')} GROUP BY 1, 2`,
    ),
  );
}
