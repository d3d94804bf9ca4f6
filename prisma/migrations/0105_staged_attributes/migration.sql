-- Lines repeat what they say of a member: as text it is kept as it comes, and read once for each member.
ALTER TABLE "staged_line" ADD COLUMN "product_attributes" TEXT, ADD COLUMN "store_attributes" TEXT, ADD COLUMN "shopper_attributes" TEXT;
UPDATE "staged_line" SET "product_attributes" = "attributes"->>'product', "store_attributes" = "attributes"->>'store',
                         "shopper_attributes" = "attributes"->>'shopper'
WHERE "attributes" IS NOT NULL;
ALTER TABLE "staged_line" DROP COLUMN "attributes";
