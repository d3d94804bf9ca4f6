import 'server-only';
import type { Restatement } from '@/lib/contract/replacing';
import { loadPool } from '@/lib/db/pool';
import { readCursor, writeCursor } from '@/lib/dimensions/cursor';
import { formatAmount } from '@/lib/metrics/format';

interface Row extends Omit<Restatement, 'sentence' | 'createdAt'> {
  createdAt: Date;
  currency: string;
}

interface Asked {
  limit: number;
  cursor?: string | undefined;
  new: 'true' | 'false';
}

/** Restatements of the workspace, the newest first. */
export async function listRestatements(workspaceId: number, { limit, cursor, new: withNew }: Asked) {
  const before = cursor === undefined ? null : readCursor(cursor)[1];
  const shown = `FROM restatement r WHERE r.workspace_id = $1 AND ($2 OR r.before IS NOT NULL)`;
  const [{ rows }, { rows: counted }] = await Promise.all([
    loadPool.query<Row>(
      `SELECT r.id, r.month::text AS month, r.brand, r.before::float8 AS before, r.after::float8 AS after, r.brands, r.cause, r.reason,
              r.import_id AS import, r.data_version::float8 AS "dataVersion", r.created_at AS "createdAt",
              (SELECT currency FROM workspace w WHERE w.id = r.workspace_id) AS currency, coalesce(
                (SELECT coalesce(nullif(u.name, ''), u.email) FROM "user" u WHERE u.id = r.user_id),
                (SELECT k.name FROM api_key k WHERE k.workspace_id = r.workspace_id AND 'key:' || k.id = r.user_id)
              ) AS "createdBy"
       ${shown} AND ($3::int IS NULL OR r.id < $3) ORDER BY r.id DESC LIMIT $4`,
      [workspaceId, withNew === 'true', before, limit + 1],
    ),
    loadPool.query<{ total: number }>(`SELECT count(*)::int AS total ${shown}`, [workspaceId, withNew === 'true']),
  ]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ currency, createdAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      sentence: sentenceOf(row, currency),
    })),
    total: counted[0]!.total,
    nextCursor: last ? writeCursor(['', last.id]) : null,
  };
}

const months = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

function sentenceOf(
  { month, brand, before, after, reason }: Omit<Row, 'createdAt' | 'currency'>,
  currency: string,
): string {
  const what = `${brand === null ? '' : `${brand} in `}${months.format(new Date(month))}`;
  const was = before === null ? 'had no sales' : `was ${formatAmount(before, currency)}`;
  const is = after === null ? 'has none any more' : `is ${formatAmount(after, currency)}`;
  return `${what} ${was}, ${is}, because ${reason}.`;
}
