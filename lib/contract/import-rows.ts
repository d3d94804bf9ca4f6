import { z } from 'zod';
import { endpoint, memberId, paging } from './endpoint';
import { workspaceQuery } from './query';
import type { ImportReport } from './report';

const rejection = z.object({ column: z.string(), reason: z.string() });

/** The name of what rows were rejected for, among the problems of a file; of warnings it is their rule. */
export const problemOf = ({ column, reason }: z.output<typeof rejection>): string =>
  column === '' ? reason : `${column}: ${reason}`;

/** The problems of a checked file whose rows can be listed. */
export function problemsOf({ rejections, warnings }: ImportReport) {
  // Rows that were left out are none of the table.
  const told = warnings.filter(({ rule, rows }) => rows.length > 0 && rule !== 'below_table');
  return {
    rejections: rejections.map((one) => ({ problem: problemOf(one), title: problemOf(one), count: one.count })),
    warnings: told.map(({ rule, title, message, count }) => ({ problem: rule, title: title ?? message, count })),
  };
}

export const importRow = z.object({
  /** As a spreadsheet counts it, the header being row 1. */
  row: z.number(),
  /** As the check reads them, each up to 300 characters; null where the caller may not see them, or the file is not kept any more. */
  cells: z.array(z.string()).nullable(),
  /** The cells that were set right by hand, and what the file says there. */
  fixed: z.array(z.object({ cell: z.number().int(), file: z.string() })),
  faults: z.array(
    rejection.extend({
      /** Which cells it is about; none: the whole row. */
      cells: z.array(z.number().int()),
    }),
  ),
});
export type ImportRow = z.output<typeof importRow>;

export const listImportRows = endpoint({
  id: 'listImportRows',
  method: 'GET',
  path: '/v1/imports/{id}/rows',
  tag: 'Imports',
  access: 'viewer',
  summary: 'Rows of the file with a problem, cell by cell, in the order of the file',
  description:
    'Without `problem`: all rejected rows. Else those of one of the report’s warnings, by its rule such as `outliers` (the first 1,000 of them), or of one of its rejections, as `column: reason`, the reason alone where the column is empty.',
  params: z.strictObject({ id: memberId }),
  query: workspaceQuery.extend(paging).extend({ problem: z.string().max(1_000).optional() }),
  response: z.object({
    columns: z.array(z.string()),
    items: z.array(importRow),
    total: z.number(),
    nextCursor: z.string().nullable(),
  }),
});
