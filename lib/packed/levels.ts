import 'server-only';
import { sql, type Prisma } from '@/lib/db/client';
import type { Level, Wanted } from './read';

const epoch = sql.raw("DATE '1970-01-01'");

/** What is wanted as rows of a table k: at, time, chunk and the keys. */
const wantedRows = (wanted: readonly Wanted[], keys: readonly string[]): Prisma.Sql => {
  const ids = keys.map((_, key) => sql.sql`${wanted.map((row) => row.ids[key]!)}::int[]`);
  const names = sql.raw(['time', 'chunk', ...keys].join(', '));
  return sql.sql`unnest(${sql.join([
    sql.sql`${wanted.map(({ time }) => time)}::int[]`,
    sql.sql`${wanted.map(({ chunk }) => chunk)}::int[]`,
    ...ids,
  ])}) WITH ORDINALITY AS k(${names}, at)`;
};

const base64 = (bytes: string, column: string): Prisma.Sql => sql.raw(`encode(${bytes}, 'base64') AS ${column}`);

/** A rollup whose rows hold lists. The last of its keys may be the chunk. */
export function packedLevel(table: string, time: 'date' | 'month', keys: readonly string[]): Level {
  const ids = keys.filter((key) => key !== 'chunk');
  const same = sql.raw([...keys.map((key) => `r.${key} = k.${key}`)].join(' AND '));
  return {
    table,
    select: (workspaceId, wanted, columns) => sql.sql`
      SELECT (k.at - 1)::int AS at, ${sql.join(
        columns.map((column) => base64(column === 'bits' ? 'bit_send(r.bits)' : `array_send(r.${column})`, column)),
      )}
      FROM ${wantedRows(wanted, ids)}
      JOIN ${sql.raw(table)} r ON r.workspace_id = ${workspaceId}::int AND r.${sql.raw(time)} = ${epoch} + k.time AND ${same}`,
  };
}

/**
 * A table of small rows: those of a month or a year together are one row of lists. `lists` says what the lists hold, as
 * integers, in columns of r; `order` tells the rows of a list apart, as some lists of it may be read later than others.
 */
export function listedLevel(
  table: string,
  {
    from,
    keys,
    of,
    order,
    lists,
  }: { from: string; keys: Record<string, string>; of: Prisma.Sql; order: string; lists: Record<string, string> },
): Level {
  const same = Object.entries(keys).map(([key, column]) => `${column} = k.${key}`);
  return {
    table,
    select: (workspaceId, wanted, columns) => sql.sql`
      SELECT (k.at - 1)::int AS at, ${sql.join(
        columns.map((column) => base64(`array_send(array_agg(${lists[column]} ORDER BY ${order}))`, column)),
      )}
      FROM ${wantedRows(wanted, Object.keys(keys))}
      JOIN ${sql.raw(from)} ON r.workspace_id = ${workspaceId}::int ${
        same.length > 0 ? sql.raw(`AND ${same.join(' AND ')}`) : sql.empty
      } ${of} GROUP BY k.at`,
  };
}

/** The rows of a column of dates that lie in the month, or the year, which begins at the time. */
export const ofTime = (column: string, span: 'month' | 'year'): Prisma.Sql =>
  sql.raw(`
  AND r.${column} BETWEEN DATE '1970-01-01' + k.time AND (DATE '1970-01-01' + k.time + interval '1 ${span}')::date - 1`);
