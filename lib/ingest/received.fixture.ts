import 'server-only';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { mapping as mappingShape, type ImportKind, type Mapping } from '@/lib/contract/imports';
import { type ImportReport } from '@/lib/contract/report';
import { loadPool } from '@/lib/db/pool';
import { checkFile } from './check';
import { receiveFile } from './receive';

// For tests: a workspace of their own, and a file from text to dry run in one call.

export async function newWorkspace(currencyScale = 2): Promise<number> {
  const { rows } = await loadPool.query<{ id: number }>(
    `INSERT INTO workspace (slug, name, currency_scale) VALUES ($1, 'Trial', $2) RETURNING id`,
    [`trial-${randomUUID()}`, currencyScale],
  );
  return rows[0]!.id;
}

export interface ImportRow {
  id: number;
  kind: ImportKind;
  state: string;
  error: string | null;
  file_path: string;
  file_hash: string;
  detected: { encoding: string; delimiter: string };
  mapping: Mapping;
  grain: string | null;
  rows_in: number;
  rows_accepted: number;
  rows_rejected: number;
  total_units: string;
  total_amount: string;
  date_from: string;
  date_to: string;
  report: ImportReport;
}
export interface Reject {
  row_no: number;
  column_name: string;
  reason: string;
  raw: string;
}
type StagedLine = Record<string, unknown>;
type StagedMember = { row_no: number; code: string; fields: Record<string, unknown> };

export const importRow = async (workspaceId: number, id: number): Promise<ImportRow> =>
  (await loadPool.query<ImportRow>('SELECT * FROM import WHERE workspace_id = $1 AND id = $2', [workspaceId, id]))
    .rows[0]!;

const staged = async <T extends object>(
  table: string,
  workspaceId: number,
  id: number,
  order = 'row_no',
): Promise<T[]> =>
  (
    await loadPool.query<T>(`SELECT * FROM ${table} WHERE workspace_id = $1 AND import_id = $2 ORDER BY ${order}`, [
      workspaceId,
      id,
    ])
  ).rows;

export const receiveText = (
  workspaceId: number,
  body: string | Buffer | Readable,
  fileName = 'lines.csv',
  kind?: ImportKind,
): Promise<number> =>
  receiveFile({
    workspaceId,
    userId: null,
    fileName,
    body: body instanceof Readable ? body : Readable.from([Buffer.from(body)]),
    ...(kind ? { kind } : {}),
  });

export interface Outcome {
  id: number;
  workspaceId: number;
  import: ImportRow;
  lines: StagedLine[];
  members: StagedMember[];
  rejects: Reject[];
}

/** Checks a received import with its proposed mapping, changed as given. */
export async function recheck(workspaceId: number, id: number, change: Partial<Mapping> = {}): Promise<Outcome> {
  const { kind, mapping } = await importRow(workspaceId, id);
  await checkFile({ workspaceId, importId: id, kind, mapping: mappingShape.parse({ ...mapping, ...change }) });
  return {
    id,
    workspaceId,
    import: await importRow(workspaceId, id),
    lines: await staged('staged_line', workspaceId, id),
    members: await staged('staged_member', workspaceId, id),
    rejects: await staged('rejected_row', workspaceId, id, 'row_no, column_name'),
  };
}

/** A file from its text to the end of the dry run. */
export async function dryRun(
  text: string | Buffer,
  change: Partial<Mapping> = {},
  options: { workspaceId?: number; kind?: ImportKind } = {},
): Promise<Outcome> {
  const workspaceId = options.workspaceId ?? (await newWorkspace());
  return recheck(workspaceId, await receiveText(workspaceId, text, 'file.csv', options.kind), change);
}
