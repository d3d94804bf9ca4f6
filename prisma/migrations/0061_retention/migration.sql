-- For how many months lines are kept, besides the month that runs. Null: for ever.
ALTER TABLE "workspace" ADD COLUMN "retention_months" SMALLINT;
ALTER TABLE "workspace" ADD CONSTRAINT "workspace_retention_range" CHECK (retention_months BETWEEN 1 AND 240);
