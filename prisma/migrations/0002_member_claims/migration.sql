-- DropForeignKey
ALTER TABLE "member_change" DROP CONSTRAINT "member_change_workspace_id_import_id_fkey";

-- DropTable
DROP TABLE "member_change";

-- CreateTable
CREATE TABLE "member_claim" (
    "workspace_id" INTEGER NOT NULL,
    "member" TEXT NOT NULL,
    "member_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "import_id" INTEGER,
    "overrides" BOOLEAN NOT NULL,
    "says" JSONB NOT NULL,

    CONSTRAINT "member_claim_pkey" PRIMARY KEY ("workspace_id","member","member_id","id")
);

-- CreateIndex
CREATE INDEX "member_claim_workspace_id_import_id_idx" ON "member_claim"("workspace_id", "import_id");

-- AddForeignKey
ALTER TABLE "member_claim" ADD CONSTRAINT "member_claim_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What must never be.
ALTER TABLE "member_claim" ADD CONSTRAINT "member_claim_member_known" CHECK (member IN ('product', 'store', 'shopper'));
