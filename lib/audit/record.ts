import 'server-only';
import type { PoolClient } from 'pg';
import type { AuditAction } from '@/lib/contract/audit';

export interface AuditRecord {
  workspaceId: number;
  /** Null: the system itself, or the command line. "key:ID": an API key, whose name is then kept with the detail. */
  userId: string | null;
  action: AuditAction;
  /** What it was done to: "import 12". */
  subject: string;
  detail?: Record<string, unknown>;
}

/** Writes what was done inside the caller's transaction, so that there is an entry exactly when it was done. */
export async function recordAudit(client: Pick<PoolClient, 'query'>, record: AuditRecord): Promise<void> {
  const { workspaceId, userId, action, subject, detail = {} } = record;
  await client.query(
    `INSERT INTO audit_entry (workspace_id, user_id, action, subject, detail)
     SELECT $1, $2, $3, $4, $5::jsonb || coalesce(
       (SELECT jsonb_build_object('key', name) FROM api_key WHERE workspace_id = $1 AND 'key:' || id = $2), '{}')`,
    [workspaceId, userId, action, subject, JSON.stringify(detail)],
  );
}
