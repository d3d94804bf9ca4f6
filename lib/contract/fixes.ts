import { z } from 'zod';
import { endpoint, memberId } from './endpoint';
import { importDetail } from './imports';
import { workspaceQuery } from './query';

// Cells of a file that are set right by hand: the kept file stays as it was received, and the check reads what is said here.

export const MOST_CELLS = 1_000;
export const MOST_VALUES = 200;

const text = z
  .string()
  .max(1_000, 'at most 1,000 characters')
  .regex(/^[^\u0000]*$/, 'text without NUL characters');
const column = z.string().max(1_000);

/** One cell. `to`: what it should say; null: again what the file says. */
const cellFix = z.strictObject({ row: memberId, column, to: text.nullable() });
/** Every cell of a column that says `from`, blanks around it aside. */
const valueFix = z.strictObject({
  column,
  from: text.trim(),
  to: text.nullable(),
  /** Once the file is published, also in the next files with its header. */
  next: z.boolean().optional(),
});

export const fixes = z
  .strictObject({
    cells: z.array(cellFix).max(MOST_CELLS).default([]),
    values: z.array(valueFix).max(MOST_VALUES).default([]),
  })
  .refine(({ cells, values }) => cells.length + values.length > 0, 'at least one cell or value');
export type Fixes = z.output<typeof fixes>;

/** `by` is whoever made it. */
const kept = z.object({
  column: z.string(),
  from: z.string(),
  to: z.string(),
  by: z.string().nullable(),
  at: z.string(),
});
const keptValue = kept.extend({
  /** It goes on to the next files with this header once this one is published. */
  next: z.boolean().optional(),
  /** It was set in an earlier file with this header, and came with the remembered mapping. */
  carried: z.boolean().optional(),
});
/** As they are kept with the import. */
export const keptFixes = z.object({
  cells: z.array(kept.extend({ row: z.number() })),
  values: z.array(keptValue),
  /** Those that do not fit the file as it is read now, and fit again when it is read as before; without a row: of values. */
  dropped: z.array(keptValue.extend({ row: z.number().nullable() })).default([]),
});
/** Values that files with a remembered header are read with. */
export const templateFixes = z.array(kept);
export type TemplateFixes = z.output<typeof templateFixes>;
export type KeptFixes = z.output<typeof keptFixes>;

const one = z.strictObject({ id: memberId });

export const listFixes = endpoint({
  id: 'listFixes',
  method: 'GET',
  path: '/v1/imports/{id}/fixes',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  summary: 'Cells of the file that were set right by hand: before, after, by whom and when',
  params: one,
  query: workspaceQuery,
  response: keptFixes,
});

export const fixImport = endpoint({
  id: 'fixImport',
  method: 'POST',
  path: '/v1/imports/{id}/fixes',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  summary: 'Set cells of a file right, and check it again; the kept file stays as it was received',
  description: `\`cells\` sets single cells, \`values\` every cell of a column that says \`from\`; a cell’s own fix comes first. A row of which a cell is set is taken to be as wide as the header. \`to\`: null takes a fix back. A value with \`next\` is also set right in the next files with this header, once this one is published; the remembered mapping lists it. An import keeps up to ${MOST_CELLS.toLocaleString('en')} cells and ${MOST_VALUES} values.`,
  params: one,
  query: workspaceQuery,
  body: fixes,
  response: importDetail,
});

export const tryRow = endpoint({
  id: 'tryRow',
  method: 'POST',
  path: '/v1/imports/{id}/trial',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  replay: 'never',
  summary: 'Whether a row with these cells would be taken, by the rules of the check; nothing is kept',
  params: one,
  query: workspaceQuery,
  body: z.strictObject({
    row: memberId,
    /** In the order of the file’s columns. */
    cells: z.array(text).max(10_000),
  }),
  response: z.object({
    /** What it would be rejected for; empty: it would be taken. */
    faults: z.array(z.object({ column: z.string(), reason: z.string() })),
  }),
});
