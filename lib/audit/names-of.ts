import 'server-only';
import { loadPool } from '@/lib/db/pool';

/** The names of users and of API keys ("key:ID") of the workspace, by id. */
export async function namesOf(workspaceId: number, ids: Iterable<string | null>): Promise<Map<string | null, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const { rows } = await loadPool.query<{ id: string; name: string }>(
    `SELECT id, coalesce(nullif(name, ''), email) AS name FROM "user" WHERE id = ANY($2)
     UNION ALL SELECT 'key:' || id, name FROM api_key WHERE workspace_id = $1 AND 'key:' || id = ANY($2)`,
    [workspaceId, wanted],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
