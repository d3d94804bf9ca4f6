import 'server-only';
import { sql, type Prisma } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { shorten, type Bits } from './bits';
import { kept, type Lists } from './keep';
import { unpackBits, unpackText, type Numbers } from './unpack';

/** A rollup whose rows hold lists: `keys` and the column of time tell its rows apart. */
export interface PackedTable {
  table: string;
  time: 'date' | 'month';
  keys: readonly string[];
}

/** Which rows, as a query of: row of the answer, its period, the row's date as text, its keys. And which of their lists. */
export interface Ask {
  level: PackedTable;
  listed: Prisma.Sql;
  columns: readonly string[];
}

export interface PackedRow {
  key: string | null;
  period: string | null;
  date: string;
  ids: number[];
  lists: Lists;
}

type Listed = [key: string | null, period: string | null, date: string, ...ids: number[]];

/** `dataVersion` null: read anew, and not kept. */
export interface From {
  workspaceId: number;
  dataVersion: number | null;
}

/** The rows of each ask in the order that it lists them. What was read lately is not read again. */
export async function readPacked(snapshot: Snapshot, from: From, asks: readonly Ask[]): Promise<PackedRow[][]> {
  const found = await list(snapshot, asks);
  const rows: PackedRow[][] = [];
  for (const [at, ask] of asks.entries()) rows.push(await fill(snapshot, from, ask, found[at] ?? []));
  return rows;
}

async function list(snapshot: Snapshot, asks: readonly Ask[]): Promise<Listed[][]> {
  if (asks.length === 0) return [];
  // One text for all rows: the adapter takes longer for each of a thousand rows than PostgreSQL does to find it.
  const each = asks.map(({ level, listed }, at) => {
    const names = sql.raw(['key', 'period', 'date', ...level.keys].join(', '));
    return sql.sql`SELECT ${sql.raw(String(at))} AS ask,
      (SELECT json_agg(json_build_array(${names})) FROM (${listed}) AS row(${names}))::text AS rows`;
  });
  const read = await snapshot.$queryRaw<{ ask: number; rows: string | null }[]>(
    sql.sql`${sql.join(each, ' UNION ALL ')}`,
  );
  const found: Listed[][] = asks.map(() => []);
  for (const { ask, rows } of read) found[ask] = rows === null ? [] : (JSON.parse(rows) as Listed[]);
  return found;
}

/** So many rows are asked for at once: what they hold together stays small beside what is kept. */
const batch = 2_000;

async function fill(snapshot: Snapshot, from: From, ask: Ask, listed: readonly Listed[]): Promise<PackedRow[]> {
  const { level, columns } = ask;
  const { workspaceId, dataVersion } = from;
  const prefix = `${workspaceId} ${dataVersion} ${level.table} `;
  const rows = listed.map(([key, period, date, ...ids]): PackedRow & { name: string } => {
    const name = `${prefix}${date} ${ids.join(' ')}`;
    return { key, period, date, ids, name, lists: (dataVersion === null ? undefined : kept.get(name)) ?? {} };
  });
  const missing = rows.filter(({ lists }) => columns.some((column) => !(column in lists)));
  for (let start = 0; start < missing.length; start += batch) {
    const wanted = missing.slice(start, start + batch);
    const sent = await send(snapshot, workspaceId, ask, wanted);
    for (const [index, row] of wanted.entries()) {
      row.lists = { ...row.lists, ...sent[index] };
      if (dataVersion !== null) kept.set(row.name, row.lists);
    }
  }
  return rows;
}

async function send(
  snapshot: Snapshot,
  workspaceId: number,
  { level, columns }: Ask,
  rows: readonly PackedRow[],
): Promise<Lists[]> {
  const names = sql.raw([level.time, ...level.keys].join(', '));
  const ids = level.keys.map((_, key) => sql.sql`${rows.map((row) => row.ids[key]!)}::int[]`);
  const lists = columns.map((column) => {
    const bytes = sql.raw(column === 'bits' ? 'bit_send(r.bits)' : `array_send(r.${column})`);
    return sql.sql`encode(${bytes}, 'base64') AS ${sql.raw(column)}`;
  });
  const same = [level.time, ...level.keys].map((column) => sql.raw(`r.${column} = k.${column}`));
  const read = await snapshot.$queryRaw<({ at: number } & Record<string, string>)[]>(sql.sql`
    SELECT (k.at - 1)::int AS at, ${sql.join(lists)}
    FROM unnest(${rows.map(({ date }) => date)}::date[], ${sql.join(ids)}) WITH ORDINALITY AS k(${names}, at)
    JOIN ${sql.raw(level.table)} r ON r.workspace_id = ${workspaceId}::int AND ${sql.join(same, ' AND ')}`);
  const found: Lists[] = rows.map(() => ({}));
  for (const { at, ...texts } of read) {
    for (const column of columns) found[at]![column] = decode(column, texts[column]!);
  }
  return found;
}

const decode = (column: string, sent: string): Numbers | Bits =>
  column === 'bits' ? shorten(unpackBits(Buffer.from(sent, 'base64'))) : unpackText(sent);
