-- What is set of a region by hand outlives the region: when the last file that names it is reverted, and brought back, the region
-- comes back with its id, and so with its universe. Hence no reference to the region itself.
CREATE TABLE "region_universe" (
    "workspace_id" INTEGER NOT NULL,
    "region_id" INTEGER NOT NULL,
    "universe" INTEGER NOT NULL,

    CONSTRAINT "region_universe_pkey" PRIMARY KEY ("workspace_id","region_id")
);
ALTER TABLE "region_universe" ADD CONSTRAINT "region_universe_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "region_universe" ADD CONSTRAINT "region_universe_positive" CHECK ("universe" > 0);

INSERT INTO "region_universe" SELECT "workspace_id", "id", "universe" FROM "region" WHERE "universe" IS NOT NULL;
ALTER TABLE "region" DROP COLUMN "universe";
