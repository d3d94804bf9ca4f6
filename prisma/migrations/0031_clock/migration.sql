-- Whose time of day it is that lines carry, and at which hour a business day starts.
ALTER TABLE "workspace" ADD COLUMN "time_zone" TEXT,
ADD COLUMN "day_start" SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE "workspace" ADD CONSTRAINT "workspace_day_start" CHECK (day_start BETWEEN 0 AND 12);
