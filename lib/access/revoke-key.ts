import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import type { ApiKey } from '@/lib/contract/keys';
import { inTransaction } from '@/lib/db/transaction';
import { seenKeys } from './key';
import { getKey } from './list-keys';

/** Ends a key; once more does nothing. Other processes of the server know within five seconds. */
export async function revokeKey(given: { workspaceId: number; userId: string | null; id: number }): Promise<ApiKey> {
  const { workspaceId, userId, id } = given;
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ prefix: string; name: string }>(
      `UPDATE api_key SET revoked_at = now() WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL
       RETURNING prefix, name`,
      [workspaceId, id],
    );
    const [revoked] = rows;
    if (!revoked) return;
    const detail = { name: revoked.name };
    await recordAudit(client, { workspaceId, userId, action: 'key.revoke', subject: `key ${id}`, detail });
  });
  const key = await getKey(workspaceId, id);
  seenKeys.delete(key.prefix);
  return key;
}
