import 'server-only';
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { ApiError } from '@/lib/contract/errors';
import type { Reading } from './read-file';
import { stateOf } from './state';
import { Tally, type Saved } from './tally';

/** Of which import, read how. */
export interface Staging {
  client: PoolClient;
  workspaceId: number;
  importId: number;
  /** What the staged rows depend on; other rows than those of this key are of no use. */
  key: string;
}

/** Where a check goes on: after a row of the file, with what was counted until there. */
export interface Checkpoint {
  row: number;
  tally: Tally;
}

/** The import is no longer to be checked: it was paused or discarded meanwhile. */
export class Stopped extends ApiError {}

/** Changes with whatever makes other rows of a file; the first part, with the code that reads them. */
export function stagingKey(reading: Reading, brands: readonly string[]): string {
  const { kind, mapping, detected, hash, scale, coin } = reading;
  const parts = [1, hash, kind, mapping, detected, brands, scale, coin];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Where an earlier check of this key has come to; of any other, nothing stays. */
export async function resume(staging: Staging): Promise<Checkpoint> {
  const { client, workspaceId, importId, key } = staging;
  const { rows } = await client.query<{ row: number; tally: Saved }>(
    'SELECT row_no AS row, tally FROM import_checkpoint WHERE workspace_id = $1 AND import_id = $2 AND key = $3 AND row_no > 0',
    [workspaceId, importId, key],
  );
  if (rows[0]) return { row: rows[0].row, tally: Tally.resume(rows[0].tally) };
  await client.query('BEGIN');
  await clearStage(client, workspaceId, importId);
  await client.query('COMMIT');
  return { row: 0, tally: new Tally() };
}

/** Keeps how far the rows of this transaction go, if the import is to be checked still: that holds until it commits. */
export async function keep({ client, workspaceId, importId, key }: Staging, row: number, tally: string): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT FROM import WHERE workspace_id = $1 AND id = $2 AND state = 'validating' FOR SHARE`,
    [workspaceId, importId],
  );
  if (!rowCount) {
    const state = await stateOf(workspaceId, importId, client);
    throw new Stopped('conflict', `Import ${importId} is ${state}: its check has ended.`);
  }
  await client.query(
    `INSERT INTO import_checkpoint (workspace_id, import_id, key, row_no, tally) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace_id, import_id) DO UPDATE
       SET key = excluded.key, row_no = excluded.row_no, tally = excluded.tally, made_at = now()`,
    [workspaceId, importId, key, row, tally],
  );
}

const staged = ['staged_line', 'staged_member', 'rejected_row', 'import_checkpoint'];

/** Empties what an earlier check of the import left. */
export async function clearStage(client: PoolClient, workspaceId: number, importId: number): Promise<void> {
  for (const table of staged)
    await client.query(`DELETE FROM ${table} WHERE workspace_id = $1 AND import_id = $2`, [workspaceId, importId]);
}
