-- Numbers of stores and amounts hardly get shorter by pglz, which takes longer for them than writing them does. What is stored
-- stays as it is, and is read as before.
ALTER TABLE "item_month"
  ALTER COLUMN "stores" SET STORAGE EXTERNAL,
  ALTER COLUMN "amount" SET STORAGE EXTERNAL,
  ALTER COLUMN "identified_amount" SET STORAGE EXTERNAL;
