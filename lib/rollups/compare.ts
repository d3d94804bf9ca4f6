import type { PoolClient } from 'pg';

/** One comparison of stored rollups with the lines: how many slices, and which of them differ. */
export interface Compared {
  compared: number;
  differing: number;
  /** The first of them, each naming its slice. */
  differences: string[];
}

/** What is compared: all lines of a workspace, or those of a month. */
export interface Whole {
  client: PoolClient;
  workspaceId: number;
  basketsSpan: boolean;
}
export interface Slice extends Whole {
  /** First day of the month. */
  month: string;
}

/** No check names more than this many. */
export const mostNamed = 20;

export const inMonth = (column: string): string =>
  `${column} >= $2::date AND ${column} < $2::date + interval '1 month'`;

/** Lines of the month with what the levels tell apart; straight from the tables, not by way of the refresh. */
export const lines = `
  sale_line l
  JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
  JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
  LEFT JOIN store s ON s.workspace_id = l.workspace_id AND s.id = l.store_id`;

export const ancestors = `
  JOIN category_ancestor a ON a.workspace_id = p.workspace_id AND a.category_id = p.category_id`;

/** Names of the columns of a slice, for people. */
export const named = {
  category: `(SELECT 'category ' || name FROM category WHERE workspace_id = $1 AND id = category_id)`,
  brand: (id: string) => `(SELECT 'brand ' || name FROM brand WHERE workspace_id = $1 AND id = ${id})`,
  manufacturer: `(SELECT 'manufacturer ' || name FROM manufacturer WHERE workspace_id = $1 AND id = member_id)`,
  region: `coalesce((SELECT 'region ' || name FROM region WHERE workspace_id = $1 AND id = region_id), 'no region')`,
  channel: `coalesce((SELECT 'channel ' || name FROM channel WHERE workspace_id = $1 AND id = channel_id), 'no channel')`,
  store: `coalesce((SELECT 'store ' || name FROM store WHERE workspace_id = $1 AND id = store_id), 'no store')`,
  product: `(SELECT 'product ' || name FROM product WHERE workspace_id = $1 AND id = product_id)`,
};

/**
 * Runs `slices`, a query of one row a slice with a column `fault` (null where both sides agree), under the parameters
 * workspace and, of a slice, month. `what` names a slice by its other columns; only those at fault are named.
 */
export async function compare(of: Whole | Slice, what: string, slices: string): Promise<Compared> {
  const { rows } = await of.client.query<{ compared: string; differing: string; differences: string[] | null }>(
    `WITH slices AS MATERIALIZED (${slices})
     SELECT count(*) AS compared, count(fault) AS differing,
            (SELECT array_agg(what || ': ' || fault)
             FROM (SELECT ${what} AS what, fault FROM slices WHERE fault IS NOT NULL ORDER BY 1 LIMIT ${mostNamed}) d) AS differences
     FROM slices`,
    'month' in of ? [of.workspaceId, of.month] : [of.workspaceId],
  );
  const [row] = rows;
  return { compared: Number(row?.compared), differing: Number(row?.differing), differences: row?.differences ?? [] };
}
