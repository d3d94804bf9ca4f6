import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { ApiKey } from '@/lib/contract/keys';
import { db, sql } from '@/lib/db/client';

interface Row extends Omit<ApiKey, 'createdAt' | 'expiresAt' | 'lastUsedAt' | 'revokedAt'> {
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const columns = sql.sql`
  k.id, k.name, k.scope, k.prefix, k.created_at AS "createdAt", k.expires_at AS "expiresAt",
  k.last_used_at AS "lastUsedAt", k.revoked_at AS "revokedAt",
  coalesce(
    (SELECT coalesce(nullif(u.name, ''), u.email) FROM "user" u WHERE u.id = k.created_by),
    (SELECT m.name FROM api_key m WHERE m.workspace_id = k.workspace_id AND 'key:' || m.id = k.created_by)
  ) AS "createdBy",
  CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN k.expires_at <= now() THEN 'expired' ELSE 'active' END AS state`;

const toKey = (row: Row): ApiKey => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});

/** The keys of a workspace: those that work first, then the newest. */
export async function listKeys(workspaceId: number): Promise<ApiKey[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${columns} FROM api_key k WHERE k.workspace_id = ${workspaceId}
    ORDER BY k.revoked_at IS NOT NULL, k.expires_at <= now(), k.id DESC LIMIT 100`;
  return rows.map(toKey);
}

export async function getKey(workspaceId: number, id: number): Promise<ApiKey> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT ${columns} FROM api_key k WHERE k.workspace_id = ${workspaceId} AND k.id = ${id}`;
  if (row) return toKey(row);
  throw new ApiError('not_found', `There is no key ${id}.`);
}
