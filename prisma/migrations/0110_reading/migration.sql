-- A large file that is to be unpacked or converted is read by a job: until then nothing is known of what it holds.
ALTER TABLE "import"
  DROP CONSTRAINT "import_state_known",
  ADD CONSTRAINT "import_state_known" CHECK (state IN ('reading', 'uploaded', 'validating', 'paused', 'validated', 'publishing', 'published', 'reverting', 'reverted', 'failed', 'cancelled'));
