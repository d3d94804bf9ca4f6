import 'server-only';
import { sql, type Prisma } from '@/lib/db/client';
import { isRetail } from '@/lib/metrics/calendar';
import { addDays, periodsOf, type Range } from '@/lib/metrics/periods';
import { cellsOf, type AttributeFilter, type Cut } from './cut';
import type { Facts } from './facts';
import type { Tree } from './tree';

// Pieces of SQL that every source shares. Names go through `name`, and come from the catalogs of this code alone.

export type Sql = Prisma.Sql;
export const name = (catalogued: string): Sql => sql.raw(catalogued);

/** First day of the period of a date column, a date; null without a grain. */
export function periodOf(column: Sql, cut: Cut, { calendar, data }: Facts): Sql {
  const { grain, daysOn } = cut;
  const { weekStart, fiscalYearStart } = calendar;
  const day = daysOn ? sql.sql`(${column} + ${daysOn}::int)` : column;
  if (grain === null) return sql.sql`NULL::date`;
  if (grain === 'day') return day;
  if (grain === 'month') return sql.sql`date_trunc('month', ${day}::timestamp)::date`;
  if (grain === 'week') {
    // In whole days since a Monday: a row a day is cut so five times faster than by date_trunc.
    return sql.sql`(${day} - ((${day} - DATE '2000-01-03' - ${weekStart - 1}::int) % 7 + 7) % 7)`;
  }
  if (isRetail(grain)) {
    const held = data && { ...data, to: addDays(data.to, daysOn ?? 0) };
    const starts = held ? periodsOf(grain, held, calendar) : [];
    return sql.sql`(${starts}::date[])[width_bucket(${day}, ${starts}::date[])]`;
  }
  const first = sql.sql`make_interval(months => ${fiscalYearStart - 1}::int)`;
  return sql.sql`(date_trunc(${name(`'${grain}'`)}, ${day}::timestamp - ${first}) + ${first})::date`;
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

export function attributesMatch(alias: string, of: AttributeFilter['of'], cut: Pick<Cut, 'attributes'>): Sql {
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
