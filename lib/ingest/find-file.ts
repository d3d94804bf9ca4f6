import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { keptFixes } from '@/lib/contract/fixes';
import { mapping as mappingShape } from '@/lib/contract/imports';
import { detected as detectedShape } from '@/lib/contract/reading';
import { importReport } from '@/lib/contract/report';
import { loadPool } from '@/lib/db/pool';

/** The stored file of an import, its columns, and what was said and found of it; null: nothing yet. */
export async function findFile(workspaceId: number, importId: number) {
  const { rows } = await loadPool.query<{
    path: string;
    hash: string;
    detected: unknown;
    mapping: unknown;
    report: unknown;
    fixes: unknown;
    rejected: number | null;
  }>(
    `SELECT file_path AS path, file_hash AS hash, detected, mapping, report, fixes, rows_rejected AS rejected
     FROM import WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, importId],
  );
  const [one] = rows;
  if (!one) throw new ApiError('not_found', `There is no import ${importId}.`);
  const detected = detectedShape.safeParse(one.detected).data;
  return {
    file: detected ? { path: one.path, hash: one.hash, detected } : null,
    columns: detected?.columns.map(({ name }) => name) ?? [],
    mapping: mappingShape.safeParse(one.mapping).data ?? null,
    report: importReport.safeParse(one.report).data ?? null,
    fixes: keptFixes.parse(one.fixes),
    rejected: one.rejected ?? 0,
  };
}
