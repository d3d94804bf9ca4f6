-- What identified shoppers spent, by product, store and day: the coverage of a slice by store needs no lines. A row's entries
-- are what its lines are grouped to, by day and store, so that the new list is in the order of the others.
ALTER TABLE "item_month" ADD COLUMN "identified_amount" BIGINT[];

UPDATE "item_month" r SET identified_amount = sold.identified
FROM (SELECT workspace_id, month, category_id, product_id, array_agg(identified ORDER BY day, store) AS identified
      FROM (SELECT l.workspace_id, date_trunc('month', l.date)::date AS month, a.ancestor_id AS category_id, m.product_id,
                   l.date AS day, coalesce(l.store_id, 0) AS store,
                   coalesce(sum(l.amount) FILTER (WHERE l.shopper_no IS NOT NULL), 0)::bigint AS identified
            FROM sale_line l
            JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
            JOIN category_ancestor a ON a.workspace_id = l.workspace_id AND a.category_id = p.category_id
            CROSS JOIN LATERAL (VALUES (0), (p.id)) m(product_id)
            WHERE m.product_id = 0 OR a.ancestor_id = p.category_id
            GROUP BY 1, 2, 3, 4, 5, 6) entry
      GROUP BY workspace_id, month, category_id, product_id) sold
WHERE r.workspace_id = sold.workspace_id AND r.month = sold.month AND r.category_id = sold.category_id
  AND r.product_id = sold.product_id AND cardinality(r.days) = cardinality(sold.identified);

-- Rows that do not stand for their lines: the verification names them, and a rebuild makes them anew.
UPDATE "item_month" SET identified_amount = array_fill(0::bigint, ARRAY[cardinality(days)]) WHERE identified_amount IS NULL;

ALTER TABLE "item_month" ADD CONSTRAINT "item_month_identified" CHECK (cardinality(identified_amount) = cardinality(days));
