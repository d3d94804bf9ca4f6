import 'server-only';
import { sql } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import type { Cut } from './cut';
import { attributesMatch, name, nothing, oneOf, type Sql } from './fragments';
import { lookedUp } from './looked-up';
import type { Ground } from './plan';

/** Stores, each with its key in a break-down by place; 0 is no store. */
export type Stores = ReadonlyMap<number, string | null>;

/** The stores that pass the cut's filters of places and of store attributes. */
export async function readStores(snapshot: Snapshot, cut: Cut, { facts, tree }: Ground): Promise<Stores> {
  const { key: by, stores, regions, channels, attributes } = cut;
  const known = lookedUp<Stores>(tree, 'stores', 50);
  const asked = JSON.stringify([by, stores, regions, channels, attributes]);
  const found = known.get(asked);
  if (found) return found;
  const keys: Partial<Record<typeof by.by, Sql>> = {
    region: name('s.region_id'),
    channel: name('s.channel_id'),
    store: sql.sql`nullif(s.id, 0)`,
  };
  const attribute = by.by === 'attribute' && by.of === 'store' ? sql.sql`s.attributes ->> ${by.name}` : nothing;
  const [row] = await snapshot.$queryRaw<{ stores: string | null }[]>(sql.sql`
    SELECT json_agg(json_build_array(s.id, (${keys[by.by] ?? attribute})::text))::text AS stores
    FROM (SELECT id, region_id, channel_id, attributes FROM store WHERE workspace_id = ${facts.workspaceId}::int
          UNION ALL SELECT 0, NULL, NULL, NULL) s
    WHERE true ${oneOf(name('s.id'), cut.stores)}
      ${oneOf(name('s.region_id'), cut.regions)} ${oneOf(name('s.channel_id'), cut.channels)}
      ${attributesMatch('s', 'store', cut)}`);
  const read = new Map(JSON.parse(row?.stores ?? '[]') as [number, string | null][]);
  known.set(asked, read);
  return read;
}

/** The place of a store among those that pass, by its id; below 0 for others. */
export function indexStores(passing: Stores): { at: (store: number) => number; keys: (string | null)[] } {
  const ids = [...passing.keys()];
  const first = Math.min(...ids.filter((id) => id !== 0));
  const last = Math.max(...ids);
  const places = new Int32Array(ids.length === 0 || last === 0 ? 0 : last - first + 1).fill(-1);
  const none = ids.indexOf(0);
  for (const [place, id] of ids.entries()) if (id !== 0) places[id - first] = place;
  return { at: (store) => (store === 0 ? none : (places[store - first] ?? -1)), keys: [...passing.values()] };
}
