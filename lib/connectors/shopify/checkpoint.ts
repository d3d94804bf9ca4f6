import { z } from 'zod';

/** Where a walk through a catalogue stands. */
export const checkpoint = z.object({
  stage: z.enum(['products', 'collections', 'whole']),
  /** Which walk, from 1. */
  number: z.number(),
  /** The next page of what is being read. */
  page: z.number(),
  /** The next page of the list of collections. */
  listPage: z.number(),
  /** The collection being read, and those after it on its page of the list. */
  collection: z.object({ handle: z.string(), later: z.array(z.string()) }).nullable(),
  /** Products that this walk was the first to find. */
  fresh: z.number(),
  /** Of the file. */
  bytes: z.number(),
  rows: z.number(),
  repeated: z.number(),
  pages: z.number(),
  options: z.record(z.string(), z.object({ name: z.string(), count: z.number() })),
  /** What the last page held, in short, and how often it came again. */
  last: z.string(),
  same: z.number(),
});
export type Walk = z.output<typeof checkpoint>;

export const begin: Walk = {
  stage: 'products',
  number: 1,
  page: 1,
  listPage: 1,
  collection: null,
  fresh: 0,
  bytes: 0,
  rows: 0,
  repeated: 0,
  pages: 0,
  options: {},
  last: '',
  same: 0,
};
