import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { loadPool } from '@/lib/db/pool';

/** The same file twice would double every number: refuses a file whose bytes are in the workspace already. */
export async function refusePublished(workspaceId: number, hash: string, besides = 0): Promise<void> {
  const { rows } = await loadPool.query<{ id: number; file_name: string; day: string }>(
    `SELECT id, file_name, to_char(coalesce(published_at, created_at), 'YYYY-MM-DD') AS day FROM import
      WHERE workspace_id = $1 AND file_hash = $2 AND id <> $3 AND state IN ('publishing', 'published', 'reverting')
        AND push_key IS NULL
      ORDER BY id LIMIT 1`,
    [workspaceId, hash, besides],
  );
  const [first] = rows;
  if (first)
    throw new ApiError(
      'conflict',
      `This file is loaded already: "${first.file_name}", import ${first.id} of ${first.day}.`,
    );
}
