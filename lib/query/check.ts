import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { QuerySpec } from '@/lib/contract/query';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Owner } from './cut';
import { name } from './fragments';

// What only the database can tell to be wrong: ids and attribute names that the workspace does not have.

const tables = {
  manufacturer: 'manufacturer',
  brand: 'brand',
  category: 'category',
  product: 'product',
  region: 'region',
  channel: 'channel',
  store: 'store',
  group: `(SELECT workspace_id, id FROM custom_group WHERE kind <> 'store')`,
  store_group: `(SELECT workspace_id, id FROM custom_group WHERE kind = 'store')`,
} as const;
const words: Partial<Record<string, string>> = {
  market: 'category',
  group: 'group of brands or products',
  store_group: 'group of stores',
};

type Listing = Partial<Record<keyof typeof tables, number[] | undefined>>;

/** The lists of a query, by the field that they stand in. */
export function listsOf({ filters, market }: QuerySpec): [string, Listing][] {
  const { exclude = {}, shoppers = [], ...include } = filters;
  return [
    ['filters.', include],
    ['filters.exclude.', exclude],
    ...shoppers.map((group, at): [string, Listing] => [`filters.shoppers.${at}.`, group]),
    ['market.', typeof market === 'object' && !Array.isArray(market) ? { group: [market.group] } : {}],
  ];
}

/** `market`: a list of categories, which stands in a field of its own. `known`: ids that need no look-up; those found join them. */
export async function checkIds(
  snapshot: Snapshot,
  workspaceId: number,
  lists: readonly [string, Listing][],
  market: readonly number[] = [],
  known: Set<string> = new Set(),
): Promise<void> {
  const asked = (Object.keys(tables) as (keyof typeof tables)[]).flatMap((dimension) =>
    lists.flatMap(([within, { [dimension]: ids }]) =>
      ids ? [{ field: `${within}${dimension}`, dimension, ids }] : [],
    ),
  );
  if (market.length > 0) asked.push({ field: 'market', dimension: 'category', ids: [...market] });
  const unknown = asked.filter(({ dimension, ids }) => ids.some((id) => !known.has(`${dimension} ${id}`)));
  if (unknown.length === 0) return;
  const missing = unknown.map(
    ({ field, dimension, ids }) => sql.sql`
      SELECT ${field}::text AS field, asked.id FROM unnest(${ids}::bigint[]) AS asked(id)
      WHERE NOT EXISTS (SELECT 1 FROM ${name(tables[dimension])} m
                        WHERE m.workspace_id = ${workspaceId}::int AND m.id = asked.id)`,
  );
  const rows = await snapshot.$queryRaw<{ field: string; id: bigint }[]>(sql.join(missing, ' UNION ALL '));
  if (rows.length === 0) {
    for (const { dimension, ids } of unknown) for (const id of ids) known.add(`${dimension} ${id}`);
    return;
  }
  throw new ApiError(
    'invalid_request',
    'A filter names something that this workspace does not have.',
    rows.slice(0, 20).map(({ field, id }) => {
      const last = field.split('.').at(-1) ?? field;
      return { field, message: `there is no ${words[last] ?? last} ${id} in this workspace` };
    }),
  );
}

export async function checkAttributes(
  snapshot: Snapshot,
  workspaceId: number,
  asked: readonly { field: string; of: Owner; name: string }[],
): Promise<void> {
  for (const { field, of, name: wanted } of asked) {
    const [known] = await snapshot.$queryRaw<{ known: boolean }[]>(sql.sql`
      SELECT EXISTS (SELECT 1 FROM ${name(of)} WHERE workspace_id = ${workspaceId}::int
                     AND jsonb_exists(attributes, ${wanted})) AS known`);
    if (known?.known) continue;
    const names = await snapshot.$queryRaw<{ name: string }[]>(sql.sql`
      SELECT DISTINCT jsonb_object_keys(attributes) AS name FROM ${name(of)} WHERE workspace_id = ${workspaceId}::int`);
    const near = nearest(
      wanted,
      names.map((row) => row.name),
    );
    const hint = near.length > 0 ? `: there is ${near.map((one) => `"${one}"`).join(', ')}` : '';
    throw new ApiError('invalid_request', `There is no attribute "${wanted}" of ${of}s in this workspace.`, [
      { field, message: `no ${of} has an attribute "${wanted}"${hint}` },
    ]);
  }
}

/** The five names most like the wanted one. */
export function nearest(wanted: string, names: readonly string[]): string[] {
  return names
    .map((one) => ({ one, far: distance(wanted.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.far - b.far || a.one.localeCompare(b.one))
    .slice(0, 5)
    .map(({ one }) => one);
}

/** Letters to insert, delete or replace to get from one to the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return row[b.length] ?? 0;
}
