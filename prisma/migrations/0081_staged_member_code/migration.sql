-- A code is staged once: the table tells which rows of a file repeat one, so that no process has to keep all codes.
-- Files that are being checked begin anew, as rows staged before have no hash to be compared by.
DELETE FROM "import_checkpoint" k WHERE EXISTS
  (SELECT FROM "import" i WHERE i.workspace_id = k.workspace_id AND i.id = k.import_id AND i.kind <> 'transactions');
ALTER TABLE "staged_member" ADD COLUMN "raw_hash" UUID;
CREATE UNIQUE INDEX "staged_member_workspace_id_import_id_code_key" ON "staged_member"("workspace_id", "import_id", "code");
