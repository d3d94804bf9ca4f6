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

/** Which brands are told apart: those that were touched, each in a row of its own; or all, as parts of the market's row. */
type Brands = 'touched' | 'parts';

/**
 * Writes down what months are said to have sold before the rollups change, and the brands in them. A change may move sales
 * between the touched ones while the market stays as it is. Names that are about to go are still there.
 */
export async function openRestatement({ client, workspaceId }: Subject, brands: Brands): Promise<void> {
  const touched = brands === 'touched' ? 'JOIN touched_brand t ON t.id = b.id' : '';
  await client.query(
    `CREATE TEMP TABLE stated_brand ON COMMIT DROP AS
     SELECT 0 AS kind, 0 AS id, NULL::text AS brand
     UNION ALL SELECT 2, b.id, b.name FROM brand b ${touched} WHERE b.workspace_id = ${workspaceId}`,
  );
  await client.query('ANALYZE stated_brand');
  await client.query(`CREATE TEMP TABLE stated ON COMMIT DROP AS ${stated(workspaceId)}`);
}

/** So many brands are named of a month, those first whose sales changed most. */
const MOST_BRANDS = 20;

interface Change {
  cause: 'publish' | 'revert' | 'restore' | 'replace' | 'correction';
  userId: string | null;
  /** Where no import is the reason. */
  reason?: string;
  replaced?: readonly Replaced[];
  /** As it was opened. */
  brands: Brands;
}

/** Writes down which months sell another amount now, and why. The version has moved. */
export async function recordRestatement(subject: Subject, change: Change): Promise<void> {
  const { client, workspaceId, importId } = subject;
  const reason = change.reason ?? (await reasonOf(subject, change));
  await client.query(
    `WITH change AS (
       SELECT month, key, s.amount AS before, n.amount AS after
       FROM (SELECT month, coalesce(brand, '') AS key, amount FROM stated) s
       FULL JOIN (SELECT month, coalesce(brand, '') AS key, amount FROM (${stated(workspaceId)}) t) n USING (month, key)
       WHERE s.amount IS DISTINCT FROM n.amount),
     part AS (
       SELECT month, jsonb_agg(jsonb_build_object('brand', key, 'before', before, 'after', after) ORDER BY place) AS brands
       FROM (SELECT *, row_number() OVER (PARTITION BY month ORDER BY abs(coalesce(after, 0) - coalesce(before, 0)) DESC, key) AS place
             FROM change WHERE key <> '') ranked
       WHERE place <= ${MOST_BRANDS} GROUP BY month)
     INSERT INTO restatement (workspace_id, data_version, month, brand, before, after, cause, reason, brands, import_id, user_id)
     SELECT ${workspaceId}, (SELECT data_version FROM workspace WHERE id = ${workspaceId}), month, nullif(key, ''), before, after,
            $1, $2, CASE WHEN $5 AND before IS NOT NULL THEN coalesce(brands, '[]') ELSE '[]' END, $3, $4
     FROM change LEFT JOIN part USING (month) WHERE key = '' OR NOT $5 ORDER BY month, key`,
    [change.cause, reason, change.reason === undefined ? importId : null, change.userId, change.brands === 'parts'],
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
