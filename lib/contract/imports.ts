import { z } from 'zod';
import { endpoint, memberId, paging } from './endpoint';
import { importKinds, mapping } from './mapping';
import { workspaceQuery } from './query';
import { detected, reading } from './reading';
import { recalledTold } from './recalled';
import { importReport } from './report';

export * from './mapping';

export const importStates = [
  'reading',
  'uploaded',
  'validating',
  'paused',
  'validated',
  'publishing',
  'published',
  'reverting',
  'reverted',
  'failed',
  'cancelled',
] as const;

/** Lines that one import took out of another. */
const moved = z.array(z.object({ id: z.number(), fileName: z.string(), lines: z.number(), at: z.string() }));

export const importSummary = z.object({
  id: z.number(),
  kind: z.enum(importKinds),
  state: z.enum(importStates),
  fileName: z.string(),
  fileSize: z.number(),
  rowsIn: z.number().nullable(),
  rowsAccepted: z.number().nullable(),
  rowsRejected: z.number().nullable(),
  totalUnits: z.number().nullable(),
  totalAmount: z.number().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  progress: z
    .object({
      stage: z.string(),
      /** What is counted; rows where it is left out. */
      unit: z.literal('months').optional(),
      done: z.number(),
      total: z.number().nullable(),
      /** Done a second, lately. */
      rate: z.number().nullish(),
      secondsLeft: z.number().nullish(),
    })
    .nullable(),
  /** The import whose publish or revert has to end before this one's begins. */
  waitsFor: z.object({ id: z.number(), fileName: z.string() }).nullable(),
  error: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  publishedAt: z.string().nullable(),
  revertedAt: z.string().nullable(),
  /** 0 to 100, of the last check; see the report. */
  quality: z.number().nullable(),
  /** Published in place of what was there of its stores and dates. */
  replaces: z.boolean(),
  /** What it takes the place of, whoever publishes it: lines of its stores and dates, or of its receipts. Null: as is asked. */
  replacesBy: z.enum(['place', 'receipt']).nullable(),
  /** Of its lines those that other imports replaced: they count no more. */
  replacedBy: moved,
  /** Of other imports' lines those that it replaced. */
  replaced: moved,
  /** The workspace's data version when this was read: who has just published asks for numbers no older than this. */
  dataVersion: z.number(),
});
export type ImportSummary = z.output<typeof importSummary>;

export const importDetail = importSummary.extend({
  detected: detected.nullable(),
  mapping: mapping.nullable(),
  /** The remembered mapping that this one was proposed from, or whose header the file nearly has. */
  recalled: recalledTold.nullable(),
  report: importReport.nullable(),
});
export type ImportDetail = z.output<typeof importDetail>;

const one = z.strictObject({ id: memberId });
const paged = workspaceQuery.extend(paging);

export const listImports = endpoint({
  id: 'listImports',
  method: 'GET',
  path: '/v1/imports',
  tag: 'Imports',
  access: 'viewer',
  summary: 'Imports, newest first',
  query: paged,
  response: z.object({ items: z.array(importSummary), total: z.number(), nextCursor: z.string().nullable() }),
});
export const getImport = endpoint({
  id: 'getImport',
  method: 'GET',
  path: '/v1/imports/{id}',
  tag: 'Imports',
  access: 'viewer',
  summary: 'One import: what was understood, the mapping, the report of the dry run',
  params: one,
  query: workspaceQuery,
  response: importDetail,
});
export const uploadImport = endpoint({
  id: 'uploadImport',
  method: 'POST',
  path: '/v1/imports',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  replay: 'never',
  summary:
    'Upload a file; answers what was understood of it and a proposed mapping, or the state "reading": a large file that is to be unpacked or converted is read by a job, and both stand in the import once it is "uploaded"',
  query: workspaceQuery.extend({ fileName: z.string().min(1).max(255), kind: z.enum(importKinds).optional() }),
  file: {
    description:
      'CSV, JSON, Excel (.xlsx, .xls), OpenDocument (.ods), a table in HTML or Parquet, as it is or in gzip or zip, as the raw body',
  },
  response: importDetail,
});
export const checkImport = endpoint({
  id: 'checkImport',
  method: 'POST',
  path: '/v1/imports/{id}/check',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  summary: 'Dry run with this mapping: validates the whole file and reports; nothing is published',
  params: one,
  query: workspaceQuery,
  body: z.strictObject({ kind: z.enum(importKinds).optional(), mapping }),
  response: importDetail,
});
export const rereadImport = endpoint({
  id: 'rereadImport',
  method: 'POST',
  path: '/v1/imports/{id}/reading',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  summary: 'Read the file of an import that is not published otherwise than was detected; the mapping is proposed anew',
  params: one,
  query: workspaceQuery,
  body: reading,
  response: importDetail,
});
export const publishImport = endpoint({
  id: 'publishImport',
  method: 'POST',
  path: '/v1/imports/{id}/publish',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  summary: 'Publish a validated import, all or nothing',
  params: one,
  query: workspaceQuery,
  response: importDetail,
});
export const revertImport = endpoint({
  id: 'revertImport',
  method: 'POST',
  path: '/v1/imports/{id}/revert',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  summary: 'Take a published import out again; every number is as before it',
  params: one,
  query: workspaceQuery,
  response: importDetail,
});
const halting = (verb: 'pause' | 'resume' | 'cancel', summary: string) =>
  endpoint({
    id: `${verb}Import`,
    method: 'POST',
    path: `/v1/imports/{id}/${verb}`,
    tag: 'Imports',
    access: 'analyst',
    keys: 'loading',
    summary,
    params: one,
    query: workspaceQuery,
    response: importDetail,
  });
export const pauseImport = halting('pause', 'Let a check rest; what it has read so far stays');
export const resumeImport = halting('resume', 'Go on with a check that was paused');
export const cancelImport = halting(
  'cancel',
  'Give up what is under way: after a check the file is as uploaded, a publish or revert rolls back within a second; a file that was still being read can be read otherwise or discarded',
);
export const discardImport = endpoint({
  id: 'discardImport',
  method: 'DELETE',
  path: '/v1/imports/{id}',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  summary: 'Discard an import that is not published',
  params: one,
  query: workspaceQuery,
  response: importDetail,
});
export const rejectedRow = z.object({
  row: z.number(),
  column: z.string(),
  reason: z.string(),
  /** Left out for viewers: a row tells who bought what. */
  raw: z.string().optional(),
});
export const listRejects = endpoint({
  id: 'listRejects',
  method: 'GET',
  path: '/v1/imports/{id}/rejects',
  tag: 'Imports',
  access: 'viewer',
  summary: 'Rejected rows with column, reason and raw text',
  params: one,
  query: paged,
  response: z.object({ items: z.array(rejectedRow), total: z.number(), nextCursor: z.string().nullable() }),
});
export const downloadRejects = endpoint({
  id: 'downloadRejects',
  method: 'GET',
  path: '/v1/imports/{id}/rejects.csv',
  tag: 'Imports',
  access: 'viewer',
  summary: 'All rejected rows as CSV',
  params: one,
  query: workspaceQuery,
  produces: 'text/csv',
  response: z.string(),
});
