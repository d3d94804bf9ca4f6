import type { Pool } from 'pg';
import type { Ids, RandomLine } from './random-sales';
import { brandOf, productOf, storeOf } from './naive-filters';

// Custom groups of the random data, overlapping; what they hold is said twice: as a rule, and as a test of a line.

interface RandomGroup {
  name: string;
  kind: 'brand' | 'product' | 'store';
  /** Ids are positions. */
  rule: object;
  holds(line: RandomLine): boolean;
}

/** Act as brands. */
export const groups: readonly RandomGroup[] = [
  {
    name: 'A and C',
    kind: 'brand',
    rule: { brand: [0, 2] },
    holds: (line) => ['Alba', 'Cora'].includes(brandOf(line).name),
  },
  {
    name: 'Not of Acme',
    kind: 'brand',
    rule: { exclude: { manufacturer: [0] } },
    holds: (line) => ['Cora', 'Dune'].includes(brandOf(line).name),
  },
  {
    name: 'Red',
    kind: 'product',
    rule: { attributes: [{ of: 'product', name: 'colour', values: ['red'] }] },
    holds: (line) => ['P0', 'P3', 'P6'].includes(productOf(line).name),
  },
  {
    name: 'Drinks but one',
    kind: 'product',
    rule: { name: 'p', category: [1], exclude: { product: [4] } },
    holds: (line) => ['P0', 'P1', 'P3', 'P5', 'P7'].includes(productOf(line).name),
  },
];

/** Act as regions. */
export const storeGroups: readonly RandomGroup[] = [
  {
    name: 'Small',
    kind: 'store',
    rule: { attributes: [{ of: 'store', name: 'format', values: ['small'] }] },
    holds: (line) => ['S1', 'S3'].includes(storeOf(line)?.name ?? ''),
  },
  {
    name: 'Out of the South',
    kind: 'store',
    rule: { exclude: { region: [1] } },
    holds: (line) => ['S0', 'S3'].includes(storeOf(line)?.name ?? ''),
  },
];

export interface GroupIds {
  group: number[];
  store_group: number[];
}

/** Positions as ids, in every list of an id's name. */
export const listed = (lists: object, ids: Partial<Record<string, readonly number[]>>): object =>
  Object.fromEntries(
    Object.entries(lists).map(([name, value]: [string, unknown]) => {
      const known = ids[name];
      if (name === 'exclude') return [name, listed(value as object, ids)];
      if (name === 'shoppers') return [name, (value as object[]).map((one) => listed(one, ids))];
      return [name, known ? (value as number[]).map((position) => known[position]) : value];
    }),
  );

export async function insertGroups(pool: Pool, ids: Ids): Promise<GroupIds> {
  const insert = async ({ name, kind, rule }: RandomGroup): Promise<number> => {
    const { rows } = await pool.query<{ id: number }>(
      'INSERT INTO custom_group (workspace_id, name, kind, rule) VALUES ($1, $2, $3, $4) RETURNING id',
      [ids.workspaceId, name, kind, JSON.stringify(listed(rule, { ...ids, workspaceId: undefined }))],
    );
    return rows[0]?.id ?? 0;
  };
  const found: GroupIds = { group: [], store_group: [] };
  for (const group of groups) found.group.push(await insert(group));
  for (const group of storeGroups) found.store_group.push(await insert(group));
  return found;
}
