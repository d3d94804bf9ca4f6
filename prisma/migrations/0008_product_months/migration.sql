-- Products by whole months: a year of one was 365 rows of its days, and is 12.
CREATE TABLE "sales_product_month" (
    "workspace_id" INTEGER NOT NULL,
    "month" DATE NOT NULL,
    "product_id" INTEGER NOT NULL,
    "lines" INTEGER NOT NULL,
    "units" DECIMAL(18,3) NOT NULL,
    "amount" BIGINT NOT NULL,
    "volume_kg" DECIMAL(24,9) NOT NULL,
    "volume_l" DECIMAL(24,9) NOT NULL,
    "sized_units" DECIMAL(18,3) NOT NULL,
    "identified_units" DECIMAL(18,3) NOT NULL,
    "identified_amount" BIGINT NOT NULL,
    "basket_units" DECIMAL(18,3) NOT NULL,
    "basket_amount" BIGINT NOT NULL,
    "promoted_units" DECIMAL(18,3) NOT NULL,
    "promoted_amount" BIGINT NOT NULL,
    "trips" INTEGER NOT NULL,
    "identified_trips" INTEGER NOT NULL,

    CONSTRAINT "sales_product_month_pkey" PRIMARY KEY ("workspace_id","product_id","month")
);
CREATE INDEX "sales_product_month_workspace_id_month_idx" ON "sales_product_month"("workspace_id", "month");

INSERT INTO sales_product_month (workspace_id, product_id, month, lines, units, amount, volume_kg, volume_l, sized_units, identified_units, identified_amount, basket_units, basket_amount, promoted_units, promoted_amount, trips, identified_trips)
SELECT workspace_id, product_id, date_trunc('month', date)::date, sum(lines), sum(units), sum(amount), sum(volume_kg), sum(volume_l), sum(sized_units), sum(identified_units), sum(identified_amount), sum(basket_units), sum(basket_amount), sum(promoted_units), sum(promoted_amount), sum(trips), sum(identified_trips)
FROM sales_product_day GROUP BY 1, 2, 3;

-- Baskets that span days are counted once a month, not once a day.
UPDATE sales_product_month r SET trips = t.trips, identified_trips = t.identified_trips
FROM (SELECT l.workspace_id, l.product_id, date_trunc('month', l.date)::date AS month, count(DISTINCT l.basket_id) AS trips,
             count(DISTINCT l.basket_id) FILTER (WHERE l.shopper_no IS NOT NULL) AS identified_trips
      FROM sale_line l JOIN workspace w ON w.id = l.workspace_id AND w.baskets_span
      WHERE NOT l.is_return AND l.units > 0 GROUP BY 1, 2, 3) t
WHERE r.workspace_id = t.workspace_id AND r.product_id = t.product_id AND r.month = t.month;
