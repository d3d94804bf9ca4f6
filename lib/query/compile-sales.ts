import 'server-only';
import { sql } from '@/lib/db/client';
import { productLevels, salesLevels, tripColumns } from '@/lib/rollups/levels';
import type { Cut } from './cut';
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
import { membersIn, type Ground, type Part } from './plan';

// Rows of the sales rollups, as key, period, sums and trips.

const columnsOf = (trips: boolean, { columns }: Ground): Sql =>
  sql.join([
    ...columns.map((column) => name(`r.${column}`)),
    ...tripColumns.map((column) => (trips ? name(`r.${column}`) : name('NULL::int'))),
    name('NULL::bigint'),
    name('1'),
  ]);

export function compileSales(cut: Cut, part: Part, trips: boolean, ground: Ground): Sql {
  const level = salesLevels.find((one) => one.table === part.source);
  if (!level) throw new Error(`${part.source} is no sales rollup`);
  const members = membersIn(cut, level.table, ground);
  const nodes = atNodes(name('r.category_id'), cut, itself);
  const throughBrand = members.kind === 2 && members.group === 'manufacturer';
  const { by } = cut.key;
  const key =
    nodes.key ??
    (throughBrand
      ? sql.sql`b.manufacturer_id::text`
      : members.group
        ? sql.sql`r.member_id::text`
        : by === 'region' || by === 'channel'
          ? sql.sql`nullif(${name(`r.${by}_id`)}, 0)::text`
          : nothing);
  const time = name(`r.${level.time}`);
  return sql.sql`
    SELECT ${key} AS key, ${periodOf(time, cut, ground.facts)} AS period, ${columnsOf(trips, ground)}
    FROM ${name(level.table)} r ${nodes.join}
    ${throughBrand ? sql.sql`JOIN brand b ON b.workspace_id = r.workspace_id AND b.id = r.member_id` : sql.empty}
    WHERE r.workspace_id = ${ground.facts.workspaceId}::int AND r.member_kind = ${members.kind}::smallint
      ${members.kind === 0 ? sql.sql`AND r.member_id = 0` : oneOf(name('r.member_id'), members.ids)}
      ${nodes.where} AND ${inSpans(time, part.spans)}
      ${oneOf(name('r.region_id'), cut.regions)} ${oneOf(name('r.channel_id'), cut.channels)}`;
}

export function compileProducts(cut: Cut, part: Part, trips: boolean, ground: Ground): Sql {
  const level = productLevels.find((one) => one.table === part.source);
  if (!level) throw new Error(`${part.source} is no rollup of products`);
  const nodes = atNodes(name('p.category_id'), cut, allUnder(ground.tree));
  const { key: by } = cut;
  const byManufacturer = by.by === 'manufacturer';
  const key =
    nodes.key ??
    (by.by === 'product'
      ? sql.sql`p.id::text`
      : by.by === 'brand'
        ? sql.sql`p.brand_id::text`
        : byManufacturer
          ? sql.sql`b.manufacturer_id::text`
          : by.by === 'attribute'
            ? sql.sql`p.attributes ->> ${by.name}`
            : nothing);
  const time = name(`r.${level.time}`);
  return sql.sql`
    SELECT ${key} AS key, ${periodOf(time, cut, ground.facts)} AS period, ${columnsOf(trips, ground)}
    FROM product p JOIN ${name(level.table)} r ON r.workspace_id = p.workspace_id AND r.product_id = p.id
    ${byManufacturer ? sql.sql`JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id` : sql.empty}
    ${nodes.join}
    WHERE p.workspace_id = ${ground.facts.workspaceId}::int AND r.workspace_id = ${ground.facts.workspaceId}::int
      ${nodes.where} AND ${inSpans(time, part.spans)}
      ${oneOf(name('p.id'), cut.products)} ${oneOf(name('p.brand_id'), cut.brands)} ${attributesMatch('p', 'product', cut)}`;
}
