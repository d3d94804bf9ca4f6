import 'server-only';
import type { PoolClient } from 'pg';
import type { ImportKind } from '@/lib/contract/imports';
import type { Survey } from './survey';

/** What a staged row calls a member, and where the workspace keeps such members. Names of ours only: they become SQL. */
const members: Record<string, { line: string; field: string; table: string; column: string }> = {
  product: { line: 's.product', field: 's.code', table: 'product', column: 'code' },
  store: { line: 's.store', field: 's.code', table: 'store', column: 'code' },
  shopper: { line: 's.shopper', field: '', table: 'shopper', column: 'code' },
  brand: { line: 's.brand', field: "s.fields->>'brand'", table: 'brand', column: 'name' },
  manufacturer: { line: 's.manufacturer', field: "s.fields->>'manufacturer'", table: 'manufacturer', column: 'name' },
  region: { line: 's.region', field: "s.fields->>'region'", table: 'region', column: 'name' },
  channel: { line: 's.channel', field: "s.fields->>'channel'", table: 'channel', column: 'name' },
};
/** A spelling that is corrected is no new brand. */
const corrected = ` AND NOT EXISTS (
  SELECT FROM correction c
  WHERE c.workspace_id = $1 AND c.kind = 'spelling' AND c.state = 'applied' AND c.subject = n.code)`;

const levelsOf = {
  line: 's.category',
  member: `array_to_string(ARRAY(SELECT jsonb_array_elements_text(s.fields->'category')), E'\\x1f')`,
};

/** How many members of each sort publishing would add: staged codes and names that the workspace does not have. */
export async function countNew(
  client: PoolClient,
  import_: { workspaceId: number; importId: number; kind: ImportKind; fields: string[] },
  survey: Survey | null,
): Promise<Record<string, number>> {
  const { workspaceId, importId, kind, fields } = import_;
  const lines = kind === 'transactions';
  const staged = `${lines ? 'staged_line' : 'staged_member'} s WHERE s.workspace_id = $1 AND s.import_id = $2`;
  const counts: Record<string, number> = {};
  for (const [name, { line, field, table, column }] of Object.entries(members)) {
    const value = lines ? line : field;
    if (!fields.includes(name) || value === '') continue;
    const seen = lines ? survey?.names.get(name)?.all : null;
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${seen ? 'unnest($2::text[]) n (code)' : `(SELECT DISTINCT ${value} AS code FROM ${staged}) n`}
        WHERE n.code IS NOT NULL
          AND NOT EXISTS (SELECT FROM ${table} m WHERE m.workspace_id = $1 AND m.${column} = n.code)${name === 'brand' ? corrected : ''}`,
      [workspaceId, seen ?? importId],
    );
    counts[name] = rows[0]?.count ?? 0;
  }
  if (fields.some((field) => field.startsWith('category_'))) {
    const { rows } = await client.query<{ path: string | null }>(
      `SELECT DISTINCT ${lines ? levelsOf.line : levelsOf.member} AS path FROM ${staged}`,
      [workspaceId, importId],
    );
    counts['category'] = await countNewCategories(client, workspaceId, rows);
  }
  return counts;
}

async function countNewCategories(
  client: PoolClient,
  workspaceId: number,
  paths: { path: string | null }[],
): Promise<number> {
  const { rows } = await client.query<{ path: string }>(
    `WITH RECURSIVE tree AS (
       SELECT id, ''::text AS path FROM category WHERE workspace_id = $1 AND parent_id IS NULL
       UNION ALL
       SELECT c.id, CASE WHEN t.path = '' THEN c.name ELSE t.path || E'\\x1f' || c.name END
         FROM category c JOIN tree t ON c.workspace_id = $1 AND c.parent_id = t.id)
     SELECT path FROM tree`,
    [workspaceId],
  );
  const known = new Set(rows.map((row) => row.path));
  const added = new Set<string>();
  for (const { path } of paths) {
    const levels = path ? path.split('\u001f') : [];
    levels.forEach((_, depth) => {
      const prefix = levels.slice(0, depth + 1).join('\u001f');
      if (!known.has(prefix)) added.add(prefix);
    });
  }
  return added.size;
}

/** New products of the staged lines that come without any category: they would hang on the root. */
export async function countUncategorised(client: PoolClient, workspaceId: number, importId: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (
       SELECT s.product FROM staged_line s
        WHERE s.workspace_id = $1 AND s.import_id = $2 AND s.product IS NOT NULL
        GROUP BY s.product HAVING count(s.category) = 0) n
      WHERE NOT EXISTS (SELECT FROM product p WHERE p.workspace_id = $1 AND p.code = n.product)`,
    [workspaceId, importId],
  );
  return rows[0]?.count ?? 0;
}
