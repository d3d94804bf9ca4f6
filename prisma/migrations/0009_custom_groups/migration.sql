-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "groups_version" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "custom_group" (
    "workspace_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "rule" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "custom_group_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "custom_group_workspace_id_name_key" ON "custom_group"("workspace_id", "name");

-- AddForeignKey
ALTER TABLE "custom_group" ADD CONSTRAINT "custom_group_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "custom_group"
  ADD CONSTRAINT "custom_group_kind_known" CHECK (kind IN ('brand', 'product', 'store')),
  ADD CONSTRAINT "custom_group_named" CHECK (name <> ''),
  ADD CONSTRAINT "custom_group_rule_object" CHECK (jsonb_typeof(rule) = 'object' AND rule <> '{}');
