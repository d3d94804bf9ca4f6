-- The five rollups with most rows: an index by date cost nearly as much as the key at every import, and only the refresh used it, which finds
-- the rows of its days by the key as well.
DROP INDEX "sales_day_workspace_id_date_idx";
DROP INDEX "sales_month_place_workspace_id_month_idx";
DROP INDEX "sales_day_place_workspace_id_date_idx";
DROP INDEX "sales_product_day_workspace_id_date_idx";
DROP INDEX "shopper_day_workspace_id_date_idx";

-- Lists that pglz takes longest for, beside the little room that they take without. What is stored stays as it is, and is read as before.
ALTER TABLE "item_month" ALTER COLUMN "purchases" SET STORAGE EXTERNAL, ALTER COLUMN "units" SET STORAGE EXTERNAL;
ALTER TABLE "spend_month"
  ALTER COLUMN "units" SET STORAGE EXTERNAL,
  ALTER COLUMN "purchases" SET STORAGE EXTERNAL,
  ALTER COLUMN "trips" SET STORAGE EXTERNAL;
