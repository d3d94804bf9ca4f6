import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { ImportKind } from '@/lib/contract/imports';
import type { Reading } from '@/lib/contract/reading';
import { loadPool } from '@/lib/db/pool';
import { lookAt } from './look';
import { recallMapping } from './recall-mapping';
import { stateOf } from './state';

interface Asked {
  workspaceId: number;
  importId: number;
  reading: Reading;
}

/** Looks at a received file again, read as it is said; the mapping is proposed anew, and what was checked counts no more. */
export async function rereadFile({ workspaceId, importId, reading }: Asked): Promise<void> {
  const where = 'WHERE workspace_id = $1 AND id = $2';
  const { rows } = await loadPool.query<{ path: string; kind: ImportKind }>(
    `SELECT file_path AS path, kind FROM import ${where} AND state IN ('uploaded', 'validated', 'failed')`,
    [workspaceId, importId],
  );
  const found = rows[0];
  const refused = async (): Promise<ApiError> => {
    const state = await stateOf(workspaceId, importId);
    return new ApiError('conflict', `Import ${importId} is ${state}: only one that is not published can be read anew.`);
  };
  if (!found) throw await refused();
  const looked = await lookAt(found.path, found.kind, reading);
  const { detected, mapping, signature, recalled } = await recallMapping(workspaceId, looked, found.kind);
  const { rowCount } = await loadPool.query(
    `UPDATE import SET state = 'uploaded', detected = $3, mapping = $4, report = '{}', error = NULL,
       rows_in = NULL, rows_accepted = NULL, rows_rejected = NULL, total_units = NULL, total_amount = NULL,
       date_from = NULL, date_to = NULL, signature = $5, recalled = $6
     ${where} AND state IN ('uploaded', 'validated', 'failed')`,
    [
      workspaceId,
      importId,
      JSON.stringify(detected).replaceAll('\\u0000', ''),
      JSON.stringify(mapping),
      signature,
      recalled && JSON.stringify(recalled),
    ],
  );
  if (!rowCount) throw await refused();
}
