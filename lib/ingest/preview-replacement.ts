import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Replacement } from '@/lib/contract/replacing';
import { inTransaction } from '@/lib/db/transaction';
import { codeOf } from './describe-lines';

interface Month {
  month: string;
  lines: number;
  units: number;
  amount: number;
}

const SUMS = 'count(*)::int AS lines, coalesce(sum(l.units), 0)::float8 AS units';
const MONTH = `to_char(date_trunc('month', l.date), 'YYYY-MM-DD') AS month`;

/** What a checked import would take out, and put in its place. Nothing is changed. */
export const previewReplacement = (workspaceId: number, importId: number): Promise<Replacement> =>
  inTransaction(async (client) => {
    const key = [workspaceId, importId];
    const { rows: imports } = await client.query<{ state: string; kind: string; scale: number }>(
      `SELECT i.state, i.kind, w.currency_scale AS scale FROM import i JOIN workspace w ON w.id = i.workspace_id
       WHERE i.workspace_id = $1 AND i.id = $2`,
      key,
    );
    const [found] = imports;
    if (!found) throw new ApiError('not_found', `There is no import ${importId}.`);
    if (found.kind !== 'transactions')
      throw new ApiError('conflict', `A ${found.kind} file replaces no lines. Publish it.`);
    if (found.state !== 'validated')
      throw new ApiError(
        'conflict',
        `Import ${importId} is ${found.state}: what it would replace is known of one that is validated.`,
      );
    await client.query(
      `CREATE TEMP TABLE replacing_day ON COMMIT DROP AS
       SELECT DISTINCT date FROM staged_line WHERE workspace_id = ${workspaceId} AND import_id = ${importId}`,
    );
    // A store that is new, or a place without one, has nothing to replace.
    await client.query(
      `CREATE TEMP TABLE replacing_place ON COMMIT DROP AS
       SELECT c.code, CASE WHEN c.code IS NULL THEN 0 ELSE s.id END AS id
       FROM (SELECT DISTINCT ${codeOf.store} AS code FROM staged_line l WHERE workspace_id = ${workspaceId} AND import_id = ${importId}) c
       LEFT JOIN store s ON s.workspace_id = ${workspaceId} AND s.code = c.code`,
    );
    await client.query('ANALYZE replacing_day, replacing_place');
    const going = `FROM sale_line l JOIN replacing_day d ON d.date = l.date
      WHERE l.workspace_id = $1 AND coalesce(l.store_id, 0) IN (SELECT id FROM replacing_place WHERE id IS NOT NULL)`;
    const { rows: goes } = await client.query<Month>(
      `SELECT ${MONTH}, ${SUMS}, (sum(l.amount) / 10 ^ ${found.scale})::float8 AS amount ${going} GROUP BY 1`,
      [workspaceId],
    );
    const { rows: comes } = await client.query<Month>(
      `SELECT ${MONTH}, ${SUMS}, sum(l.amount)::float8 AS amount FROM staged_line l
       WHERE l.workspace_id = $1 AND l.import_id = $2 GROUP BY 1`,
      key,
    );
    const { rows: now } = await client.query<{ month: string; amount: number }>(
      `SELECT m.month::text AS month, (m.amount / 10 ^ ${found.scale})::float8 AS amount FROM sales_month m
       JOIN category r ON r.workspace_id = m.workspace_id AND r.id = m.category_id AND r.parent_id IS NULL
       WHERE m.workspace_id = $1 AND m.member_kind = 0`,
      [workspaceId],
    );
    const { rows: files } = await client.query<{ id: number; fileName: string; lines: number }>(
      `SELECT i.id, i.file_name AS "fileName", g.lines FROM (SELECT l.import_id, count(*)::int AS lines ${going} GROUP BY 1) g
       JOIN import i ON i.workspace_id = $1 AND i.id = g.import_id ORDER BY i.id`,
      [workspaceId],
    );
    const { rows: scope } = await client.query<Pick<Replacement, 'stores' | 'days' | 'from' | 'to'>>(
      `SELECT (SELECT count(*)::int FROM replacing_place WHERE code IS NOT NULL) AS stores, count(*)::int AS days,
              min(date)::text AS "from", max(date)::text AS "to" FROM replacing_day`,
    );
    return { ...scope[0]!, months: monthsOf(goes, comes, now), imports: files };
  });

function monthsOf(goes: Month[], comes: Month[], now: { month: string; amount: number }[]): Replacement['months'] {
  const none = { lines: 0, units: 0, amount: 0 };
  const of = (rows: Month[], month: string) => {
    const { month: _, ...sums } = rows.find((row) => row.month === month) ?? { month, ...none };
    return sums;
  };
  // Whole coins: differences of decimals are none.
  const exact = (value: number): number => Math.round(value * 10_000) / 10_000;
  return [...new Set([...goes, ...comes].map(({ month }) => month))].sort().map((month) => {
    const [out, into] = [of(goes, month), of(comes, month)];
    const before = now.find((row) => row.month === month)?.amount ?? 0;
    return { month, goes: out, comes: into, now: before, then: exact(before - out.amount + into.amount) };
  });
}
