-- CreateTable
CREATE TABLE "connector" (
    "workspace_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "secrets" JSONB NOT NULL DEFAULT '{}',
    "limits" JSONB NOT NULL DEFAULT '{}',
    "schedule_seconds" INTEGER,
    "publish" BOOLEAN NOT NULL DEFAULT false,
    "next_run_at" TIMESTAMPTZ(3),
    "checkpoint" JSONB NOT NULL DEFAULT '{}',
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connector_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "connector_run" (
    "workspace_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "connector_id" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "started_by" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "error" TEXT,
    "imports" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "notes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "statistics" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "connector_run_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "connector_seen" (
    "workspace_id" INTEGER NOT NULL,
    "connector_id" INTEGER NOT NULL,
    "id" TEXT NOT NULL,

    CONSTRAINT "connector_seen_pkey" PRIMARY KEY ("workspace_id","connector_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "connector_workspace_id_name_key" ON "connector"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "connector_next_run_at_idx" ON "connector"("next_run_at");

-- CreateIndex
CREATE INDEX "connector_run_workspace_id_connector_id_id_idx" ON "connector_run"("workspace_id", "connector_id", "id");

-- AddForeignKey
ALTER TABLE "connector" ADD CONSTRAINT "connector_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connector_run" ADD CONSTRAINT "connector_run_workspace_id_connector_id_fkey" FOREIGN KEY ("workspace_id", "connector_id") REFERENCES "connector"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connector_seen" ADD CONSTRAINT "connector_seen_workspace_id_connector_id_fkey" FOREIGN KEY ("workspace_id", "connector_id") REFERENCES "connector"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "connector"
  ADD CONSTRAINT "connector_named" CHECK (name <> ''),
  ADD CONSTRAINT "connector_schedule_positive" CHECK (schedule_seconds > 0),
  ADD CONSTRAINT "connector_source_object" CHECK (jsonb_typeof(source) = 'object' AND source ? 'kind');

ALTER TABLE "connector_run"
  ADD CONSTRAINT "connector_run_state_known" CHECK (state IN ('running', 'done', 'failed', 'interrupted')),
  ADD CONSTRAINT "connector_run_ended" CHECK ((state = 'running') = (ended_at IS NULL));

-- One run at a time.
CREATE UNIQUE INDEX "connector_run_once" ON "connector_run"("workspace_id", "connector_id") WHERE state = 'running';
