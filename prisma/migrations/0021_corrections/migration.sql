-- CreateTable
CREATE TABLE "correction" (
    "workspace_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "applied_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "correction_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "kept_id" (
    "workspace_id" INTEGER NOT NULL,
    "member" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "id" INTEGER NOT NULL,

    CONSTRAINT "kept_id_pkey" PRIMARY KEY ("workspace_id","member","name")
);

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kept_id" ADD CONSTRAINT "kept_id_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "correction"
  ADD CONSTRAINT "correction_kind_known" CHECK (kind IN ('spelling', 'product')),
  ADD CONSTRAINT "correction_state_known" CHECK (state IN ('draft', 'applying', 'applied', 'undoing', 'undone')),
  ADD CONSTRAINT "correction_names" CHECK (subject <> '' AND brand <> '' AND (kind <> 'spelling' OR subject <> brand));

-- A spelling or a product goes to one brand at a time.
CREATE UNIQUE INDEX "correction_once" ON "correction" ("workspace_id", "kind", "subject") WHERE state <> 'undone';
