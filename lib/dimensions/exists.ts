import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';

export const tables = ['manufacturer', 'brand', 'category', 'region', 'channel'] as const;
export type MemberTable = (typeof tables)[number];

/** Refuses a filter that names no member of this workspace. */
export async function mustExist(
  snapshot: Snapshot,
  workspaceId: number,
  wanted: Partial<Record<MemberTable, number | undefined>>,
): Promise<void> {
  for (const table of tables) {
    const id = wanted[table];
    if (id === undefined) continue;
    const found = await snapshot.$queryRaw<unknown[]>`
      SELECT 1 FROM ${sql.raw(`"${table}"`)} WHERE workspace_id = ${workspaceId} AND id = ${id}`;
    if (found.length > 0) continue;
    const message = `there is no ${table} ${id} in this workspace`;
    throw new ApiError('invalid_request', `The query is wrong: ${table}: ${message}`, [{ field: table, message }]);
  }
}
