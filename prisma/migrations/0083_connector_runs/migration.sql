-- Somebody asked the run to end.
ALTER TABLE "connector_run" ADD COLUMN "stop_asked" BOOLEAN NOT NULL DEFAULT false;

-- What was noted of it: where that is another one, it has changed.
ALTER TABLE "connector_seen" ADD COLUMN "value" TEXT;
