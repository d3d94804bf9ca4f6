-- AlterTable
ALTER TABLE "import" ADD COLUMN     "push_hash" TEXT,
ADD COLUMN     "push_key" TEXT;

-- CreateTable
CREATE TABLE "api_key" (
    "workspace_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "answered_write" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" INTEGER,
    "caller" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "answer" JSONB,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "answered_write_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_key_prefix_key" ON "api_key"("prefix");

-- CreateIndex
CREATE INDEX "answered_write_expires_at_idx" ON "answered_write"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "import_workspace_id_push_key_key" ON "import"("workspace_id", "push_key");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answered_write" ADD CONSTRAINT "answered_write_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "api_key"
  ADD CONSTRAINT "api_key_named" CHECK (name <> ''),
  ADD CONSTRAINT "api_key_scope_known" CHECK (scope IN ('read', 'import', 'admin')),
  ADD CONSTRAINT "api_key_hash_sha256" CHECK (octet_length(hash) = 32);

-- One name for one key, but for those that were revoked.
CREATE UNIQUE INDEX "api_key_name_once" ON "api_key"("workspace_id", "name") WHERE revoked_at IS NULL;

-- What belongs to no workspace is one caller's all the same.
CREATE UNIQUE INDEX "answered_write_once" ON "answered_write"("workspace_id", "caller", "endpoint", "key") NULLS NOT DISTINCT;

ALTER TABLE "import" ADD CONSTRAINT "import_push_whole" CHECK ((push_key IS NULL) = (push_hash IS NULL));

-- A pushed batch is told from others by its key: two alike may both be meant.
DROP INDEX "import_file_once";
CREATE UNIQUE INDEX "import_file_once" ON "import" (workspace_id, file_hash)
  WHERE state IN ('publishing', 'published', 'reverting') AND push_key IS NULL;
