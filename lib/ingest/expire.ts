import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { loadPool } from '@/lib/db/pool';
import { removeFile } from '@/lib/formats/plain';
import { rollupTables } from '@/lib/rollups/levels';
import { analyze, changing, vacuum } from './changing';
import { refreshDays } from './refresh-days';
import { settleWorkspace } from './settle-workspace';
import { moveVersion } from './state';

/** Lines before this day of a workspace `w` are older than it keeps them. */
const keptFrom = `(date_trunc('month', current_date) - make_interval(months => w.retention_months))::date`;

/**
 * Takes out lines that are older than their workspace keeps them, by whole months, with the baskets and shoppers that only they
 * told of, and with what is left of the files that held nothing newer. Answers how many lines went.
 */
export async function expireLines(
  onChanged: (workspaceId: number, version: number) => void = () => undefined,
): Promise<number> {
  const { rows } = await loadPool.query<{ id: number }>(
    `SELECT w.id FROM workspace w WHERE w.retention_months IS NOT NULL AND w.deleting_at IS NULL
       AND EXISTS (SELECT 1 FROM sale_line l WHERE l.workspace_id = w.id AND l.date < ${keptFrom})`,
  );
  let gone = 0;
  for (const { id } of rows) {
    const { lines, version } = await expireOf(id);
    if (lines > 0) onChanged(id, version);
    gone += lines;
  }
  if (gone > 0) await vacuum();
  return gone;
}

async function expireOf(workspaceId: number): Promise<{ lines: number; version: number }> {
  const { lines, files, version } = await changing(workspaceId, async (client) => {
    const subject = { client, workspaceId, importId: 0 };
    const { rows: kept } = await client.query<{ from: string | null }>(
      `SELECT ${keptFrom}::text AS from FROM workspace w WHERE id = $1`,
      [workspaceId],
    );
    const key = [workspaceId, kept[0]?.from ?? null];
    const { rows: days } = await client.query<{ day: string }>(
      'SELECT DISTINCT date::text AS day FROM sale_line WHERE workspace_id = $1 AND date < $2::date',
      key,
    );
    if (days.length === 0) return { lines: 0, files: [], version: 0 };
    const { rowCount } = await client.query('DELETE FROM sale_line WHERE workspace_id = $1 AND date < $2::date', key);
    await client.query('DELETE FROM replaced_line WHERE workspace_id = $1 AND date < $2::date', key);
    const named = (column: string, table: string): string =>
      `SELECT ${column} FROM ${table} WHERE workspace_id = $1 AND ${column} IS NOT NULL`;
    const without = (column: string, id: string): string =>
      `workspace_id = $1 AND ${id} NOT IN (${named(column, 'sale_line')} UNION ALL ${named(column, 'replaced_line')})`;
    await client.query(`DELETE FROM basket WHERE ${without('basket_id', 'id')}`, [workspaceId]);
    await client.query(`DELETE FROM member_claim WHERE member = 'shopper' AND ${without('shopper_no', 'member_id')}`, [
      workspaceId,
    ]);
    await client.query(`DELETE FROM shopper WHERE ${without('shopper_no', 'no')}`, [workspaceId]);
    const { rows: old } = await client.query<{ id: number; path: string }>(
      `SELECT id, file_path AS path FROM import
       WHERE workspace_id = $1 AND kind = 'transactions' AND date_to < $2::date AND state NOT IN ('publishing', 'reverting', 'validating')`,
      key,
    );
    await client.query('DELETE FROM rejected_row WHERE workspace_id = $1 AND import_id = ANY($2)', [
      workspaceId,
      old.map(({ id }) => id),
    ]);
    await settleWorkspace(subject);
    await refreshDays(
      subject,
      days.map(({ day }) => day),
    );
    await analyze(client, ['sale_line', 'basket', ...rollupTables.map(({ table }) => table)]);
    await moveVersion(subject);
    const detail = { lines: rowCount ?? 0, before: kept[0]?.from };
    await recordAudit(client, { workspaceId, userId: null, action: 'workspace.expire', subject: 'lines', detail });
    const { rows: now } = await client.query<{ version: string }>(
      'SELECT data_version AS version FROM workspace WHERE id = $1',
      [workspaceId],
    );
    return { lines: rowCount ?? 0, files: old.map(({ path }) => path), version: Number(now[0]?.version) };
  });
  for (const path of files) await removeFile(path);
  return { lines, version };
}
