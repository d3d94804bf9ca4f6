import 'server-only';
import { sql } from '@/lib/db/client';
import type { Ask } from '@/lib/packed/read';
import { shopperLevels } from '@/lib/rollups/levels';
import { usesPlace, usesStore, type Cut } from './cut';
import {
  allUnder,
  atNodes,
  attributesMatch,
  inSpans,
  itself,
  name,
  nothing,
  oneOf,
  periodOf,
  type Sql,
} from './fragments';
import type { Ground, Part } from './plan';

/** Which bitmaps of a rollup. Those of whatever brand stand at the node, a brand's at the categories below it. */
export function listBits(cut: Cut, part: Part, { facts, tree }: Ground): Ask {
  const level = shopperLevels.find((one) => one.table === part.source);
  if (!level) throw new Error(`${part.source} is no shopper rollup`);
  const { key: by } = cut;
  const ofBrands = cut.brands !== null || by.by === 'brand' || by.by === 'manufacturer';
  const nodes = atNodes(name('r.category_id'), cut, ofBrands ? allUnder(tree) : itself);
  const stores = usesPlace(cut) || usesStore(cut);
  const keys: Partial<Record<typeof by.by, Sql>> = {
    brand: sql.sql`r.brand_id::text`,
    manufacturer: sql.sql`b.manufacturer_id::text`,
    region: sql.sql`s.region_id::text`,
    channel: sql.sql`s.channel_id::text`,
    store: sql.sql`nullif(r.store_id, 0)::text`,
  };
  const attribute = by.by === 'attribute' ? sql.sql`s.attributes ->> ${by.name}` : nothing;
  const time = name(`r.${level.time}`);
  const ids = ['category_id', 'brand_id', ...(level.store ? ['store_id'] : []), 'chunk'];
  const listed = sql.sql`
    SELECT ${nodes.key ?? keys[by.by] ?? attribute}, ${periodOf(time, cut, facts)}, to_char(${time}, 'YYYY-MM-DD'),
           ${name(ids.map((id) => `r.${id}`).join(', '))}
    FROM ${name(level.table)} r ${nodes.join}
    ${by.by === 'manufacturer' ? sql.sql`JOIN brand b ON b.workspace_id = r.workspace_id AND b.id = r.brand_id` : sql.empty}
    ${stores ? sql.sql`LEFT JOIN store s ON s.workspace_id = r.workspace_id AND s.id = r.store_id` : sql.empty}
    WHERE r.workspace_id = ${facts.workspaceId}::int ${nodes.where} AND ${inSpans(time, part.spans)}
      ${ofBrands ? sql.sql`AND r.brand_id <> 0` : sql.sql`AND r.brand_id = 0`} ${oneOf(name('r.brand_id'), cut.brands)}
      ${oneOf(name('s.region_id'), cut.regions)} ${oneOf(name('s.channel_id'), cut.channels)}
      ${stores ? oneOf(name('r.store_id'), cut.stores) : sql.empty} ${attributesMatch('s', 'store', cut)}`;
  return { level: { table: level.table, time: level.time, keys: ids }, listed, columns: ['bits'] };
}
