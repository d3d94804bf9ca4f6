import { ancestors, compare, type Compared, inMonth, lines, named, type Slice } from './compare';
import type { ShopperLevel } from './levels';

/**
 * A bitmap equals the lines' set of shoppers when every one of them has its bit, and no further bit is set. (Bits are
 * unpacked once a bitmap, in the subquery that OFFSET 0 keeps apart; get_bit would do it for every shopper.)
 */
export function compareShoppers(slice: Slice, level: ShopperLevel): Promise<Compared> {
  const keys = ['category_id', 'brand_id', level.time, ...(level.store ? ['store_id'] : []), 'chunk'];
  const time = level.grain === 'day' ? 'l.date' : '$2::date';
  return compare(
    slice,
    `concat_ws(', ', ${level.time}::text, ${named.category}, ${named.brand('brand_id')},
               ${level.store ? `${named.store},` : ''} 'chunk ' || chunk)`,
    `SELECT ${keys.join(', ')},
            CASE WHEN on_lines = 0 THEN 'a bitmap without lines'
                 WHEN stored IS NULL THEN 'no bitmap for ' || on_lines || ' shoppers'
                 WHEN stored <> on_lines OR found <> on_lines
                 THEN stored || ' shoppers stored, ' || on_lines || ' on lines, ' || found || ' of them the same' END AS fault
     FROM (SELECT ${keys.join(', ')}, max(r.shoppers) AS stored, count(e.bit) AS on_lines,
                  count(*) FILTER (WHERE get_bit(r.bits, e.bit) = 1) AS found
           FROM (SELECT DISTINCT a.ancestor_id AS category_id, m.brand_id, ${time} AS ${level.time},
                        ${level.store ? 'coalesce(l.store_id, 0) AS store_id,' : ''}
                        l.shopper_no / 65536 AS chunk, l.shopper_no % 65536 AS bit
                 FROM ${lines} ${ancestors}
                 CROSS JOIN LATERAL (VALUES (0), (b.id)) m(brand_id)
                 WHERE l.workspace_id = $1 AND ${inMonth('l.date')} AND l.shopper_no IS NOT NULL
                   AND NOT l.is_return AND l.units > 0 AND (m.brand_id = 0 OR a.ancestor_id = p.category_id)) e
           FULL JOIN (SELECT category_id, brand_id, ${level.time}, ${level.store ? 'store_id,' : ''} chunk::int AS chunk,
                             bits | bits AS bits, bit_count(bits) AS shoppers
                      FROM ${level.table} WHERE workspace_id = $1 AND ${inMonth(level.time)} OFFSET 0) r
             USING (${keys.join(', ')})
           GROUP BY ${keys.join(', ')}) j`,
  );
}
