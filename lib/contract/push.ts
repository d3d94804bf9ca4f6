import { z } from 'zod';
import { endpoint } from './endpoint';
import { fieldsOf, importStates, mapping } from './imports';
import { workspaceQuery } from './query';

export const mostLines = 10_000;
/** Bytes of one batch. */
export const pushLimit = 16_000_000;

/** JSON numbers are binary: one of more than 15 digits may not be the one that was meant, unless it is a whole one below 2^53. */
function isExact(value: number): boolean {
  if (Number.isSafeInteger(value)) return true;
  const [digits = '', decimals = ''] = String(Math.abs(value)).split('.');
  // Many decimals are the remainder of a computation, which loading drops.
  return !digits.includes('e') && (decimals.length > 6 || digits.length + decimals.length <= 15);
}

const cell = z.union(
  [
    z.string().max(1_000, 'at most 1,000 characters'),
    z.number().refine(isExact, 'has more digits than a JSON number holds: send it as text'),
    z.boolean(),
    z.null(),
  ],
  'text, a number, true, false or null',
);
export type Cell = z.output<typeof cell>;

export const pushLine = z
  .strictObject(
    Object.fromEntries(fieldsOf.transactions.map((field) => [field, cell.optional()])) as Record<
      (typeof fieldsOf.transactions)[number],
      z.ZodOptional<typeof cell>
    >,
  )
  .refine(
    (line) => Object.values(line).some((value) => value !== null && String(value ?? '').trim() !== ''),
    'holds no value',
  );
export type PushLine = z.output<typeof pushLine>;

const { grain, negatives, amountFrom } = mapping.shape;

export const pushTransactions = endpoint({
  id: 'pushTransactions',
  method: 'POST',
  path: '/v1/transactions',
  tag: 'Imports',
  access: 'analyst',
  keys: 'loading',
  replay: 'own',
  summary: `Push up to ${mostLines.toLocaleString('en')} lines: checked as a file is, and what is sound is published, all or nothing`,
  description:
    'Idempotency-Key is required. Sent again with the same lines it gives the same answer and loads nothing; with others it is a conflict. Dates are written 2024-03-31.',
  query: workspaceQuery.extend({
    grain,
    negatives,
    amountFrom,
    /** A receipt id names one basket by itself, whatever the store and date. */
    receiptUnique: z.enum(['true', 'false']).default('false'),
  }),
  file: {
    description: 'Lines as a JSON array, or as JSON lines',
    content: { 'application/json': z.array(pushLine), 'application/x-ndjson': pushLine },
  },
  response: z.object({
    /** The import that the batch became: it can be listed, and reverted. */
    import: z.number(),
    /** "published"; "publishing" when that takes longer than a request waits; "failed" when no line can be taken. */
    state: z.enum(importStates),
    lines: z.number(),
    /** Null as long as the lines are being checked. */
    accepted: z.number().nullable(),
    rejected: z.number().nullable(),
    /** Why lines were rejected, 100 at most; all of them are at /v1/imports/{id}/rejects. Lines count from 1. */
    rejects: z.array(z.object({ line: z.number(), column: z.string(), reason: z.string() })),
    /** Why nothing was published, where that is so. */
    error: z.string().nullable(),
  }),
});
export type PushOptions = Pick<
  z.output<NonNullable<typeof pushTransactions.query>>,
  'grain' | 'negatives' | 'amountFrom' | 'receiptUnique'
>;
export type PushAnswer = z.output<typeof pushTransactions.response>;
