-- Who bought in which store, as lists in place of a bitmap of 8 KB for every brand and store: some sixteen shoppers each.
DROP TABLE "shopper_month_store";
CREATE TABLE "shopper_month_store" (
    "workspace_id" INTEGER NOT NULL,
    "month" DATE NOT NULL,
    "category_id" INTEGER NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "chunk" SMALLINT NOT NULL,
    "stores" INTEGER[],
    "shoppers" INTEGER[],

    CONSTRAINT "shopper_month_store_pkey" PRIMARY KEY ("workspace_id","category_id","brand_id","month","chunk")
);
CREATE INDEX "shopper_month_store_workspace_id_month_idx" ON "shopper_month_store"("workspace_id", "month");

ALTER TABLE "shopper_month_store" ADD CONSTRAINT "shopper_month_store_lists" CHECK (cardinality(shoppers) = cardinality(stores));

INSERT INTO "shopper_month_store" ("workspace_id", "month", "category_id", "brand_id", "chunk", "stores", "shoppers")
SELECT workspace_id, month, category_id, brand_id, chunk, array_agg(store ORDER BY store, shopper),
       array_agg(shopper ORDER BY store, shopper)
FROM (SELECT DISTINCT l.workspace_id, date_trunc('month', l.date)::date AS month, a.ancestor_id AS category_id, m.brand_id,
             (l.shopper_no >> 16)::smallint AS chunk, coalesce(l.store_id, 0) AS store, l.shopper_no AS shopper
      FROM sale_line l
      JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
      JOIN category_ancestor a ON a.workspace_id = l.workspace_id AND a.category_id = p.category_id
      CROSS JOIN LATERAL (VALUES (0), (p.brand_id)) m(brand_id)
      WHERE l.shopper_no IS NOT NULL AND NOT l.is_return AND l.units > 0
        AND (m.brand_id = 0 OR a.ancestor_id = p.category_id)) visit
GROUP BY workspace_id, month, category_id, brand_id, chunk;
