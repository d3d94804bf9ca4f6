import { z } from 'zod';
import { endpoint, memberId, paging } from './endpoint';
import { importDetail } from './imports';
import { workspaceQuery } from './query';

// Late corrections: a file that takes the place of what is there of its stores and dates, one that comes back, and what
// that made of the numbers that were known before.

const one = z.strictObject({ id: memberId });
const sums = z.object({ lines: z.number(), units: z.number(), amount: z.number() });

export const replacement = z.object({
  stores: z.number(),
  days: z.number(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** What goes and what comes, by month; and what the whole month sells now and would. */
  months: z.array(z.object({ month: z.string(), goes: sums, comes: sums, now: z.number(), then: z.number() })),
  /** Whose lines go. */
  imports: z.array(z.object({ id: z.number(), fileName: z.string(), lines: z.number() })),
});
export type Replacement = z.output<typeof replacement>;

export const previewReplacement = endpoint({
  id: 'previewReplacement',
  method: 'GET',
  path: '/v1/imports/{id}/replacement',
  tag: 'Imports',
  access: 'viewer',
  summary: 'What a validated import of transactions would replace: the lines of its stores on its dates, by month',
  params: one,
  query: workspaceQuery,
  response: replacement,
});
export const replaceImport = endpoint({
  id: 'replaceImport',
  method: 'POST',
  path: '/v1/imports/{id}/replace',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  summary: 'Publish a validated import in place of the lines of its stores on its dates, all or nothing',
  description: 'Reverting it brings back what it replaced.',
  params: one,
  query: workspaceQuery,
  response: importDetail,
});
export const restoreImport = endpoint({
  id: 'restoreImport',
  method: 'POST',
  path: '/v1/imports/{id}/restore',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  summary: 'Bring a reverted import back: its kept file is checked again and published',
  params: one,
  query: workspaceQuery,
  response: importDetail,
});

export const restatement = z.object({
  id: z.number(),
  /** Its first day. */
  month: z.string(),
  /** Null: the whole market. */
  brand: z.string().nullable(),
  /** Value sales; null: there were none, or there are none any more. */
  before: z.number().nullable(),
  after: z.number().nullable(),
  /** Of the market: the brands that moved most, 20 at the most; empty where the month was not known before. */
  brands: z.array(z.object({ brand: z.string(), before: z.number().nullable(), after: z.number().nullable() })),
  cause: z.enum(['publish', 'revert', 'restore', 'replace', 'correction']),
  reason: z.string(),
  /** "March 2024 was $1,240,000.00, is $1,260,000.00, because sales.csv was published." */
  sentence: z.string(),
  import: z.number().nullable(),
  dataVersion: z.number(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
});
export type Restatement = z.output<typeof restatement>;

export const listRestatements = endpoint({
  id: 'listRestatements',
  method: 'GET',
  path: '/v1/restatements',
  tag: 'Imports',
  access: 'viewer',
  summary: 'Months whose value sales became others, newest change first: what they were, are, and why',
  query: workspaceQuery.extend({
    ...paging,
    /** "true": months that had no sales before, too. */
    new: z.enum(['true', 'false']).default('false'),
  }),
  response: z.object({ items: z.array(restatement), total: z.number(), nextCursor: z.string().nullable() }),
});
