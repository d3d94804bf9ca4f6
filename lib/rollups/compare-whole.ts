import { ancestors, compare, type Compared, inMonth, lines, named, type Slice, type Whole } from './compare';

// What must hold of the whole, each with one side from the rollups and the other from the lines.

/** Brands of a category node are disjoint and leave nothing out: their shares, of the lines' sales, sum to 100. */
export function compareShares(slice: Slice): Promise<Compared> {
  return compare(
    slice,
    `$2::date::text || ', ' || ${named.category}`,
    `SELECT category_id,
            CASE WHEN brands IS DISTINCT FROM market
                 THEN coalesce('shares sum to ' || round(100.0 * brands / nullif(market, 0), 4), 'brands sell ' || coalesce(brands, 0))
                      || ', the market sells ' || coalesce(market, 0) END AS fault
     FROM (SELECT a.ancestor_id AS category_id, sum(l.amount) AS market FROM ${lines} ${ancestors}
           WHERE l.workspace_id = $1 AND ${inMonth('l.date')} GROUP BY 1) e
     FULL JOIN (SELECT category_id, sum(amount) AS brands FROM sales_month
                WHERE workspace_id = $1 AND month = $2::date AND member_kind = 2 GROUP BY 1) r USING (category_id)`,
  );
}

/** Identified sales as stored and anonymous sales on the lines make the stored total, day by day. */
export function compareIdentified(slice: Slice): Promise<Compared> {
  return compare(
    slice,
    'date::text',
    `SELECT date,
            CASE WHEN coalesce(identified, 0) + coalesce(anonymous, 0) <> coalesce(total, 0)
                 THEN 'identified ' || coalesce(identified, 0) || ' and anonymous ' || coalesce(anonymous, 0)
                      || ' do not make ' || coalesce(total, 0) END AS fault
     FROM (SELECT date, sum(amount) AS total, sum(identified_amount) AS identified
           FROM sales_day JOIN category c ON c.workspace_id = sales_day.workspace_id AND c.id = category_id
           WHERE sales_day.workspace_id = $1 AND ${inMonth('date')} AND member_kind = 0 AND c.parent_id IS NULL
           GROUP BY 1) r
     FULL JOIN (SELECT date, coalesce(sum(amount) FILTER (WHERE shopper_no IS NULL), 0) AS anonymous
                FROM sale_line WHERE workspace_id = $1 AND ${inMonth('date')} GROUP BY 1) e USING (date)`,
  );
}

/** Every line finds its import, product, brand, path to the root, store, shopper and basket. */
export function compareMembers(whole: Whole): Promise<Compared> {
  return compare(
    whole,
    `'import ' || import_id || ', row ' || row_no`,
    `SELECT l.import_id, l.row_no,
            nullif(concat_ws(', ',
              CASE WHEN i.id IS NULL THEN 'no import' END,
              CASE WHEN p.id IS NULL THEN 'no product' END,
              CASE WHEN b.id IS NULL THEN 'no brand' END,
              CASE WHEN root.category_id IS NULL THEN 'no path to the root category' END,
              CASE WHEN l.store_id IS NOT NULL AND s.id IS NULL THEN 'no store' END,
              CASE WHEN l.shopper_no IS NOT NULL AND k.no IS NULL THEN 'no shopper' END,
              CASE WHEN l.basket_id IS NOT NULL AND t.id IS NULL THEN 'no basket' END), '') AS fault
     FROM sale_line l
     LEFT JOIN import i ON i.workspace_id = l.workspace_id AND i.id = l.import_id
     LEFT JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
     LEFT JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
     LEFT JOIN store s ON s.workspace_id = l.workspace_id AND s.id = l.store_id
     LEFT JOIN shopper k ON k.workspace_id = l.workspace_id AND k.no = l.shopper_no
     LEFT JOIN basket t ON t.workspace_id = l.workspace_id AND t.id = l.basket_id
     LEFT JOIN (SELECT a.category_id FROM category_ancestor a
                JOIN category c ON c.workspace_id = a.workspace_id AND c.id = a.ancestor_id
                WHERE a.workspace_id = $1 AND c.parent_id IS NULL) root ON root.category_id = p.category_id
     WHERE l.workspace_id = $1`,
  );
}

/** Unless the workspace says that baskets span, each has one day and one store: that is why trips add up over them. */
export function compareBaskets(whole: Whole): Promise<Compared> {
  return compare(
    whole,
    `'basket ' || basket_id`,
    `SELECT basket_id, CASE WHEN NOT ${whole.basketsSpan} AND (min(date) < max(date) OR min(coalesce(store_id, 0)) < max(coalesce(store_id, 0)))
                            THEN 'stands on more than one day or store' END AS fault
     FROM sale_line WHERE workspace_id = $1 AND basket_id IS NOT NULL GROUP BY 1`,
  );
}
