-- Rollups of many small amounts, packed into lists. `npm run rollups:rebuild` fills them for lines that are here already.
CREATE TABLE "spend_month" (
    "workspace_id" INTEGER NOT NULL,
    "month" DATE NOT NULL,
    "category_id" INTEGER NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "chunk" SMALLINT NOT NULL,
    "shoppers" INTEGER[],
    "amount" BIGINT[],
    "units" BIGINT[],
    "purchases" INTEGER[],
    "trips" INTEGER[],

    CONSTRAINT "spend_month_pkey" PRIMARY KEY ("workspace_id","category_id","brand_id","month","chunk")
);
CREATE INDEX "spend_month_workspace_id_month_idx" ON "spend_month"("workspace_id", "month");

CREATE TABLE "item_month" (
    "workspace_id" INTEGER NOT NULL,
    "month" DATE NOT NULL,
    "category_id" INTEGER NOT NULL,
    "product_id" INTEGER NOT NULL,
    "days" SMALLINT[],
    "stores" INTEGER[],
    "purchases" INTEGER[],
    "amount" BIGINT[],
    "units" BIGINT[],
    "promoted_amount" BIGINT[],
    "promoted_units" BIGINT[],
    "based_amount" BIGINT[],
    "base_amount" BIGINT[],

    CONSTRAINT "item_month_pkey" PRIMARY KEY ("workspace_id","category_id","product_id","month")
);
CREATE INDEX "item_month_workspace_id_month_idx" ON "item_month"("workspace_id", "month");

ALTER TABLE "spend_month" ADD CONSTRAINT "spend_month_lists" CHECK (
  cardinality(amount) = cardinality(shoppers) AND cardinality(units) = cardinality(shoppers)
  AND cardinality(purchases) = cardinality(shoppers) AND cardinality(trips) = cardinality(shoppers)
);
ALTER TABLE "item_month" ADD CONSTRAINT "item_month_lists" CHECK (
  cardinality(stores) = cardinality(days) AND cardinality(purchases) = cardinality(days) AND cardinality(amount) = cardinality(days)
  AND cardinality(units) = cardinality(days) AND cardinality(promoted_amount) = cardinality(days)
  AND cardinality(promoted_units) = cardinality(days) AND cardinality(based_amount) = cardinality(days)
  AND cardinality(base_amount) = cardinality(days)
);
