-- AlterTable
ALTER TABLE "import" ADD COLUMN     "recalled" JSONB,
ADD COLUMN     "signature" TEXT;

-- CreateTable
CREATE TABLE "mapping_template" (
    "workspace_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "signature" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "columns" TEXT[],
    "mapping" JSONB NOT NULL,
    "file_name" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mapping_template_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "mapping_template_workspace_id_signature_key" ON "mapping_template"("workspace_id", "signature");

-- AddForeignKey
ALTER TABLE "mapping_template" ADD CONSTRAINT "mapping_template_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "mapping_template"
  ADD CONSTRAINT "mapping_template_named" CHECK (name <> ''),
  ADD CONSTRAINT "mapping_template_kind_known" CHECK (kind IN ('transactions', 'products', 'stores'));
