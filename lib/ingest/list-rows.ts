import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Field, Mapping } from '@/lib/contract/imports';
import { problemOf, type ImportRow } from '@/lib/contract/import-rows';
import type { ImportRule } from '@/lib/contract/rule-facts';
import { loadPool } from '@/lib/db/pool';
import { readCursor, writeCursor } from '@/lib/dimensions/cursor';
import { madeName, sourcesOf } from '@/lib/mapping/made';
import { findFile } from './find-file';
import { fixerOf } from './fixer';
import type { Paging } from './read';
import type { WarningRule } from './row';
import { rowsAt } from './rows-at';

const LONGEST_CELL = 300;

/** What a warning is about; what is not here concerns the whole row. */
const fieldsWarnedOf: Partial<Record<WarningRule | ImportRule, Field[]>> = {
  large_amount: ['amount', 'unit_price'],
  missing_category: ['category_1', 'category_2', 'category_3'],
  pack_size: ['pack_size'],
  rounded: ['unit_price', 'units'],
  calculated_rounded: ['amount', 'base_amount', 'unit_price', 'units'],
  brand_not_found: ['brand'],
  other_zone: ['date', 'time'],
  day_before: ['date', 'time'],
  return_sign: ['is_return'],
  future_dates: ['date'],
  outliers: ['unit_price', 'amount', 'units'],
  repeated_receipts: ['receipt'],
  repeated_lines: ['receipt'],
  shared_receipts: ['shopper', 'receipt'],
  unknown_stores: ['store'],
};

interface Asked {
  workspaceId: number;
  importId: number;
  /** With the cells of the rows. */
  rows: boolean;
  problem?: string | undefined;
}

interface Found {
  row: number;
  faults: { column: string; reason: string }[];
}

/** A page of the rows with a problem: from what the check has kept, the cells from the file. */
export async function listRows(asked: Asked, { limit, cursor }: Paging) {
  const subject = await subjectOf(asked);
  const { file, mapping, columns } = subject;
  const after = cursor === undefined ? 0 : readCursor(cursor)[1];
  const { found, total } = await findRows(asked, subject, after, limit + 1);
  const shown = found.slice(0, limit);
  const cells =
    asked.rows && file
      ? await rowsAt(
          file,
          shown.map(({ row }) => row),
        )
      : new Map<number, string[]>();
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    columns,
    items: shown.map(({ row, faults }): ImportRow => ({
      row,
      ...cellsOf(row, cells.get(row), subject),
      faults: faults.map((fault) => ({ ...fault, cells: placesOf(fault.column, columns, mapping) })),
    })),
    total,
    nextCursor: last ? writeCursor(['', last.row]) : null,
  };
}

/** As the check reads them, and what the file says where it was set right. */
function cellsOf(row: number, given: string[] | undefined, { fixer }: Subject): Pick<ImportRow, 'cells' | 'fixed'> {
  if (!given) return { cells: null, fixed: [] };
  const { fields } = fixer?.apply({ row, fields: given, raw: '', fault: null, mended: false }) ?? { fields: given };
  const short = (cell = ''): string => cell.slice(0, LONGEST_CELL);
  const fixed = fields.flatMap((cell, at) =>
    cell === (given[at] ?? '') ? [] : [{ cell: at, file: short(given[at]) }],
  );
  return { cells: fields.map(short), fixed };
}

async function subjectOf({ workspaceId, importId }: Asked) {
  const found = await findFile(workspaceId, importId);
  return { ...found, fixer: fixerOf(found.fixes, found.columns) };
}

type Subject = Awaited<ReturnType<typeof subjectOf>>;

async function findRows(
  asked: Asked,
  { report, mapping, rejected }: Subject,
  after: number,
  limit: number,
): Promise<{ found: Found[]; total: number }> {
  const { workspaceId, importId, problem } = asked;
  if (problem === undefined) return { found: await rejectedRows(asked, after, limit), total: rejected };
  const warning = report?.warnings.find(({ rule }) => rule === problem);
  if (warning) {
    // The sentence of the report has the first of them for an example.
    const { rule, message, title: reason = message, rows } = warning;
    const fields = fieldsWarnedOf[rule as WarningRule | ImportRule] ?? [];
    const column = mapping ? columnOf(fields, mapping) : '';
    const from = rows.filter((row) => row > after).slice(0, limit);
    return { found: from.map((row) => ({ row, faults: [{ column, reason }] })), total: rows.length };
  }
  const rejection = report?.rejections.find((one) => problemOf(one) === problem);
  if (!rejection) {
    const message = 'one of the warnings and rejections of the report';
    throw new ApiError('invalid_request', `The query is wrong: problem ${message}`, [{ field: 'problem', message }]);
  }
  const { rows } = await loadPool.query<{ total: number }>(
    `SELECT count(*)::int AS total FROM rejected_row
     WHERE workspace_id = $1 AND import_id = $2 AND column_name = $3 AND coalesce(rule, reason) = $4`,
    [workspaceId, importId, rejection.column, rejection.reason],
  );
  return { found: await rejectedRows(asked, after, limit, rejection), total: rows[0]?.total ?? 0 };
}

/** In the order of the file, each with all that is wrong with it. */
async function rejectedRows(
  { workspaceId, importId }: Asked,
  after: number,
  limit: number,
  of: { column: string; reason: string } | null = null,
): Promise<Found[]> {
  const { rows } = await loadPool.query<Found>(
    `SELECT row_no AS row, json_agg(json_build_object('column', column_name, 'reason', reason) ORDER BY column_name) AS faults
     FROM rejected_row WHERE workspace_id = $1 AND import_id = $2 AND row_no > $3
     GROUP BY row_no HAVING $5::text IS NULL OR bool_or(column_name = $5 AND coalesce(rule, reason) = $6)
     ORDER BY row_no LIMIT $4`,
    [workspaceId, importId, after, limit, of?.column ?? null, of?.reason ?? null],
  );
  return rows;
}

/** The first of these fields' columns that the mapping gives; of one that is made, the name that the check gives it. */
function columnOf(fields: readonly Field[], { columns, made }: Mapping): string {
  const field = fields.find((one) => columns[one] !== undefined || made[one] !== undefined);
  if (field === undefined) return '';
  const own = made[field];
  return columns[field] ?? (own ? madeName(field, own) : '');
}

/** Where a column stands among those of the file; of a made one, where those stand that it is made of. */
function placesOf(column: string, columns: readonly string[], mapping: Mapping | null): number[] {
  const own = Object.entries(mapping?.made ?? {}).find(([field, made]) => madeName(field, made) === column)?.[1];
  return (own ? sourcesOf(own) : [column]).map((name) => columns.indexOf(name)).filter((at) => at >= 0);
}
