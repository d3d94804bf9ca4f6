-- As for the other lists of 0097.
ALTER TABLE "item_month" ALTER COLUMN "identified_amount" SET STATISTICS 0;
