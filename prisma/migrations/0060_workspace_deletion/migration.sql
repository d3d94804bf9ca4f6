-- A workspace that nobody sees any more, and whose rows are on their way out.
ALTER TABLE "workspace" ADD COLUMN "deleting_at" TIMESTAMPTZ(3);
