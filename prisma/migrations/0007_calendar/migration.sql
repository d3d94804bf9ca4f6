-- What weeks, quarters and years are in a workspace.
ALTER TABLE "workspace" ADD COLUMN "week_start" SMALLINT NOT NULL DEFAULT 1,
ADD COLUMN "fiscal_year_start" SMALLINT NOT NULL DEFAULT 1,
ADD COLUMN "retail_pattern" TEXT,
ADD COLUMN "retail_year_end" TEXT NOT NULL DEFAULT 'last';
ALTER TABLE "workspace" ADD CONSTRAINT "workspace_calendar" CHECK (
  week_start BETWEEN 1 AND 7 AND fiscal_year_start BETWEEN 1 AND 12
  AND retail_pattern IN ('4-4-5', '4-5-4', '5-4-4') AND retail_year_end IN ('last', 'nearest'));
