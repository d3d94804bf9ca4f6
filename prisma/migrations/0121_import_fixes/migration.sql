-- Cells of a file that were set right by hand, while the kept file stays as it was received.
ALTER TABLE "import" ADD COLUMN "fixes" JSONB NOT NULL DEFAULT '{"cells": [], "values": []}';
