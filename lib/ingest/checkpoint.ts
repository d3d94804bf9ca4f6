import 'server-only';
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Reading } from './reading';
import { Stopped } from './state';
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

/** Changes with whatever makes other rows of a file; the first part, with the code that reads them. */
export function stagingKey(reading: Reading, brands: readonly string[]): string {
  const { kind, mapping, detected, fixes, hash, scale, coin, currency, clock } = reading;
  const parts = [7, hash, kind, mapping, detected, fixes, brands, scale, coin, currency, clock];
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
  const tally = new Tally();
  await client.query('BEGIN');
  await clearStage(client, workspaceId, importId);
  await client.query(
    'INSERT INTO import_checkpoint (workspace_id, import_id, key, row_no, tally) VALUES ($1, $2, $3, 0, $4)',
    [workspaceId, importId, key, tally.save()],
  );
  await client.query('COMMIT');
  return { row: 0, tally };
}

/**
 * Keeps how far the rows of this transaction go, from a checkpoint on. Whoever pauses or cancels the check, or begins it anew,
 * has moved the state or taken the checkpoint away: then none of the rows count.
 */
export async function keep(staging: Staging, from: number, row: number, tally: string): Promise<void> {
  const { client, workspaceId, importId, key } = staging;
  const { rowCount } = await client.query(
    `SELECT FROM import WHERE workspace_id = $1 AND id = $2 AND state = 'validating' FOR SHARE`,
    [workspaceId, importId],
  );
  const kept = await client.query(
    `UPDATE import_checkpoint SET row_no = $5, tally = $6, made_at = now()
     WHERE workspace_id = $1 AND import_id = $2 AND key = $3 AND row_no = $4`,
    [workspaceId, importId, key, from, row, tally],
  );
  if (!rowCount || !kept.rowCount) throw stopped(staging);
}

/** Takes the checkpoint away once all rows of the file are in. */
export async function close(staging: Staging): Promise<void> {
  const { client, workspaceId, importId, key } = staging;
  const { rowCount } = await client.query(
    'DELETE FROM import_checkpoint WHERE workspace_id = $1 AND import_id = $2 AND key = $3',
    [workspaceId, importId, key],
  );
  if (!rowCount) throw stopped(staging);
}

const stopped = ({ importId }: Staging): Stopped =>
  new Stopped('conflict', `The check of import ${importId} was paused, cancelled or begun anew.`);

const staged = ['staged_line', 'staged_member', 'rejected_row', 'import_checkpoint'];

/** Empties what an earlier check of the import left. */
export async function clearStage(client: PoolClient, workspaceId: number, importId: number): Promise<void> {
  for (const table of staged)
    await client.query(`DELETE FROM ${table} WHERE workspace_id = $1 AND import_id = $2`, [workspaceId, importId]);
}
