import 'server-only';
import type { Subject } from './touched';

const columns = `workspace_id, import_id, row_no, date, "time", store_id, shopper_no, basket_id, product_id, units, amount,
  base_amount, promotion, is_return`;

/** What an import took out of another one. */
export interface Replaced {
  importId: number;
  fileName: string;
  lines: number;
}

interface Replacing {
  id: number;
  publish_no: string;
  /** Lines of its receipts go, not those of its stores and dates. */
  by_receipt: boolean;
}

/**
 * What takes lines out now that this import gets its own: itself, if it replaces those of earlier imports that have a store and a
 * date of it; and later ones that replaced some of its own already, if it comes back.
 */
export async function findReplacing({ client, workspaceId, importId }: Subject): Promise<Replacing[]> {
  const { rows } = await client.query<Replacing>(
    `SELECT r.id, r.publish_no, r.replaces_by IS NOT DISTINCT FROM 'receipt' AS by_receipt FROM import i
     JOIN import r ON r.workspace_id = i.workspace_id AND r.replaces
       AND (r.id = i.id OR (r.state IN ('published', 'reverting') AND r.publish_no > i.publish_no))
     WHERE i.workspace_id = $1 AND i.id = $2 ORDER BY r.publish_no DESC`,
    [workspaceId, importId],
  );
  return rows;
}

/** Takes out what is replaced. The lines of the import are in. */
export async function takeOut(subject: Subject, all: readonly Replacing[]): Promise<Replaced[]> {
  const found: Replaced[] = [];
  for (const replacing of all) {
    const replaced = await takeOutBy(subject, replacing);
    if (replacing.id === subject.importId) found.push(...replaced);
  }
  return found;
}

/** The lines that this import took out come back, but for those that another one has replaced as well. Answers their days. */
export async function bringBack(subject: Subject): Promise<string[]> {
  const { client, workspaceId, importId } = subject;
  const { rows } = await client.query<{ days: string[] | null }>(
    `WITH back AS (DELETE FROM replaced_line WHERE workspace_id = $1 AND replaced_by = $2 RETURNING ${columns}),
          kept AS (INSERT INTO sale_line (${columns}) SELECT ${columns} FROM back RETURNING date)
     SELECT array_agg(DISTINCT date::text) AS days FROM kept`,
    [workspaceId, importId],
  );
  await client.query('DELETE FROM import_replacement WHERE workspace_id = $1 AND replaced_by = $2', [
    workspaceId,
    importId,
  ]);
  const days = rows[0]?.days ?? [];
  if (days.length === 0) return [];
  const { rows: others } = await client.query<Replacing>(
    `SELECT id, publish_no, replaces_by IS NOT DISTINCT FROM 'receipt' AS by_receipt FROM import
     WHERE workspace_id = $1 AND id <> $2 AND replaces AND state IN ('published', 'reverting')
     ORDER BY publish_no DESC`,
    [workspaceId, importId],
  );
  for (const other of others) await takeOutBy(subject, other);
  return days;
}

/** Moves the lines aside that an import replaces, if they are not aside yet, and notes how many. */
async function takeOutBy({ client, workspaceId }: Subject, replacing: Replacing): Promise<Replaced[]> {
  const own = (column: string): string =>
    `SELECT ${column} FROM sale_line WHERE workspace_id = $1 AND import_id = $2
     UNION SELECT ${column} FROM replaced_line WHERE workspace_id = $1 AND import_id = $2`;
  // A store's receipt of a day is one basket, whichever imports bring its lines.
  const [sets, where] = replacing.by_receipt
    ? [`basket AS MATERIALIZED (${own('basket_id')})`, 'l.basket_id IN (SELECT basket_id FROM basket)']
    : [
        `day AS MATERIALIZED (${own('date')}), place AS MATERIALIZED (${own('coalesce(store_id, 0) AS id')})`,
        'l.date IN (SELECT date FROM day) AND coalesce(l.store_id, 0) IN (SELECT id FROM place)',
      ];
  const { rows } = await client.query<Replaced>(
    `WITH ${sets},
          gone AS (
            DELETE FROM sale_line l USING import i
            WHERE l.workspace_id = $1 AND l.import_id <> $2 AND ${where}
              AND i.workspace_id = $1 AND i.id = l.import_id AND coalesce(i.publish_no, 0) < $3
            RETURNING ${columns.replace(/"?\w+"?/g, 'l.$&')}),
          kept AS (INSERT INTO replaced_line (${columns}, replaced_by) SELECT ${columns}, $2 FROM gone RETURNING import_id),
          counted AS (SELECT import_id, count(*)::int AS lines FROM kept GROUP BY import_id),
          noted AS (
            INSERT INTO import_replacement (workspace_id, import_id, replaced_by, lines) SELECT $1, import_id, $2, lines FROM counted
            ON CONFLICT (workspace_id, import_id, replaced_by) DO UPDATE SET lines = import_replacement.lines + excluded.lines)
     SELECT i.id AS "importId", i.file_name AS "fileName", c.lines
     FROM counted c JOIN import i ON i.workspace_id = $1 AND i.id = c.import_id ORDER BY i.id`,
    [workspaceId, replacing.id, replacing.publish_no],
  );
  return rows;
}
