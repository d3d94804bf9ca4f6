import 'server-only';
import type { PoolClient } from 'pg';
import { recordAudit } from '@/lib/audit/record';
import { ApiError } from '@/lib/contract/errors';
import { inTransaction } from '@/lib/db/transaction';

interface Change {
  workspaceId: number;
  userId: string;
  /** What the audit trail calls it. */
  setting: 'calendar' | 'bases' | 'retention';
  detail: Record<string, unknown>;
  /** Columns of the workspace with their new values: names that the code owns. */
  set: readonly (readonly [column: string, value: string | number | null])[];
  /** What is changed beside it. */
  also?: (client: PoolClient) => Promise<void>;
}

/** Changes settings that numbers rest on; answers the data version from which on they hold. */
export async function changeWorkspace({ workspaceId, userId, setting, detail, set, also }: Change): Promise<number> {
  try {
    return await inTransaction(async (client) => {
      await client.query(`SET LOCAL lock_timeout = '2s'`);
      const { rows } = await client.query<{ data_version: string }>(
        `UPDATE workspace SET data_version = data_version + 1, data_changed_at = now()
           ${set.map(([column], index) => `, ${column} = $${index + 2}`).join('')}
         WHERE id = $1 RETURNING data_version`,
        [workspaceId, ...set.map(([, value]) => value)],
      );
      if (!rows[0]) throw new ApiError('not_found', 'There is no such workspace.');
      await also?.(client);
      await recordAudit(client, { workspaceId, userId, action: `workspace.${setting}`, subject: setting, detail });
      return Number(rows[0].data_version);
    });
  } catch (error) {
    // A publish holds the workspace until it is done.
    if ((error as { code?: string }).code !== '55P03') throw error;
    throw new ApiError('conflict', 'A file is being published into the workspace; try again when it is done.');
  }
}
