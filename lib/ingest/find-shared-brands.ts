import 'server-only';
import type { PoolClient } from 'pg';
import type { ImportKind, Mapping } from '@/lib/contract/imports';

interface Shared {
  brand: string;
  makers: string[];
  maker_count: number;
  brand_count: number;
}

/**
 * Brands that the file gives to several manufacturers. A brand has one, so the others would lose its sales; often the
 * column mapped as brand holds something else, such as "National" and "Private".
 */
export async function findSharedBrands(
  client: PoolClient,
  import_: { workspaceId: number; importId: number; kind: ImportKind; mapping: Mapping },
): Promise<{ message: string; count: number } | null> {
  const { workspaceId, importId, kind, mapping } = import_;
  const { brand: column, manufacturer } = mapping.columns;
  if (column === undefined || manufacturer === undefined) return null;
  const pairs =
    kind === 'transactions'
      ? 'SELECT DISTINCT brand, manufacturer AS maker FROM staged_line'
      : `SELECT DISTINCT fields->>'brand' AS brand, fields->>'manufacturer' AS maker FROM staged_member`;
  const { rows } = await client.query<Shared>(
    `SELECT brand, (array_agg(maker ORDER BY maker))[1:3] AS makers, count(*)::int AS maker_count, count(*) OVER ()::int AS brand_count
     FROM (${pairs} WHERE workspace_id = $1 AND import_id = $2) p
     WHERE brand IS NOT NULL AND maker IS NOT NULL
     GROUP BY brand HAVING count(*) > 1 ORDER BY count(*) DESC, brand LIMIT 1`,
    [workspaceId, importId],
  );
  const worst = rows[0];
  if (!worst) return null;
  const { brand, makers, maker_count: makerCount, brand_count: count } = worst;
  const message =
    `A brand belongs to one manufacturer, but the file gives "${brand}" to ${makerCount.toLocaleString('en')} ` +
    `(${makers.join(', ')}${makerCount > makers.length ? ' …' : ''}); all its sales would count for one of them. ` +
    `Does "${column}" hold the brand?`;
  return { message, count };
}
