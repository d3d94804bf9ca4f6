import { ancestors, compare, type Compared, inMonth, lines, named, type Slice } from './compare';
import type { ShopperLevel } from './levels';

/** A bitmap equals the lines' set of shoppers: the same bits, and no further one. */
export function compareShoppers(slice: Slice, level: ShopperLevel): Promise<Compared> {
  const keys = ['category_id', 'brand_id', level.time, 'chunk'].join(', ');
  const by = keys
    .split(', ')
    .map((_, index) => index + 1)
    .join(', ');
  return compare(
    slice,
    `concat_ws(', ', ${level.time}::text, ${named.category}, ${named.brand('brand_id')},
               'chunk ' || chunk)`,
    `SELECT ${keys},
            CASE WHEN e.bits IS NULL THEN 'a bitmap without lines'
                 WHEN r.bits IS NULL THEN 'no bitmap for ' || bit_count(e.bits) || ' shoppers'
                 WHEN r.bits <> e.bits
                 THEN bit_count(r.bits) || ' shoppers stored, ' || bit_count(e.bits) || ' on lines, '
                      || bit_count(r.bits & e.bits) || ' of them the same' END AS fault
     FROM (SELECT a.ancestor_id AS category_id, m.brand_id, ${level.grain === 'day' ? 'l.date' : '$2::date AS month'},
                  (l.shopper_no / 65536)::smallint AS chunk,
                  shopper_bits(l.shopper_no % 65536, 1) AS bits
           FROM ${lines} ${ancestors}
           CROSS JOIN LATERAL (VALUES (0), (b.id)) m(brand_id)
           WHERE l.workspace_id = $1 AND ${inMonth('l.date')} AND l.shopper_no IS NOT NULL
             AND NOT l.is_return AND l.units > 0 AND (m.brand_id = 0 OR a.ancestor_id = p.category_id)
           GROUP BY ${by}) e
     FULL JOIN (SELECT ${keys}, bits FROM ${level.table} WHERE workspace_id = $1 AND ${inMonth(level.time)}) r USING (${keys})`,
  );
}
