import 'server-only';
import type { Prisma } from '@/lib/db/client';
import type { Snapshot } from '@/lib/db/snapshot';
import { shorten, type Bits } from './bits';
import { keepYear, putRow, yearOf, type Lists, type Year } from './keep';
import { unpackBits, unpackText, type Numbers } from './unpack';

/** Which rows of a level are read: the ids of its keys, the day since 1970, the chunk of shoppers. */
export interface Wanted {
  ids: readonly number[];
  time: number;
  chunk: number;
}

/** Where rows of lists are read from. */
export interface Level {
  table: string;
  /** A statement of `at`, the place among the wanted, and the columns: lists as sent by PostgreSQL, in base 64. */
  select(workspaceId: number, wanted: readonly Wanted[], columns: readonly string[]): Prisma.Sql;
  /** The lists of a row as they are kept. */
  shape?: (lists: Lists) => Lists;
}

/** Rows with the same keys, and which row of the answer they belong to. */
export interface Series {
  key: string | null;
  ids: readonly number[];
}

export interface Ask<Of extends Series = Series> {
  level: Level;
  series: readonly Of[];
  /** Days since 1970, ascending. */
  times: readonly number[];
  /** How many chunks of shoppers there are; 1 where rows are not divided by shoppers. */
  chunks: number;
  columns: readonly string[];
}

export interface PackedRow<Of extends Series = Series> {
  series: Of;
  time: number;
  chunk: number;
  lists: Lists;
}

/** `dataVersion` null: read anew, and not kept. */
export interface From {
  workspaceId: number;
  dataVersion: number | null;
}

type Missing<Of extends Series> = PackedRow<Of> & Wanted & { name: string | null; year: Year };

/** So many rows are asked for at once: what they hold together stays small beside what is kept. */
const batch = 2_000;
const mostChunks = 4_096;

/** The rows that there are, series by series, each by time and chunk. What was read lately is not read again. */
export async function readPacked<Of extends Series>(
  snapshot: Snapshot,
  { workspaceId, dataVersion }: From,
  { level, series, times, chunks, columns }: Ask<Of>,
): Promise<PackedRow<Of>[]> {
  const rows: PackedRow<Of>[] = [];
  const missing: Missing<Of>[] = [];
  const years = byYear(times);
  for (const one of series) {
    for (const { number, days } of years) {
      const name =
        dataVersion === null ? null : `${workspaceId} ${dataVersion} ${level.table} ${one.ids.join(' ')} ${number}`;
      const year = yearOf(name);
      for (const time of days) {
        for (let chunk = 0; chunk < chunks; chunk++) {
          const lists = year.rows.get(time * mostChunks + chunk);
          if (lists === null) continue;
          const row = { series: one, time, chunk, lists: lists ?? {} };
          if (lists && columns.every((column) => column in lists)) rows.push(row);
          else {
            const asked = { ...row, ids: one.ids, name, year };
            missing.push(asked);
            rows.push(asked);
          }
        }
      }
    }
  }
  if (missing.length === 0) return rows;
  const absent = new Set<PackedRow>();
  for (let start = 0; start < missing.length; start += batch) {
    const wanted = missing.slice(start, start + batch);
    const statement = level.select(workspaceId, wanted, columns);
    const sent = await send(snapshot, statement, columns, wanted.length);
    for (const [index, row] of wanted.entries()) {
      const found = sent[index];
      if (found) row.lists = { ...row.lists, ...(level.shape?.(found) ?? found) };
      else absent.add(row);
      putRow(row.year, row.time * mostChunks + row.chunk, found ? row.lists : null);
    }
  }
  for (const [name, year] of new Map(missing.map((row) => [row.name, row.year]))) keepYear(name, year);
  return rows.filter((row) => !absent.has(row));
}

function byYear(times: readonly number[]): { number: number; days: number[] }[] {
  const years = new Map<number, number[]>();
  for (const time of times) {
    const number = new Date(time * 86_400_000).getUTCFullYear();
    const days = years.get(number);
    if (days) days.push(time);
    else years.set(number, [time]);
  }
  return [...years].map(([number, days]) => ({ number, days }));
}

async function send(
  snapshot: Snapshot,
  statement: Prisma.Sql,
  columns: readonly string[],
  size: number,
): Promise<(Lists | undefined)[]> {
  const read = await snapshot.$queryRaw<({ at: number } & Record<string, string>)[]>(statement);
  const found = new Array<Lists | undefined>(size);
  for (const { at, ...texts } of read) {
    found[at] = Object.fromEntries(columns.map((column) => [column, decode(column, texts[column]!)]));
  }
  return found;
}

const decode = (column: string, sent: string): Numbers | Bits =>
  column === 'bits' ? shorten(unpackBits(Buffer.from(sent, 'base64'))) : unpackText(sent);
