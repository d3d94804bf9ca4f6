import { ancestors, compare, type Compared, inMonth, lines, named, type Slice } from './compare';
import { packedLevels, type PackedLevel } from './levels';

// Every entry of a packed row against the same counted on the lines.

const [spend, items, visits] = packedLevels;
const purchase = 'NOT l.is_return AND l.units > 0';

/** By definition, and in other words than those of the refresh. */
const onLines: Record<(typeof spend | typeof items)['lists'][number], string> = {
  amount: 'sum(l.amount)',
  units: 'sum(l.units) * 1000',
  purchases: `sum(CASE WHEN ${purchase} THEN 1 ELSE 0 END)`,
  trips: `count(DISTINCT CASE WHEN ${purchase} THEN l.basket_id END)`,
  identified_amount: 'sum(CASE WHEN l.shopper_no IS NULL THEN 0 ELSE l.amount END)',
  promoted_amount: 'sum(CASE WHEN l.promotion > 0 THEN l.amount ELSE 0 END)',
  promoted_units: 'sum(CASE WHEN l.promotion > 0 THEN l.units ELSE 0 END) * 1000',
  based_amount: 'sum(CASE WHEN l.promotion > 0 AND l.base_amount IS NOT NULL THEN l.amount ELSE 0 END)',
  base_amount: 'sum(CASE WHEN l.promotion > 0 THEN coalesce(l.base_amount, 0) ELSE 0 END)',
};

/** `expected`: FROM and WHERE of the lines, and how each key and entry column reads there. */
function comparePacked(slice: Slice, level: PackedLevel, what: string, expected: { from: string; at: string[] }) {
  const keys = level.keys.join(', ');
  const at = [...level.keys, ...level.entry];
  const counted = level.lists.map((name) => `${onLines[name as keyof typeof onLines]} AS ${name},`).join(' ');
  const differs = ['there', ...level.lists].map((name) => `r.${name} IS DISTINCT FROM e.${name}`).join(' OR ');
  return compare(
    slice,
    `concat_ws(', ', $2::date::text, ${what})`,
    `SELECT ${keys}, CASE WHEN count(*) FILTER (WHERE differs) > 0
                          THEN count(*) FILTER (WHERE differs) || ' of ' || count(*) || ' entries differ' END AS fault
     FROM (SELECT ${at.join(', ')}, ${differs} AS differs
           FROM (SELECT ${expected.at.map((term, index) => `${term} AS ${at[index]}`).join(', ')}, ${counted} true AS there
                 FROM ${expected.from} AND l.workspace_id = $1 AND ${inMonth('l.date')}
                 GROUP BY ${at.map((_, index) => index + 1).join(', ')}) e
           FULL JOIN (SELECT ${keys}, entry.*, true AS there
                      FROM ${level.table} t, LATERAL unnest(${[...level.entry, ...level.lists].map((name) => `t.${name}`).join(', ')})
                           AS entry(${[...level.entry, ...level.lists].join(', ')})
                      WHERE workspace_id = $1 AND ${inMonth('month')}) r USING (${at.join(', ')})) entries
     GROUP BY ${keys}`,
  );
}

export const compareSpend = (slice: Slice): Promise<Compared> =>
  comparePacked(slice, spend, `${named.category}, ${named.brand('brand_id')}, 'chunk ' || chunk`, {
    from: `${lines} ${ancestors} CROSS JOIN LATERAL (VALUES (0), (b.id)) m(brand_id)
           WHERE l.shopper_no IS NOT NULL AND (m.brand_id = 0 OR a.ancestor_id = p.category_id)`,
    at: ['a.ancestor_id', 'm.brand_id', '(l.shopper_no / 65536)::smallint', 'l.shopper_no'],
  });

export const compareVisits = (slice: Slice): Promise<Compared> =>
  comparePacked(slice, visits, `${named.category}, ${named.brand('brand_id')}, 'chunk ' || chunk`, {
    from: `${lines} ${ancestors} CROSS JOIN LATERAL (VALUES (0), (b.id)) m(brand_id)
           WHERE l.shopper_no IS NOT NULL AND ${purchase} AND (m.brand_id = 0 OR a.ancestor_id = p.category_id)`,
    at: ['a.ancestor_id', 'm.brand_id', '(l.shopper_no / 65536)::smallint', 'coalesce(l.store_id, 0)', 'l.shopper_no'],
  });

export const compareItems = (slice: Slice): Promise<Compared> =>
  comparePacked(slice, items, `${named.category}, ${named.product}`, {
    from: `${lines} ${ancestors} CROSS JOIN LATERAL (VALUES (0), (p.id)) m(product_id)
           WHERE (m.product_id = 0 OR a.ancestor_id = p.category_id)`,
    at: ['a.ancestor_id', 'm.product_id', `date_part('day', l.date)::smallint`, 'coalesce(l.store_id, 0)'],
  });
