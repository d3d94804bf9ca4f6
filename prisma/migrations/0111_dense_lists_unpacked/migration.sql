-- Numbers of shoppers hardly get shorter by pglz, and amounts of shoppers, eight bytes each with a few that differ, take it seventeen
-- times as long as writing them as they are. What is stored stays as it is, and is read as before.
ALTER TABLE "spend_month" ALTER COLUMN "shoppers" SET STORAGE EXTERNAL, ALTER COLUMN "amount" SET STORAGE EXTERNAL;
ALTER TABLE "shopper_month_store" ALTER COLUMN "shoppers" SET STORAGE EXTERNAL;
