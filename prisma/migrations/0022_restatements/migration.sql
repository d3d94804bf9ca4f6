-- AlterTable
ALTER TABLE "import" ADD COLUMN     "publish_no" BIGINT,
ADD COLUMN     "replaces" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "replaced_line" (
    "workspace_id" INTEGER NOT NULL,
    "import_id" INTEGER NOT NULL,
    "row_no" INTEGER NOT NULL,
    "replaced_by" INTEGER NOT NULL,
    "date" DATE NOT NULL,
    "time" TIME(0),
    "store_id" INTEGER,
    "shopper_no" INTEGER,
    "basket_id" BIGINT,
    "product_id" INTEGER NOT NULL,
    "units" DECIMAL(14,3) NOT NULL,
    "amount" BIGINT NOT NULL,
    "base_amount" BIGINT,
    "promotion" SMALLINT,
    "is_return" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "replaced_line_pkey" PRIMARY KEY ("workspace_id","import_id","row_no")
);

-- CreateTable
CREATE TABLE "restatement" (
    "workspace_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "data_version" BIGINT NOT NULL,
    "month" DATE NOT NULL,
    "brand" TEXT,
    "before" DECIMAL(20,4),
    "after" DECIMAL(20,4),
    "cause" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "import_id" INTEGER,
    "user_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "restatement_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "replaced_line_workspace_id_replaced_by_idx" ON "replaced_line"("workspace_id", "replaced_by");

-- AddForeignKey
ALTER TABLE "restatement" ADD CONSTRAINT "restatement_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "restatement"
  ADD CONSTRAINT "restatement_cause_known" CHECK (cause IN ('publish', 'revert', 'restore', 'replace', 'correction')),
  ADD CONSTRAINT "restatement_changes" CHECK (before IS DISTINCT FROM after);

-- Imports that were published before keep their place in the order of publishing.
UPDATE "import" i SET publish_no = c.id
FROM (SELECT workspace_id, import_id, min(id) AS id FROM "member_claim" WHERE import_id IS NOT NULL GROUP BY 1, 2) c
WHERE c.workspace_id = i.workspace_id AND c.import_id = i.id;
