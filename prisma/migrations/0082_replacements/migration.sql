-- Which brands moved most in a month that became another one.
ALTER TABLE "restatement" ADD COLUMN "brands" JSONB NOT NULL DEFAULT '[]';

-- How many lines of an import another one replaced, so that lists can say so without counting lines.
CREATE TABLE "import_replacement" (
    "workspace_id" INTEGER NOT NULL,
    "import_id" INTEGER NOT NULL,
    "replaced_by" INTEGER NOT NULL,
    "lines" INTEGER NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_replacement_pkey" PRIMARY KEY ("workspace_id","import_id","replaced_by")
);

-- CreateIndex
CREATE INDEX "import_replacement_workspace_id_replaced_by_idx" ON "import_replacement"("workspace_id", "replaced_by");

-- AddForeignKey
ALTER TABLE "import_replacement" ADD CONSTRAINT "import_replacement_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "import_replacement" (workspace_id, import_id, replaced_by, lines, replaced_at)
SELECT l.workspace_id, l.import_id, l.replaced_by, count(*), coalesce(max(i.published_at), now())
FROM "replaced_line" l JOIN "import" i ON i.workspace_id = l.workspace_id AND i.id = l.replaced_by
GROUP BY 1, 2, 3;

-- What a file takes the place of when it is published, whoever publishes it: the lines of its stores and dates, or of its receipts.
ALTER TABLE "import" ADD COLUMN "replaces_by" TEXT;
ALTER TABLE "import" ADD CONSTRAINT "import_replaces_by_known" CHECK (replaces_by IN ('place', 'receipt'));
