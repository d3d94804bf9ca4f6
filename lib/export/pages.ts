import 'server-only';
import type { Exported } from '@/lib/contract/export';
import { ApiError } from '@/lib/contract/errors';
import { sql } from '@/lib/db/client';
import { inSnapshot } from '@/lib/db/snapshot';
import { attributesOf, tableOf, type Column } from './tables';

export type Value = string | number | boolean | null;

export interface Asked {
  workspaceId: number;
  of: Exported;
  from?: string | undefined;
  to?: string | undefined;
  /** Who bought is told. */
  shoppers: boolean;
}

export interface Pages {
  columns: Column[];
  /** Values in the order of the columns; decimals as whole numbers of their scale. */
  pages: AsyncGenerator<Value[][]>;
}

const size = 10_000;

/** A table page by page, each read by the order's index. Breaks off when the data changes meanwhile. */
export async function openExport({ workspaceId, of, from, to, shoppers }: Asked): Promise<Pages> {
  if (of === 'shoppers' && !shoppers) throw new ApiError('forbidden', 'Who the shoppers are needs the role analyst.');
  if (from && to && from > to)
    throw new ApiError('invalid_request', 'The dates are the wrong way round.', [
      { field: 'to', message: 'must not be before from' },
    ]);
  const asksNames = attributesOf(of, workspaceId);
  const {
    version: first,
    scale,
    attributes,
  } = await inSnapshot(async (snapshot) => ({
    ...(await readVersion(snapshot, workspaceId)),
    attributes: asksNames ? await snapshot.$queryRaw<{ name: string }[]>(asksNames) : [],
  }));
  const named = { scale, shoppers, attributes: attributes.map(({ name }) => name) };
  const { columns, order, time, from: joined } = tableOf(of, named);
  if (!time && (from ?? to) !== undefined)
    throw new ApiError('invalid_request', `There are no dates to choose among ${of}.`, [
      { field: from === undefined ? 'to' : 'from', message: 'must be left out' },
    ]);
  const placed = order.map((column) => `r.${column}`).join(', ');
  const within = [
    ...(of === 'sales' ? [sql.sql`AND member_kind = 2`] : []),
    ...(time && from ? [sql.sql`AND ${sql.raw(time)} >= ${from}::date`] : []),
    ...(time && to ? [sql.sql`AND ${sql.raw(time)} <= ${to}::date`] : []),
  ];
  const read = (after: string[] | null) =>
    inSnapshot(async (snapshot) => {
      const { version } = await readVersion(snapshot, workspaceId);
      if (version !== first)
        throw new ApiError('conflict', 'The data has changed since the file was begun; start again.');
      const beyond = after
        ? sql.sql`AND (${sql.raw(order.join(', '))}) > (${sql.join(after.map((one, at) => typed(one, order[at]!)))})`
        : sql.empty;
      const page = (table: string) => sql.sql`
        (SELECT * FROM ${sql.raw(table)} WHERE workspace_id = ${workspaceId}::int ${within.length > 0 ? sql.join(within, ' ') : sql.empty} ${beyond}
         ORDER BY ${sql.raw(order.join(', '))} LIMIT ${size}) r`;
      return snapshot.$queryRaw<Record<string, Value>[]>(sql.sql`
        SELECT ${sql.raw(columns.map(({ value }, at) => `${value} AS c${at}`).join(', '))},
               ${sql.raw(order.map((column, at) => `r.${column}::text AS o${at}`).join(', '))}
        FROM ${joined(page)} ORDER BY ${sql.raw(placed)}`);
    });
  async function* pages(): AsyncGenerator<Value[][]> {
    let after: string[] | null = null;
    for (;;) {
      const rows: Record<string, Value>[] = await read(after);
      if (rows.length > 0) yield rows.map((row) => columns.map((_, at) => row[`c${at}`] ?? null));
      const last = rows.at(-1);
      if (!last || rows.length < size) return;
      after = order.map((_, at) => String(last[`o${at}`]));
    }
  }
  return { columns, pages: pages() };
}

const typed = (value: string, column: string) =>
  column === 'month' ? sql.sql`${value}::date` : sql.sql`${value}::bigint`;

async function readVersion(
  snapshot: Parameters<Parameters<typeof inSnapshot>[0]>[0],
  workspaceId: number,
): Promise<{ version: string; scale: number }> {
  const [row] = await snapshot.$queryRaw<{ version: string; scale: number }[]>(
    sql.sql`SELECT data_version::text AS version, currency_scale AS scale FROM workspace WHERE id = ${workspaceId}::int`,
  );
  if (!row) throw new ApiError('not_found', 'There is no such workspace.');
  return row;
}
