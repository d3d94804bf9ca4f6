import 'server-only';
import type { Correction } from '@/lib/contract/corrections';
import { loadPool } from '@/lib/db/pool';
import { readCursor, writeCursor } from '@/lib/dimensions/cursor';

interface Row extends Omit<Correction, 'createdAt' | 'appliedAt' | 'undoneAt'> {
  createdAt: Date;
  appliedAt: Date | null;
  undoneAt: Date | null;
}

const select = `
  SELECT c.id, c.kind, c.subject, c.brand, c.state, c.created_at AS "createdAt", c.applied_at AS "appliedAt",
         c.undone_at AS "undoneAt", coalesce(
           (SELECT coalesce(nullif(u.name, ''), u.email) FROM "user" u WHERE u.id = c.created_by),
           (SELECT k.name FROM api_key k WHERE k.workspace_id = c.workspace_id AND 'key:' || k.id = c.created_by)
         ) AS "createdBy"
  FROM correction c`;

const toCorrection = (row: Row): Correction => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  appliedAt: row.appliedAt?.toISOString() ?? null,
  undoneAt: row.undoneAt?.toISOString() ?? null,
});

/** What is on its way somewhere stands with where it comes from. */
const within = { draft: ['draft', 'applying'], applied: ['applied', 'undoing'], undone: ['undone'] };

interface Asked {
  limit: number;
  cursor?: string | undefined;
  state?: keyof typeof within | undefined;
}

/** Corrections of the workspace, newest first. */
export async function listCorrections(workspaceId: number, { limit, cursor, state }: Asked) {
  const before = cursor === undefined ? null : readCursor(cursor)[1];
  const states = state ? within[state] : Object.values(within).flat();
  const [{ rows }, { rows: counted }] = await Promise.all([
    loadPool.query<Row>(
      `${select} WHERE c.workspace_id = $1 AND c.state = ANY($2) AND ($3::int IS NULL OR c.id < $3) ORDER BY c.id DESC LIMIT $4`,
      [workspaceId, states, before, limit + 1],
    ),
    loadPool.query<{ total: number; version: string }>(
      `SELECT (SELECT count(*)::int FROM correction WHERE workspace_id = $1 AND state = ANY($2)) AS total,
              (SELECT data_version FROM workspace WHERE id = $1) AS version`,
      [workspaceId, states],
    ),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(toCorrection),
    total: counted[0]!.total,
    nextCursor: last ? writeCursor(['', last.id]) : null,
    dataVersion: Number(counted[0]!.version),
  };
}

export async function readCorrections(workspaceId: number, ids: number[]): Promise<Correction[]> {
  const { rows } = await loadPool.query<Row>(`${select} WHERE c.workspace_id = $1 AND c.id = ANY($2) ORDER BY c.id`, [
    workspaceId,
    ids,
  ]);
  return rows.map(toCorrection);
}
