import 'server-only';
import { sql, type Prisma } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { readCursor, writeCursor, type Place } from './cursor';

export interface ListQuery {
  search?: string | undefined;
  ids?: number[] | undefined;
  limit: number;
  cursor?: string | undefined;
}

export interface Page<T> {
  items: T[];
  total: number;
  nextCursor: string | null;
}

interface Source {
  columns: Prisma.Sql;
  from: Prisma.Sql;
  where: (Prisma.Sql | null)[];
  /** What the rows are ordered by, then by id. */
  order: Prisma.Sql;
  orderType?: 'text' | 'text[]';
  id: Prisma.Sql;
}

/** Text to find anywhere, in any case; % and _ are letters like any other. */
export const contains = (column: Prisma.Sql, text: string | undefined): Prisma.Sql | null =>
  text ? sql.sql`${column} ILIKE ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}` : null;

const all = (conditions: Prisma.Sql[]): Prisma.Sql =>
  conditions.length > 0 ? sql.sql`WHERE ${sql.join(conditions, ' AND ')}` : sql.empty;

/** One page by keyset: as fast on the last page as on the first, and no row twice when rows come in between. */
export async function readPage<Row extends { id: number }, T>(
  snapshot: Snapshot,
  source: Source,
  query: ListQuery,
  toItem: (row: Row) => T,
): Promise<Page<T>> {
  const chosen = query.ids ? sql.sql`${source.id} = ANY(${query.ids}::int[])` : null;
  const where = [...source.where, chosen].filter((condition) => condition !== null);
  const [counted] = await snapshot.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM ${source.from} ${all(where)}`;
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const cast = source.orderType === 'text[]' ? sql.sql`::text[]` : sql.sql`::text`;
  const beyond = after && sql.sql`(${source.order}, ${source.id}) > (${after[0]}${cast}, ${after[1]}::int)`;
  const rows = await snapshot.$queryRaw<(Row & { place: Place[0] })[]>`
    SELECT ${source.columns}, ${source.order} AS place
    FROM ${source.from} ${all(beyond ? [...where, beyond] : where)}
    ORDER BY ${source.order}, ${source.id} LIMIT ${query.limit + 1}`;
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(toItem),
    total: counted?.total ?? 0,
    nextCursor: last ? writeCursor([last.place, last.id]) : null,
  };
}
