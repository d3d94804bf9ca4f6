import 'server-only';
import { existsSync } from 'node:fs';
import type { PoolClient } from 'pg';
import { ApiError } from '@/lib/contract/errors';
import type { ImportKind, ImportSummary, Mapping } from '@/lib/contract/imports';
import { isDiskFull } from '@/lib/db/fault';
import { loadPool } from '@/lib/db/pool';
import { refusePublished } from './refuse-published';
import type { Subject } from './touched';

export type State = ImportSummary['state'];

/** The import is no longer what this work is for: it was paused, cancelled or discarded meanwhile. */
export class Stopped extends ApiError {}

/** The state of an import, or that there is none. */
export async function stateOf(
  workspaceId: number,
  importId: number,
  client: Pick<PoolClient, 'query'> = loadPool,
): Promise<State> {
  const { rows } = await client.query<{ state: State }>(
    'SELECT state FROM import WHERE workspace_id = $1 AND id = $2',
    [workspaceId, importId],
  );
  if (rows[0]) return rows[0].state;
  throw new ApiError('not_found', `There is no import ${importId}.`);
}

/**
 * Moves an import on from one of these states. Answers false when it is in state `to` already, refuses from any other.
 */
export async function moveState(
  import_: { workspaceId: number; importId: number },
  from: readonly State[],
  to: State,
  client: Pick<PoolClient, 'query'> = loadPool,
): Promise<boolean> {
  const { workspaceId, importId } = import_;
  try {
    const { rowCount } = await client.query(
      `UPDATE import SET state = $3, error = NULL, progress = NULL WHERE workspace_id = $1 AND id = $2 AND state = ANY($4)`,
      [workspaceId, importId, to, from],
    );
    if (rowCount) return true;
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'import_file_once') throw error;
    throw new ApiError('conflict', 'The same file is published already, or is being published.');
  }
  const state = await stateOf(workspaceId, importId, client);
  if (state === to) return false;
  throw new ApiError('conflict', `Import ${importId} is ${state}; it would have to be ${from.join(' or ')}.`);
}

/**
 * Marks an import as being checked with this mapping. Answers false when it is being checked with the same one already;
 * another one would be lost, and is refused.
 */
export async function prepareCheck(
  check: { workspaceId: number; importId: number; kind: ImportKind; mapping: Mapping },
  client: Pick<PoolClient, 'query'> = loadPool,
): Promise<boolean> {
  const { workspaceId, importId, kind, mapping } = check;
  const { rowCount } = await client.query(
    `UPDATE import SET state = 'validating', kind = $3, mapping = $4, error = NULL, progress = NULL
     WHERE workspace_id = $1 AND id = $2 AND state IN ('uploaded', 'validated', 'failed')`,
    [workspaceId, importId, kind, JSON.stringify(mapping)],
  );
  if (rowCount) return true;
  const { rows } = await client.query<{ state: State; same: boolean }>(
    'SELECT state, kind = $3 AND mapping = $4::jsonb AS same FROM import WHERE workspace_id = $1 AND id = $2',
    [workspaceId, importId, kind, JSON.stringify(mapping)],
  );
  const [found] = rows;
  if (!found) throw new ApiError('not_found', `There is no import ${importId}.`);
  if (found.state === 'validating' && found.same) return false;
  if (found.state === 'validating')
    throw new ApiError(
      'conflict',
      `Import ${importId} is being checked with another mapping. Wait until that is done.`,
    );
  throw new ApiError(
    'conflict',
    `Import ${importId} is ${found.state}: only one that is not published can be checked.`,
  );
}

/**
 * Sends a checked import off to be published, in place of what is there of its stores and dates or beside it. It gets its
 * place in the order of publishing; one that comes back has it already, and replaces what it replaced.
 */
export async function moveReplacing(
  import_: { workspaceId: number; importId: number },
  replaces: boolean,
  client: Pick<PoolClient, 'query'> = loadPool,
): Promise<boolean> {
  const { workspaceId, importId } = import_;
  await client.query(
    `UPDATE import SET
       publish_no = CASE WHEN published_at IS NULL THEN nextval(pg_get_serial_sequence('member_claim', 'id'))
                         ELSE coalesce(publish_no, nextval(pg_get_serial_sequence('member_claim', 'id'))) END,
       replaces = $3 OR (replaces_by IS NOT NULL AND kind = 'transactions') OR (replaces AND published_at IS NOT NULL)
     WHERE workspace_id = $1 AND id = $2 AND state = 'validated'`,
    [workspaceId, importId, replaces],
  );
  return moveState(import_, ['validated'], 'publishing', client);
}

/** Marks a reverted import as being checked again, from its kept file and with its mapping: it is then published. */
export async function prepareRestore(
  import_: { workspaceId: number; importId: number },
  client: Pick<PoolClient, 'query'> = loadPool,
): Promise<boolean> {
  const { workspaceId, importId } = import_;
  const { rows } = await client.query<{ file_path: string; file_hash: string }>(
    'SELECT file_path, file_hash FROM import WHERE workspace_id = $1 AND id = $2',
    [workspaceId, importId],
  );
  const [found] = rows;
  if (!found) throw new ApiError('not_found', `There is no import ${importId}.`);
  await refusePublished(workspaceId, found.file_hash, importId);
  if (!existsSync(/* turbopackIgnore: true */ found.file_path))
    throw new ApiError('unprocessable', `The file of import ${importId} is not kept any more. Upload it again.`);
  return moveState(import_, ['reverted'], 'validating', client);
}

/** SHA-256 of the import's file. */
export async function hashOf(workspaceId: number, importId: number): Promise<string> {
  const { rows } = await loadPool.query<{ file_hash: string }>(
    'SELECT file_hash FROM import WHERE workspace_id = $1 AND id = $2',
    [workspaceId, importId],
  );
  if (rows[0]) return rows[0].file_hash;
  throw new ApiError('not_found', `There is no import ${importId}.`);
}

/** Sets the import back after a change that did not happen, with the reason. */
export async function setBack(
  import_: { workspaceId: number; importId: number },
  from: State,
  to: State,
  error: string,
): Promise<void> {
  await loadPool.query(
    'UPDATE import SET state = $4, error = $5, progress = NULL WHERE workspace_id = $1 AND id = $2 AND state = $3',
    [import_.workspaceId, import_.importId, from, to, error],
  );
}

/** The sentence that a failed job leaves behind: ours as it is, anything else without the database's words. */
export function sentenceOf(error: unknown, otherwise: string): string {
  if (isDiskFull(error)) return 'The disk is full. Nothing was changed: free some space, then try again.';
  return error instanceof ApiError ? error.message : otherwise;
}

/** Every number may have changed: caches and readers go by the version. */
export async function moveVersion({ client, workspaceId }: Subject): Promise<void> {
  await client.query('UPDATE workspace SET data_version = data_version + 1, data_changed_at = now() WHERE id = $1', [
    workspaceId,
  ]);
}
