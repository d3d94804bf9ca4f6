-- How the rules of a check differ in a workspace from those of the installation. Null: as there.
CREATE TABLE "import_rule" (
    "workspace_id" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "severity" TEXT,
    "threshold" DOUBLE PRECISION,

    CONSTRAINT "import_rule_pkey" PRIMARY KEY ("workspace_id","rule")
);

-- AddForeignKey
ALTER TABLE "import_rule" ADD CONSTRAINT "import_rule_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "import_rule"
  ADD CONSTRAINT "import_rule_severity_known" CHECK (severity IN ('off', 'warning', 'error')),
  ADD CONSTRAINT "import_rule_threshold_range" CHECK (threshold >= 0),
  ADD CONSTRAINT "import_rule_differs" CHECK (severity IS NOT NULL OR threshold IS NOT NULL);
