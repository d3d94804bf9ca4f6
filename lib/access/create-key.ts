import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { ApiError } from '@/lib/contract/errors';
import type { ApiKey, KeyScope } from '@/lib/contract/keys';
import { inTransaction } from '@/lib/db/transaction';
import { hashOfKey, makeKey } from './key';
import { getKey } from './list-keys';

/** More keys than this are not looked after by anybody. */
const most = 50;

interface NewKey {
  workspaceId: number;
  /** Null: the command line. */
  userId: string | null;
  name: string;
  scope: KeyScope;
  expiresInDays: number;
}

/** Makes a key; answers it for the only time. One that is made with a key ends with that at the latest: else it never would. */
export async function createKey(made: NewKey): Promise<ApiKey & { key: string }> {
  const { workspaceId, userId, name, scope, expiresInDays } = made;
  const { key, prefix } = makeKey();
  const id = await inTransaction(async (client) => {
    // Not the workspace’s row: a publish holds that for minutes.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`keys ${workspaceId}`]);
    const { rows: held } = await client.query<{ name: string; expired: boolean }>(
      'SELECT name, expires_at <= now() AS expired FROM api_key WHERE workspace_id = $1 AND revoked_at IS NULL',
      [workspaceId],
    );
    const same = held.find((one) => one.name === name);
    if (same) {
      const remedy = same.expired ? 'It has expired: revoke it first.' : 'Choose another, or revoke that key first.';
      throw new ApiError('conflict', `There is a key named "${name}" already. ${remedy}`);
    }
    if (held.length >= most) {
      throw new ApiError('conflict', `A workspace has at most ${most} keys. Revoke one that is not used any more.`);
    }
    const { rows } = await client.query<{ id: number }>(
      `INSERT INTO api_key (workspace_id, name, scope, prefix, hash, created_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, least(now() + make_interval(days => $7),
         (SELECT expires_at FROM api_key WHERE workspace_id = $1 AND 'key:' || id = $6))) RETURNING id`,
      [workspaceId, name, scope, prefix, hashOfKey(key), userId, expiresInDays],
    );
    const id = rows[0]!.id;
    const detail = { name, scope, expiresInDays };
    await recordAudit(client, { workspaceId, userId, action: 'key.create', subject: `key ${id}`, detail });
    return id;
  });
  return { ...(await getKey(workspaceId, id)), key };
}
