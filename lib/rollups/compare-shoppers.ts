import { ancestors, compare, type Compared, inMonth, lines, named, type Slice } from './compare';
import type { ShopperLevel } from './levels';

/** Each kind of set as it is made of lines, by definition, and what can be said of two of them. */
const sets: Record<
  ShopperLevel['column'],
  { name: string; made: string; size: (set: string) => string; same: string }
> = {
  bits: {
    name: 'bitmap',
    made: 'shopper_bits(l.shopper_no % 65536, 1)',
    size: (set) => `bit_count(${set})`,
    same: 'bit_count(r.bits & e.bits)',
  },
  shoppers: {
    name: 'list',
    made: 'array_agg(DISTINCT l.shopper_no ORDER BY l.shopper_no)',
    size: (set) => `cardinality(${set})`,
    same: '(SELECT count(*) FROM (SELECT unnest(r.shoppers) INTERSECT SELECT unnest(e.shoppers)) both_sides)',
  },
};

/** What is stored equals the lines' set of shoppers: the same, and no further one. */
export function compareShoppers(slice: Slice, level: ShopperLevel): Promise<Compared> {
  const keys = ['category_id', 'brand_id', level.time, 'chunk'].join(', ');
  const by = keys
    .split(', ')
    .map((_, index) => index + 1)
    .join(', ');
  const { column } = level;
  const { name, made, size, same } = sets[column];
  return compare(
    slice,
    `concat_ws(', ', ${level.time}::text, ${named.category}, ${named.brand('brand_id')},
               'chunk ' || chunk)`,
    `SELECT ${keys},
            CASE WHEN e.${column} IS NULL THEN 'a ${name} without lines'
                 WHEN r.${column} IS NULL THEN 'no ${name} for ' || ${size(`e.${column}`)} || ' shoppers'
                 WHEN r.${column} <> e.${column}
                 THEN ${size(`r.${column}`)} || ' shoppers stored, ' || ${size(`e.${column}`)} || ' on lines, '
                      || ${same} || ' of them the same' END AS fault
     FROM (SELECT a.ancestor_id AS category_id, m.brand_id, ${level.grain === 'day' ? 'l.date' : '$2::date AS month'},
                  (l.shopper_no / 65536)::smallint AS chunk, ${made} AS ${column}
           FROM ${lines} ${ancestors}
           CROSS JOIN LATERAL (VALUES (0), (b.id)) m(brand_id)
           WHERE l.workspace_id = $1 AND ${inMonth('l.date')} AND l.shopper_no IS NOT NULL
             AND NOT l.is_return AND l.units > 0 AND (m.brand_id = 0 OR a.ancestor_id = p.category_id)
           GROUP BY ${by}) e
     FULL JOIN (SELECT ${keys}, ${column} FROM ${level.table}
                WHERE workspace_id = $1 AND ${inMonth(level.time)}) r USING (${keys})`,
  );
}
