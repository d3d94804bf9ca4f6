import 'server-only';
import { z } from 'zod';
import { version } from '../download';

/** Where the loading from a store stands. */
export const checkpoint = z.object({
  stage: z.enum(['products', 'orders']).default('products'),
  /** The file that the store is writing, or has written. */
  operation: z.string().nullable().default(null),
  /** When it was asked for. */
  asked: z.string().nullable().default(null),
  /** What lies here is the beginning of. */
  part: version.nullable().default(null),
  /** Of the file that is gathered from it. */
  bytes: z.number().default(0),
  rows: z.number().default(0),
  options: z.record(z.string(), z.object({ name: z.string(), count: z.number() })).default({}),
  /** When the last orders that were loaded had been asked for. */
  through: z.string().nullable().default(null),
});
export type Progress = z.output<typeof checkpoint>;
