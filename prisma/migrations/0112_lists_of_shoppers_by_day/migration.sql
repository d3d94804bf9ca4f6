-- Who bought on a day, as lists in place of a bitmap of 8 KB for every brand and day: some dozens of shoppers each, for which
-- packing the bitmap took longer than all else about it.
DROP TABLE "shopper_day";
CREATE TABLE "shopper_day" (
    "workspace_id" INTEGER NOT NULL,
    "date" DATE NOT NULL,
    "category_id" INTEGER NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "chunk" SMALLINT NOT NULL,
    "shoppers" INTEGER[],

    CONSTRAINT "shopper_day_pkey" PRIMARY KEY ("workspace_id","category_id","brand_id","date","chunk")
);
CREATE INDEX "shopper_day_workspace_id_date_idx" ON "shopper_day"("workspace_id", "date");
ALTER TABLE "shopper_day"
  ALTER COLUMN "shoppers" SET STORAGE EXTERNAL,
  ALTER COLUMN "shoppers" SET STATISTICS 0,
  ADD CONSTRAINT "shopper_day_shoppers" CHECK (cardinality(shoppers) > 0);

INSERT INTO "shopper_day" ("workspace_id", "date", "category_id", "brand_id", "chunk", "shoppers")
SELECT l.workspace_id, l.date, a.ancestor_id, m.brand_id, (l.shopper_no >> 16)::smallint,
       array_agg(DISTINCT l.shopper_no ORDER BY l.shopper_no)
FROM sale_line l
JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
JOIN category_ancestor a ON a.workspace_id = l.workspace_id AND a.category_id = p.category_id
CROSS JOIN LATERAL (VALUES (0), (p.brand_id)) m(brand_id)
WHERE l.shopper_no IS NOT NULL AND NOT l.is_return AND l.units > 0 AND (m.brand_id = 0 OR a.ancestor_id = p.category_id)
GROUP BY 1, 2, 3, 4, 5;
