import 'server-only';
import { csvCell } from '@/lib/contract/csv';
import { ApiError } from '@/lib/contract/errors';
import { mapping as mappingShape, type ImportDetail, type ImportSummary } from '@/lib/contract/imports';
import { recalled as recalledShape, recalledSentence } from '@/lib/contract/recalled';
import { importReport, type ImportReport } from '@/lib/contract/report';
import { detected as detectedShape } from '@/lib/contract/reading';
import { db, sql, type Prisma } from '@/lib/db/client';
import { readCursor, writeCursor, type Place } from '@/lib/dimensions/cursor';

interface Row extends Omit<ImportSummary, 'createdAt' | 'publishedAt' | 'revertedAt'> {
  createdAt: Date;
  publishedAt: Date | null;
  revertedAt: Date | null;
}

/** Lines that went, with the other side of it. */
const moved = (own: string, other: string): Prisma.Sql =>
  sql.raw(`coalesce(
    (SELECT json_agg(json_build_object('id', o.id, 'fileName', o.file_name, 'lines', r.lines,
                                       'at', to_char(r.replaced_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY o.id)
     FROM import_replacement r JOIN import o ON o.workspace_id = r.workspace_id AND o.id = r.${other}
     WHERE r.workspace_id = i.workspace_id AND r.${own} = i.id), '[]')`);

/** Publishes and reverts of a workspace go one at a time; what has begun tells how far it is. */
const waitsFor = sql.sql`
  CASE WHEN i.state IN ('publishing', 'reverting') AND i.progress IS NULL THEN
    (SELECT json_build_object('id', o.id, 'fileName', o.file_name) FROM import o
     WHERE o.workspace_id = i.workspace_id AND o.state IN ('publishing', 'reverting') AND o.progress IS NOT NULL
     ORDER BY o.id LIMIT 1) END AS "waitsFor"`;

const summary = sql.sql`
  i.id, i.kind, i.state, i.file_name AS "fileName", i.file_size::float8 AS "fileSize", i.rows_in AS "rowsIn",
  i.rows_accepted AS "rowsAccepted", i.rows_rejected AS "rowsRejected", i.total_units::float8 AS "totalUnits",
  i.total_amount::float8 AS "totalAmount", i.date_from::text AS "from", i.date_to::text AS "to", i.progress, ${waitsFor}, i.error,
  coalesce(
    (SELECT coalesce(nullif(u.name, ''), u.email) FROM "user" u WHERE u.id = i.created_by),
    (SELECT k.name FROM api_key k WHERE k.workspace_id = i.workspace_id AND 'key:' || k.id = i.created_by),
    (SELECT c.name FROM connector c WHERE c.workspace_id = i.workspace_id AND 'connector:' || c.id = i.created_by)
  ) AS "createdBy",
  i.created_at AS "createdAt", i.published_at AS "publishedAt", i.reverted_at AS "revertedAt", i.replaces,
  i.replaces_by AS "replacesBy", ${moved('import_id', 'replaced_by')} AS "replacedBy", ${moved('replaced_by', 'import_id')} AS replaced,
  (i.report->'quality'->>'score')::float8 AS quality,
  (SELECT w.data_version FROM workspace w WHERE w.id = i.workspace_id)::float8 AS "dataVersion"`;

const when = (date: Date | null): string | null => date?.toISOString() ?? null;

const toSummary = (row: Row): ImportSummary => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  publishedAt: when(row.publishedAt),
  revertedAt: when(row.revertedAt),
});

export interface Paging {
  limit: number;
  cursor?: string | undefined;
}

interface Listed<T> {
  items: T[];
  total: number;
  nextCursor: string | null;
}

/** Imports of the workspace, newest first. */
export async function listImports(workspaceId: number, { limit, cursor }: Paging): Promise<Listed<ImportSummary>> {
  const after = cursor === undefined ? sql.empty : sql.sql`AND i.id < ${readCursor(cursor)[1]}`;
  const [rows, total] = await Promise.all([
    db.$queryRaw<Row[]>`
      SELECT ${summary} FROM import i WHERE i.workspace_id = ${workspaceId} ${after} ORDER BY i.id DESC LIMIT ${limit + 1}`,
    db.import.count({ where: { workspaceId } }),
  ]);
  return paged(rows, limit, total, (row) => ['', row.id], toSummary);
}

/** One import with what was understood of the file, its mapping and its report. */
export async function readImport(workspaceId: number, importId: number): Promise<ImportDetail> {
  const [row] = await db.$queryRaw<
    (Row & { detected: unknown; mapping: unknown; recalled: unknown; report: unknown })[]
  >`
    SELECT ${summary}, i.detected, i.mapping, i.recalled, i.report FROM import i
    WHERE i.workspace_id = ${workspaceId} AND i.id = ${importId}`;
  if (!row) throw new ApiError('not_found', `There is no import ${importId}.`);
  const { detected, mapping, report, ...rest } = row;
  const { data: recalled } = recalledShape.safeParse(row.recalled);
  // Empty until the file was looked at, mapped, checked.
  return {
    ...toSummary(rest),
    detected: detectedShape.safeParse(detected).data ?? null,
    mapping: mappingShape.safeParse(mapping).data ?? null,
    recalled: recalled ? { ...recalled, sentence: recalledSentence(recalled) } : null,
    report: withFirstRows(importReport.safeParse(report).data ?? null),
  };
}

/** So many rows of a warning are told with the report; listing rows by problem tells the others. */
const FIRST_ROWS = 10;
const withFirstRows = (report: ImportReport | null): ImportReport | null =>
  report && {
    ...report,
    warnings: report.warnings.map((warning) => ({ ...warning, rows: warning.rows.slice(0, FIRST_ROWS) })),
  };

export interface Reject {
  row: number;
  column: string;
  reason: string;
  raw?: string;
}

/** One import, for those who may not see the rows of its file. */
const withoutRows = (detail: ImportDetail): ImportDetail => ({
  ...detail,
  detected: detail.detected && {
    ...detail.detected,
    columns: detail.detected.columns.map(({ name }) => ({ name, samples: [] })),
    preview: [],
  },
  report: detail.report && { ...detail.report, fixed: [] },
});

/** One import, as whoever asks may see it. `rows`: those of its file, too. */
export async function showImport(workspaceId: number, id: number, rows: boolean): Promise<ImportDetail> {
  const detail = await readImport(workspaceId, id);
  return rows ? detail : withoutRows(detail);
}

interface Asked {
  workspaceId: number;
  importId: number;
  /** With the rows as they are. */
  rows: boolean;
}

const rejects = ({ workspaceId, importId, rows }: Asked, after: Place | null, limit: number): Prisma.Sql => sql.sql`
  SELECT row_no AS row, column_name AS "column", reason ${rows ? sql.sql`, raw` : sql.empty} FROM rejected_row
  WHERE workspace_id = ${workspaceId} AND import_id = ${importId}
    ${after ? sql.sql`AND (row_no, column_name) > (${after[1]}, ${after[0]})` : sql.empty}
  ORDER BY row_no, column_name LIMIT ${limit}`;

const placeOf = ({ row, column }: Reject): Place => [column, row];

/** Rejected rows in the order of the file. */
export async function listRejects(asked: Asked, { limit, cursor }: Paging): Promise<Listed<Reject>> {
  const { workspaceId, importId } = asked;
  await ensureImport(workspaceId, importId);
  const after = cursor === undefined ? null : readCursor(cursor);
  const [rows, total] = await Promise.all([
    db.$queryRaw<Reject[]>(rejects(asked, after, limit + 1)),
    db.rejectedRow.count({ where: { workspaceId, importId } }),
  ]);
  return paged(rows, limit, total, placeOf, (row) => row);
}

const CHUNK = 2_000;

/** All rejected rows as CSV text, in pieces. */
export async function* streamRejects(asked: Asked): AsyncGenerator<string> {
  await ensureImport(asked.workspaceId, asked.importId);
  yield `row,column,reason${asked.rows ? ',raw' : ''}\r\n`;
  let after: Place | null = null;
  for (;;) {
    const rows: Reject[] = await db.$queryRaw<Reject[]>(rejects(asked, after, CHUNK));
    if (rows.length > 0)
      yield rows
        .map(
          ({ row, column, reason, raw }) =>
            `${row},${csvCell(column)},${csvCell(reason)}${raw === undefined ? '' : `,${csvCell(raw)}`}\r\n`,
        )
        .join('');
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK) return;
    after = placeOf(last);
  }
}

async function ensureImport(workspaceId: number, importId: number): Promise<void> {
  const found = await db.import.findUnique({
    where: { workspaceId_id: { workspaceId, id: importId } },
    select: { id: true },
  });
  if (!found) throw new ApiError('not_found', `There is no import ${importId}.`);
}

function paged<Row, T>(
  rows: Row[],
  limit: number,
  total: number,
  place: (row: Row) => Place,
  toItem: (row: Row) => T,
): Listed<T> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(toItem), total, nextCursor: last ? writeCursor(place(last)) : null };
}
