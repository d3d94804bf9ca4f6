import 'server-only';
import type { PoolClient } from 'pg';
import { ApiError } from '@/lib/contract/errors';
import { loadPool } from '@/lib/db/pool';
import { inTransaction } from '@/lib/db/transaction';
import { packedLevels, rollupTables, shopperLevels } from '@/lib/rollups/levels';
import { heeding } from './heed';
import type { State } from './state';

/** The advisory lock that whoever changes a workspace's numbers holds. */
export const changeLock = (workspaceId: number): string => `change ${workspaceId}`;

/**
 * Runs one change of a workspace's numbers: one at a time a workspace, all of it or nothing. Readers are never blocked;
 * they see the state before until it commits.
 */
export const changing = <T>(workspaceId: number, change: (client: PoolClient) => Promise<T>): Promise<T> =>
  inTransaction((client) => changeOn(client, workspaceId, change));

/** The same for an import in this state: cancelled, it ends at once, in whatever statement it is, and rolls back. */
export const changingBy = (
  import_: { workspaceId: number; importId: number },
  state: State,
  change: (client: PoolClient) => Promise<void>,
): Promise<void> =>
  inTransaction((client) => heeding(import_, state, client, () => changeOn(client, import_.workspaceId, change)));

async function changeOn<T>(
  client: PoolClient,
  workspaceId: number,
  change: (client: PoolClient) => Promise<T>,
): Promise<T> {
  // Another publish may take minutes: that is worth waiting for. Any other lock is not.
  await client.query(`SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60min'`);
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [changeLock(workspaceId)]);
  await client.query(`SET LOCAL lock_timeout = '30s'; SET LOCAL work_mem = '32MB'; SET LOCAL jit = off`);
  // Weaker than FOR UPDATE: uploads refer to this row and must not wait. It keeps rebuilds of the rollups out.
  const { rowCount } = await client.query('SELECT 1 FROM workspace WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
  if (!rowCount) throw new ApiError('not_found', 'There is no such workspace.');
  return change(client);
}

const touched = ['sale_line', 'basket', 'product', 'store', 'shopper', ...rollupTables.map(({ table }) => table)];

/** Their rows are long: of as many as are looked at of others, a connection would hold 60 MB of a table. */
const long: ReadonlySet<string> = new Set([...packedLevels, ...shopperLevels].map(({ table }) => table));

/**
 * Lets the planner know what is in the tables now, where this transaction changed a good part of them. Another change
 * holds its statistics until it ends: nothing to wait for, and waiting in another order would end one of the two.
 */
export async function analyze(client: PoolClient, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_stat_xact_user_tables t ON t.relid = c.oid
     WHERE c.oid = ANY($1::regclass[]) AND t.n_tup_ins + t.n_tup_upd + t.n_tup_del > 0.1 * greatest(c.reltuples, 0)`,
    [tables],
  );
  const names = rows.map(({ name }) => name);
  const usual = names.filter((name) => !long.has(name));
  const few = names.filter((name) => long.has(name));
  if (usual.length > 0) await client.query(`ANALYZE (SKIP_LOCKED) ${usual.join(', ')}`);
  if (few.length > 0)
    await client.query(
      `SET LOCAL default_statistics_target = 10; ANALYZE (SKIP_LOCKED) ${few.join(', ')};
       SET LOCAL default_statistics_target TO DEFAULT`,
    );
}

/** Frees dead rows and fills the visibility map, which index-only scans need; it cannot run in a transaction. */
export async function vacuum(): Promise<void> {
  for (const table of touched) await loadPool.query(`VACUUM (SKIP_LOCKED) ${table}`).catch(() => undefined);
}
