import 'server-only';
import { sql } from '@/lib/db/client';
import { ofChosen } from './chosen';
import { hasAttribute, usesPlace, usesStore, type Cut, type Family } from './cut';
import { allUnder, atNodes, attributesMatch, inSpans, name, nothing, oneOf, periodOf, type Sql } from './fragments';
import type { Ground, Part, StoredSum } from './plan';

// The same from the lines themselves: the definition that every rollup must agree with.

export const purchase = sql.sql`NOT l.is_return AND l.units > 0`;
const owners = { product: 'p', store: 's', shopper: 'h' } as const;

/** Which lines: FROM and WHERE, and what they are grouped by: a text, and a date. */
export function selectLines(
  cut: Cut,
  part: Part,
  { facts, tree, shoppers }: Ground,
): { key: Sql; period: Sql; from: Sql } {
  const nodes = atNodes(name('p.category_id'), cut, allUnder(tree));
  const everything = cut.key.by !== 'cells' && cut.nodes.includes(tree.root);
  const { key } = cut;
  const keys: Partial<Record<typeof key.by, Sql>> = {
    manufacturer: sql.sql`b.manufacturer_id::text`,
    brand: sql.sql`p.brand_id::text`,
    product: sql.sql`l.product_id::text`,
    region: sql.sql`s.region_id::text`,
    channel: sql.sql`s.channel_id::text`,
    store: sql.sql`l.store_id::text`,
    promotion: sql.sql`CASE WHEN l.promotion > 0 THEN 'promoted' WHEN l.promotion = 0 THEN 'not_promoted' END`,
  };
  const attribute = key.by === 'attribute' ? sql.sql`${name(owners[key.of])}.attributes ->> ${key.name}` : nothing;
  const stores = usesPlace(cut) || usesStore(cut);
  const from = sql.sql`
    FROM sale_line l JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
    ${key.by === 'manufacturer' ? sql.sql`JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id` : sql.empty}
    ${stores ? sql.sql`LEFT JOIN store s ON s.workspace_id = l.workspace_id AND s.id = l.store_id` : sql.empty}
    ${
      hasAttribute(cut, 'shopper')
        ? sql.sql`LEFT JOIN shopper h ON h.workspace_id = l.workspace_id AND h.no = l.shopper_no`
        : sql.empty
    }
    ${ofChosen(shoppers, name('l.shopper_no'))}
    ${nodes.join}
    WHERE l.workspace_id = ${facts.workspaceId}::int AND ${inSpans(name('l.date'), part.spans)}
      ${everything ? sql.empty : nodes.where}
      ${oneOf(name('p.brand_id'), cut.brands)} ${oneOf(name('l.product_id'), cut.products)}
      ${oneOf(name('s.region_id'), cut.regions)} ${oneOf(name('s.channel_id'), cut.channels)}
      ${oneOf(name('l.store_id'), cut.stores)}
      ${cut.promotion === 'promoted' ? sql.sql`AND l.promotion > 0` : sql.empty}
      ${cut.promotion === 'not_promoted' ? sql.sql`AND l.promotion = 0` : sql.empty}
      ${attributesMatch('p', 'product', cut)} ${attributesMatch('s', 'store', cut)} ${attributesMatch('h', 'shopper', cut)}`;
  return { key: nodes.key ?? keys[key.by] ?? attribute, period: periodOf(name('l.date'), cut, facts), from };
}

const part = (sum: Sql, condition: Sql): Sql => sql.sql`coalesce(sum(${sum}) FILTER (WHERE ${condition}), 0)`;
const units = name('l.units');
const amount = name('l.amount');
const volume = name('l.units * p.pack_size');

const sums: Record<StoredSum, Sql> = {
  lines: sql.sql`count(*)`,
  units: sql.sql`sum(l.units)`,
  amount: sql.sql`sum(l.amount)`,
  volume_kg: part(volume, sql.sql`p.pack_unit = 'kg'`),
  volume_l: part(volume, sql.sql`p.pack_unit = 'l'`),
  sized_units: part(units, sql.sql`p.pack_unit IN ('kg', 'l')`),
  identified_units: part(units, sql.sql`l.shopper_no IS NOT NULL`),
  identified_amount: part(amount, sql.sql`l.shopper_no IS NOT NULL`),
  basket_units: part(units, sql.sql`l.basket_id IS NOT NULL`),
  basket_amount: part(amount, sql.sql`l.basket_id IS NOT NULL`),
  promoted_units: part(units, sql.sql`l.promotion > 0`),
  promoted_amount: part(amount, sql.sql`l.promotion > 0`),
};

export function compileLines(cut: Cut, where: Part, families: readonly Family[], ground: Ground): Sql {
  const { key, period, from } = selectLines(cut, where, ground);
  const distinct = (family: Family, column: string, condition: Sql = sql.empty): Sql =>
    families.includes(family)
      ? sql.sql`count(DISTINCT ${name(column)}) FILTER (WHERE ${purchase} ${condition})`
      : sql.sql`NULL::bigint`;
  return sql.sql`
    SELECT ${key} AS key, ${period} AS period, ${sql.join([
      ...ground.columns.map((column) => sums[column]),
      distinct('trips', 'l.basket_id'),
      distinct('trips', 'l.basket_id', sql.sql`AND l.shopper_no IS NOT NULL`),
      distinct('shoppers', 'l.shopper_no'),
      sql.sql`count(*)`,
    ])}
    ${from} GROUP BY 1, 2`;
}

/** Who bought, by key and period: their numbers as sent by `array_send`, in base 64. */
export function selectBuyers(cut: Cut, part: Part, ground: Ground): Sql {
  const { key, period, from } = selectLines(cut, part, ground);
  return sql.sql`
    SELECT key, period::text AS period, encode(array_send(array_agg(shopper_no)), 'base64') AS shoppers, sum(read)::text AS rows_read
    FROM (SELECT ${key} AS key, ${period} AS period, l.shopper_no, count(*) AS read
          ${from} AND l.shopper_no IS NOT NULL AND ${purchase} GROUP BY 1, 2, 3) bought
    GROUP BY 1, 2`;
}
