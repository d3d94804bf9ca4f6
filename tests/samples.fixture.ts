import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { DuckDBInstance } from '@duckdb/node-api';
import { createWorkspace } from '@/lib/access/create-workspace';
import { mapping as mappingShape, type ImportDetail, type ImportKind, type Mapping } from '@/lib/contract/imports';
import { querySpec, type QueryInput, type QueryResponse } from '@/lib/contract/query';
import { loadPool } from '@/lib/db/pool';
import { checkFile } from '@/lib/ingest/check';
import { publish } from '@/lib/ingest/publish';
import { readImport } from '@/lib/ingest/read';
import { receiveFile } from '@/lib/ingest/receive';
import { revert } from '@/lib/ingest/revert';
import { runQuery } from '@/lib/query/run';
import { verifyRollups } from '@/lib/rollups/verify';

// Published data sets the whole way, from file to number and back. They are no part of the project: BRANDLENS_SAMPLES
// names their folder. What the numbers must be is worked out by DuckDB from the same files, apart from all of our code.

export const samples = process.env['BRANDLENS_SAMPLES'];
/** Whole files there and back again take minutes: `npm run test:long` runs them. */
export const long = Boolean(samples && process.env['LONG']);
export const sample = (path: string): string => join(samples ?? '', path);

export const newWorkspace = (): Promise<number> =>
  createWorkspace({ name: 'Samples', slug: `samples-${randomUUID().slice(0, 12)}` });

/** A file as proposed, changed as a user would; `text` in place of what is at the path. */
export interface Given {
  change?: (proposed: Mapping) => Partial<Mapping>;
  kind?: ImportKind;
  text?: string;
}

export async function check(workspaceId: number, path: string, given: Given = {}): Promise<ImportDetail> {
  const body = given.text === undefined ? createReadStream(path) : Readable.from([Buffer.from(given.text)]);
  const kind = given.kind ? { kind: given.kind } : {};
  const importId = await receiveFile({ workspaceId, userId: null, fileName: basename(path), body, ...kind });
  const { mapping: proposed } = await readImport(workspaceId, importId);
  if (!proposed) throw new Error(`Nothing is proposed for ${path}.`);
  const mapping = mappingShape.parse({ ...proposed, ...given.change?.(proposed) });
  await checkFile({ workspaceId, importId, mapping, ...kind });
  return readImport(workspaceId, importId);
}

/** Checks and publishes; answers the report of the check. */
export async function load(workspaceId: number, path: string, given: Given = {}): Promise<ImportDetail> {
  const checked = await check(workspaceId, path, given);
  await publish({ workspaceId, importId: checked.id, userId: null });
  return checked;
}

export const takeOut = (workspaceId: number, { id }: { id: number }): Promise<void> =>
  revert({ workspaceId, importId: id, userId: null });

export type Ask = (input: Partial<QueryInput> & Pick<QueryInput, 'metrics'>) => Promise<QueryResponse>;
export const asking =
  (workspaceId: number, range: { from: string; to: string }): Ask =>
  (input) =>
    runQuery(workspaceId, querySpec.parse({ ...range, ...input }));

/** Rows as [name, value], whatever the order. */
export const byName = ({ rows }: QueryResponse, metric: QueryInput['metrics'][number]): Record<string, number | null> =>
  Object.fromEntries(rows.map(({ member, values }) => [member?.name ?? '', values[metric] ?? null]));

export async function idOf(
  table: 'category' | 'brand' | 'product',
  workspaceId: number,
  name: string,
): Promise<number> {
  const { rows } = await loadPool.query<{ id: number }>(
    `SELECT id FROM ${table} WHERE workspace_id = $1 AND name = $2`,
    [workspaceId, name],
  );
  if (rows.length !== 1) throw new Error(`There are ${rows.length} of ${table} "${name}".`);
  return rows[0]!.id;
}

/** What the verification of rollups against lines finds wrong, and how much it compared. */
export async function verified(workspaceId: number): Promise<{ compared: number; differences: string[] }> {
  const { checks } = await verifyRollups(workspaceId);
  return {
    compared: checks.reduce((sum, { compared }) => sum + compared, 0),
    differences: checks.flatMap(({ name, differences }) => differences.map((one) => `${name}: ${one}`)),
  };
}

/** How many rows are left of what imports bring. */
export async function rest(workspaceId: number): Promise<Record<string, number>> {
  const tables = `sale_line, basket, product, brand, manufacturer, store, region, channel, shopper, member_claim, sales_day,
    sales_month, sales_month_place, sales_day_place, sales_product_day, sales_product_month, shopper_day, shopper_month, shopper_month_store`;
  const left: Record<string, number> = {};
  for (const table of tables.split(/,\s*/)) {
    const { rows } = await loadPool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} WHERE workspace_id = $1`,
      [workspaceId],
    );
    if (rows[0]?.count) left[table] = rows[0].count;
  }
  return left;
}

/** The rows of a statement over the raw files; FILE(path) reads one, every column as text. */
export async function raw(statement: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const text = statement.replace(
    /FILE\(([^)]+)\)/g,
    (_, path: string) => `read_csv('${sample(path)}', header = true, all_varchar = true, quote = '"')`,
  );
  const reader = await connection.runAndReadAll(text);
  const rows = reader.getRowObjectsJson();
  connection.closeSync();
  return rows;
}
