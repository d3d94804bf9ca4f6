-- Households of a region that the shoppers stand for, where it is known.
ALTER TABLE "region" ADD COLUMN "universe" INTEGER;
ALTER TABLE "region" ADD CONSTRAINT "region_universe_positive" CHECK ("universe" > 0);
