import 'server-only';
import { sql } from '@/lib/db/client';
import type { Ask } from '@/lib/packed/read';
import { packedLevels, shopperLevels } from '@/lib/rollups/levels';
import type { Cut } from './cut';
import { allUnder, atNodes, inSpans, itself, name, nothing, oneOf, periodOf } from './fragments';
import type { Ground, Part } from './plan';

const [, , visits] = packedLevels;

/** Which rows of a rollup of shoppers. Those of whatever brand stand at the node, a brand's at the categories below it. */
export function listShoppers(cut: Cut, part: Part, { facts, tree }: Ground): Ask {
  const level = [...shopperLevels, visits].find((one) => one.table === part.source);
  if (!level) throw new Error(`${part.source} is no rollup of shoppers`);
  const { by } = cut.key;
  const ofBrands = cut.brands !== null || by === 'brand' || by === 'manufacturer';
  const nodes = atNodes(name('r.category_id'), cut, ofBrands ? allUnder(tree) : itself);
  const key =
    by === 'brand' ? sql.sql`r.brand_id::text` : by === 'manufacturer' ? sql.sql`b.manufacturer_id::text` : nothing;
  const time = name(`r.${level.time}`);
  const keys = ['category_id', 'brand_id', 'chunk'];
  const listed = sql.sql`
    SELECT ${nodes.key ?? key}, ${periodOf(time, cut, facts)}, to_char(${time}, 'YYYY-MM-DD'),
           ${name(keys.map((id) => `r.${id}`).join(', '))}
    FROM ${name(level.table)} r ${nodes.join}
    ${by === 'manufacturer' ? sql.sql`JOIN brand b ON b.workspace_id = r.workspace_id AND b.id = r.brand_id` : sql.empty}
    WHERE r.workspace_id = ${facts.workspaceId}::int ${nodes.where} AND ${inSpans(time, part.spans)}
      ${ofBrands ? sql.sql`AND r.brand_id <> 0` : sql.sql`AND r.brand_id = 0`} ${oneOf(name('r.brand_id'), cut.brands)}`;
  return {
    level: { table: level.table, time: level.time, keys },
    listed,
    columns: level === visits ? visits.entry : ['bits'],
  };
}
