import 'server-only';
import type { Filters } from '@/lib/contract/filters';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { AttributeFilter, Cut } from './cut';
import { name, oneOf } from './fragments';
import type { Tree } from './tree';

// From filters to lists of members: what is excluded becomes the list of what is left, which the rollups hold as they hold
// any other.

/** Lists of members included and excluded; groups are members by then. */
export type Lists = Omit<Filters, 'shoppers'>;

export async function readLists(
  snapshot: Snapshot,
  workspaceId: number,
  filters: Lists,
  tree: Tree,
): Promise<Omit<Cut, 'key' | 'grain'>> {
  const { exclude = {} } = filters;
  const left = (table: Listed): Promise<number[] | null> =>
    readLeft(snapshot, workspaceId, table, filters[table], exclude[table]);
  const byBrand = filters.brand ?? exclude.brand ?? exclude.manufacturer;
  return {
    nodes: tree.without(filters.category ? tree.tops(filters.category) : [tree.root], exclude.category ?? []),
    manufacturers: byBrand ? null : once(filters.manufacturer),
    brands: await readBrands(snapshot, workspaceId, filters),
    products: await left('product'),
    regions: await left('region'),
    channels: await left('channel'),
    stores: await left('store'),
    promotion: filters.promotion ?? null,
    attributes: [
      ...(filters.attributes ?? []),
      ...(exclude.attributes ?? []).map((filter): AttributeFilter => ({ ...filter, not: true })),
    ],
  };
}

const once = (ids: readonly number[] | undefined): number[] | null => (ids ? [...new Set(ids)] : null);

type Listed = 'product' | 'region' | 'channel' | 'store';

/** The members that pass; of places also 0, what has none, where nothing is included. */
async function readLeft(
  snapshot: Snapshot,
  workspaceId: number,
  table: Listed,
  included: readonly number[] | undefined,
  excluded: readonly number[] | undefined,
): Promise<number[] | null> {
  if (!excluded) return once(included);
  const rows = await snapshot.$queryRaw<{ id: number }[]>(sql.sql`
    SELECT id FROM ${name(table)} WHERE workspace_id = ${workspaceId}::int AND id <> ALL(${[...excluded]}::int[])
      ${oneOf(name('id'), once(included))} ORDER BY id`);
  const none = table === 'product' || included ? [] : [0];
  return [...none, ...rows.map(({ id }) => id)];
}

/** Brands that pass the filters by brand and by manufacturer; null where there are none of these. */
async function readBrands(snapshot: Snapshot, workspaceId: number, filters: Lists): Promise<number[] | null> {
  const { manufacturer, brand, exclude = {} } = filters;
  if (!manufacturer && !exclude.manufacturer && !exclude.brand) return once(brand);
  const rows = await snapshot.$queryRaw<{ id: number }[]>(sql.sql`
    SELECT id FROM brand WHERE workspace_id = ${workspaceId}::int
      ${oneOf(name('manufacturer_id'), once(manufacturer))} ${oneOf(name('id'), once(brand))}
      AND id <> ALL(${exclude.brand ?? []}::int[])
      AND coalesce(manufacturer_id, 0) <> ALL(${exclude.manufacturer ?? []}::int[])
    ORDER BY id`);
  return rows.map(({ id }) => id);
}
