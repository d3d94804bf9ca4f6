import { z } from 'zod';
import { endpoint, memberId, paging } from './endpoint';
import { workspaceQuery } from './query';

// What is set right of brands by hand. Imports keep what they say; a correction says how it is read, and can be undone.

const text = (name: string) =>
  z
    .string()
    .trim()
    .min(1, name)
    .max(255, 'at most 255 characters')
    .regex(/^\P{Cc}*$/u, 'text without control characters');

export const newCorrection = z.discriminatedUnion(
  'kind',
  [
    /** All that counts as the brand of this name is to count as another. */
    z.strictObject({ kind: z.literal('spelling'), subject: text('the name of a brand'), brand: text('a brand') }),
    /** The product of this code is to have the brand, whatever files say. */
    z.strictObject({ kind: z.literal('product'), subject: text('the code of a product'), brand: text('a brand') }),
  ],
  '"spelling" or "product"',
);
export type NewCorrection = z.output<typeof newCorrection>;

export const correctionStates = ['draft', 'applying', 'applied', 'undoing', 'undone'] as const;

export const correction = z.object({
  id: z.number(),
  kind: z.enum(['spelling', 'product']),
  /** The name of a brand, or the code of a product. */
  subject: z.string(),
  /** The brand that it counts as. */
  brand: z.string(),
  state: z.enum(correctionStates),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  appliedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
});
export type Correction = z.output<typeof correction>;

const inboxBrand = z.object({ id: z.number(), name: z.string(), products: z.number(), sales: z.number() });

export const readBrandInbox = endpoint({
  id: 'readBrandInbox',
  method: 'GET',
  path: '/v1/brand-inbox',
  tag: 'Brands',
  access: 'viewer',
  summary: 'Brands whose names differ only in case, blanks, accents and signs; products without a brand',
  description: 'The 100 of each with the most sales. What a draft or applied correction is about is left out.',
  query: workspaceQuery,
  response: z.object({
    spellings: z.array(
      z.object({
        /** The spelling that sells most. */
        proposed: z.string(),
        brands: z.array(inboxBrand),
      }),
    ),
    spellingsTotal: z.number(),
    products: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        sales: z.number(),
        /** The brand that its name holds, where it holds one of the workspace. */
        proposed: z.string().nullable(),
      }),
    ),
    productsTotal: z.number(),
  }),
});
export type BrandInbox = z.output<(typeof readBrandInbox)['response']>;

const items = z.object({ items: z.array(correction) });

export const listCorrections = endpoint({
  id: 'listCorrections',
  method: 'GET',
  path: '/v1/corrections',
  tag: 'Brands',
  access: 'viewer',
  summary: 'Corrections of brands, newest first',
  query: workspaceQuery.extend({ ...paging, state: z.enum(['draft', 'applied', 'undone']).optional() }),
  response: z.object({
    items: z.array(correction),
    total: z.number(),
    nextCursor: z.string().nullable(),
    /** As of an import: who has just applied corrections asks for numbers no older than this. */
    dataVersion: z.number(),
  }),
});
export const draftCorrections = endpoint({
  id: 'draftCorrections',
  method: 'POST',
  path: '/v1/corrections',
  tag: 'Brands',
  access: 'analyst',
  summary: 'Put corrections into the draft; no number changes before it is applied',
  query: workspaceQuery,
  body: z.strictObject({
    corrections: z.array(newCorrection).min(1, 'a correction or more').max(100, 'at most 100 at once'),
  }),
  response: items,
});
export const dropCorrection = endpoint({
  id: 'dropCorrection',
  method: 'DELETE',
  path: '/v1/corrections/{id}',
  tag: 'Brands',
  access: 'analyst',
  summary: 'Take a correction out of the draft',
  params: z.strictObject({ id: memberId }),
  query: workspaceQuery,
  response: z.object({ deleted: z.boolean() }),
});
export const applyCorrections = endpoint({
  id: 'applyCorrections',
  method: 'POST',
  path: '/v1/corrections/apply',
  tag: 'Brands',
  access: 'analyst',
  summary: 'Apply the whole draft, all or nothing, to the whole history; answers what is on its way',
  query: workspaceQuery,
  response: items,
});
export const undoCorrections = endpoint({
  id: 'undoCorrections',
  method: 'POST',
  path: '/v1/corrections/undo',
  tag: 'Brands',
  access: 'analyst',
  summary: 'Undo applied corrections, in any order: every number is then as if they had never been applied',
  query: workspaceQuery,
  body: z.strictObject({ ids: z.array(memberId).min(1, 'a correction or more').max(100, 'at most 100 at once') }),
  response: items,
});
