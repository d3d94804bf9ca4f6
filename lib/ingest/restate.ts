import 'server-only';
import type { Replaced } from './replace';
import type { Subject } from './touched';

/** Value sales by month as the rollups have them: of the whole market, and of the brands that are told apart. */
const stated = (workspaceId: number): string => `
  SELECT m.month, k.brand, m.amount / 10::numeric ^ w.currency_scale AS amount
  FROM sales_month m
  JOIN workspace w ON w.id = m.workspace_id
  JOIN category r ON r.workspace_id = m.workspace_id AND r.id = m.category_id AND r.parent_id IS NULL
  JOIN stated_brand k ON k.kind = m.member_kind AND k.id = m.member_id
  WHERE m.workspace_id = ${workspaceId} AND m.lines <> 0`;

/**
 * Writes down what months are said to have sold before the rollups change; with `brands`, what the touched brands did,
 * which a change can move between them while the market stays as it is. Names that are about to go are still there.
 */
export async function openRestatement({ client, workspaceId }: Subject, { brands = false } = {}): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE stated_brand ON COMMIT DROP AS
     SELECT 0 AS kind, 0 AS id, NULL::text AS brand
     ${brands ? `UNION ALL SELECT 2, b.id, b.name FROM touched_brand t JOIN brand b ON b.workspace_id = ${workspaceId} AND b.id = t.id` : ''}`,
  );
  await client.query(`CREATE TEMP TABLE stated ON COMMIT DROP AS ${stated(workspaceId)}`);
}

interface Change {
  cause: 'publish' | 'revert' | 'restore' | 'replace' | 'correction';
  userId: string | null;
  /** Where no import is the reason. */
  reason?: string;
  replaced?: readonly Replaced[];
}

/** Writes down which months sell another amount now, and why. The version has moved. */
export async function recordRestatement(subject: Subject, change: Change): Promise<void> {
  const { client, workspaceId, importId } = subject;
  const reason = change.reason ?? (await reasonOf(subject, change));
  await client.query(
    `INSERT INTO restatement (workspace_id, data_version, month, brand, before, after, cause, reason, import_id, user_id)
     SELECT ${workspaceId}, (SELECT data_version FROM workspace WHERE id = ${workspaceId}), month, nullif(key, ''), s.amount,
            n.amount, $1, $2, $3, $4
     FROM (SELECT month, coalesce(brand, '') AS key, amount FROM stated) s
     FULL JOIN (SELECT month, coalesce(brand, '') AS key, amount FROM (${stated(workspaceId)}) t) n USING (month, key)
     WHERE s.amount IS DISTINCT FROM n.amount ORDER BY month, key`,
    [change.cause, reason, change.reason === undefined ? importId : null, change.userId],
  );
}

async function reasonOf({ client, workspaceId, importId }: Subject, { cause, replaced = [] }: Change): Promise<string> {
  const { rows } = await client.query<{ file_name: string }>(
    'SELECT file_name FROM import WHERE workspace_id = $1 AND id = $2',
    [workspaceId, importId],
  );
  const file = rows[0]?.file_name ?? `import ${importId}`;
  if (cause === 'revert') return `${file} was taken out again`;
  if (cause === 'restore') return `${file} was restored`;
  if (cause !== 'replace') return `${file} was published`;
  const lines = replaced.reduce((sum, one) => sum + one.lines, 0);
  const of = replaced.length === 1 ? replaced[0]!.fileName : `${replaced.length} files`;
  return `${file} replaced ${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'} of ${of}`;
}
