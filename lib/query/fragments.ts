import 'server-only';
import type { Grain } from '@/lib/contract/query';
import { sql, type Prisma } from '@/lib/db/client';
import type { Range } from '@/lib/metrics/periods';
import { cellsOf, type AttributeFilter, type Cut } from './cut';
import type { Tree } from './tree';

// Pieces of SQL that every source shares. Names go through `name`, and come from the catalogs of this code alone.

export type Sql = Prisma.Sql;
export const name = (catalogued: string): Sql => sql.raw(catalogued);

/** First day of the period of a date column, as text; null without a grain. */
export function periodOf(column: Sql, grain: Grain | null): Sql {
  if (grain === null) return sql.sql`NULL::text`;
  if (grain === 'day') return sql.sql`to_char(${column}, 'YYYY-MM-DD')`;
  return sql.sql`to_char(date_trunc(${name(`'${grain}'`)}, ${column}::timestamp), 'YYYY-MM-DD')`;
}

export function inSpans(column: Sql, spans: readonly Range[]): Sql {
  const each = spans.map(({ from, to }) => sql.sql`${column} BETWEEN ${from}::date AND ${to}::date`);
  return sql.sql`(${sql.join(each, ' OR ')})`;
}

/** Among the ids 0 stands for none. */
export function oneOf(column: Sql, ids: readonly number[] | null): Sql {
  if (ids === null) return sql.empty;
  return sql.sql`AND ${ids.includes(0) ? sql.sql`coalesce(${column}, 0)` : column} = ANY(${[...ids]}::int[])`;
}

export function attributesMatch(alias: string, of: AttributeFilter['of'], cut: Cut): Sql {
  const own = cut.attributes.filter((filter) => filter.of === of);
  if (own.length === 0) return sql.empty;
  const each = own.map((filter) => {
    const among = sql.sql`${name(alias)}.attributes ->> ${filter.name} = ANY(${[...filter.values]}::text[])`;
    return filter.not ? sql.sql`AND (${among}) IS NOT TRUE` : sql.sql`AND ${among}`;
  });
  return sql.join(each, ' ');
}

/** Keeps the rows at the cut's nodes; `reach` says which categories' rows make up a node. */
export function atNodes(column: Sql, cut: Cut, categoriesOf: (nodes: readonly number[]) => number[]) {
  if (cut.key.by !== 'cells') {
    const nodes = categoriesOf(cut.nodes);
    return { join: sql.empty, where: sql.sql`AND ${column} = ANY(${nodes}::int[])`, key: null };
  }
  const pairs = cellsOf(cut).flatMap((cell) => categoriesOf(cell.nodes).map((node) => ({ key: cell.key, node })));
  const join = sql.sql`JOIN unnest(${pairs.map(({ key }) => key)}::text[], ${pairs.map(({ node }) => node)}::int[])
    AS cell(key, node) ON cell.node = ${column}`;
  return { join, where: sql.empty, key: sql.sql`cell.key` };
}

export const itself = (nodes: readonly number[]): number[] => [...nodes];
export const allUnder =
  (tree: Tree) =>
  (nodes: readonly number[]): number[] =>
    nodes.flatMap((node) => tree.under(node));

export const nothing: Sql = sql.sql`NULL::text`;
