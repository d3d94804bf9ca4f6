-- Values that are set right in every cell that says them, in the next files with this header too.
ALTER TABLE "mapping_template" ADD COLUMN "fixes" JSONB NOT NULL DEFAULT '[]';
