-- CreateTable
CREATE TABLE "import_checkpoint" (
    "workspace_id" INTEGER NOT NULL,
    "import_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "row_no" INTEGER NOT NULL,
    "tally" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_checkpoint_pkey" PRIMARY KEY ("workspace_id","import_id")
);

-- AddForeignKey
ALTER TABLE "import_checkpoint" ADD CONSTRAINT "import_checkpoint_workspace_id_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "import_checkpoint" ADD CONSTRAINT "import_checkpoint_row_counted" CHECK (row_no >= 0);

-- Rows in, accepted and rejected are known together or not at all: a comparison with NULL alone would let anything pass.
ALTER TABLE "import"
  ADD CONSTRAINT "import_rows_counted" CHECK (num_nulls(rows_in, rows_accepted, rows_rejected) IN (0, 3)),
  DROP CONSTRAINT "import_state_known",
  ADD CONSTRAINT "import_state_known" CHECK (state IN ('uploaded', 'validating', 'paused', 'validated', 'publishing', 'published', 'reverting', 'reverted', 'failed', 'cancelled'));
