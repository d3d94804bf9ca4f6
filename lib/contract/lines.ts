import { z } from 'zod';
import { linesSpec, listedRange } from './drill';
import { endpoint, jsonText, paging } from './endpoint';
import { responseMeta, workspaceQuery } from './query';

export const saleLine = z.object({
  /** Where it comes from: the import, and the row of its file. */
  import: z.number(),
  row: z.number(),
  date: z.string(),
  time: z.string().nullable(),
  store: z.string().nullable(),
  /** Null: anonymous. Left out for viewers: who bought what needs the role analyst. */
  shopper: z.string().nullable().optional(),
  receipt: z.string().nullable(),
  product: z.string(),
  productName: z.string(),
  brand: z.string(),
  category: z.string(),
  units: z.number(),
  /** Units × pack size, in kg or l. Null: the product has no pack size. */
  volume: z.number().nullable(),
  volumeUnit: z.enum(['kg', 'l']).nullable(),
  amount: z.number(),
  promoted: z.boolean().nullable(),
  isReturn: z.boolean(),
});
export type SaleLine = z.output<typeof saleLine>;

export const listLines = endpoint({
  id: 'listLines',
  method: 'GET',
  path: '/v1/lines',
  tag: 'Query',
  access: 'viewer',
  summary: 'The lines under a sum, oldest first, with what they add up to',
  query: workspaceQuery.extend({ q: jsonText.pipe(linesSpec), ...paging }),
  response: z.object({
    items: z.array(saleLine),
    nextCursor: z.string().nullable(),
    /** Of all lines of the slice, from where the numbers of the pages come. Volume is null where kg and l mix. */
    totals: z.object({
      value: z.number().nullable(),
      units: z.number().nullable(),
      volume: z.number().nullable(),
    }),
    range: listedRange,
    meta: responseMeta,
  }),
});

export const exportLines = endpoint({
  id: 'exportLines',
  method: 'GET',
  path: '/v1/lines.csv',
  tag: 'Query',
  access: 'viewer',
  summary: 'The same lines, all of them, as CSV',
  query: workspaceQuery.extend({ q: jsonText.pipe(linesSpec) }),
  produces: 'text/csv',
  response: z.string(),
});
