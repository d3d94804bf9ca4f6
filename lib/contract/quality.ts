import { z } from 'zod';
import { endpoint } from './endpoint';
import { importKinds } from './imports';
import { workspaceQuery } from './query';

// How sound what is loaded is, over time, and which feeds are late or failing.

export const feed = z.object({
  /** The remembered mapping's name, else the last file's. */
  name: z.string(),
  kind: z.enum(importKinds),
  /** "failed": its last file could not be taken. "stale": it is late by more than half of its usual rhythm. */
  state: z.enum(['fresh', 'stale', 'failed', 'new']),
  /** Why, in a sentence; null where nothing is the matter. */
  why: z.string().nullable(),
  files: z.number(),
  lastImport: z.number(),
  lastFileName: z.string(),
  /** When something of it was last published; null: nothing is. */
  lastPublishedAt: z.string().nullable(),
  /** The newest date that it brought. */
  to: z.string().nullable(),
  /** Days between its files, the median; null: too few to tell. */
  everyDays: z.number().nullable(),
  /** Mean of its published files, weighted by rows. */
  quality: z.number().nullable(),
});
export type Feed = z.output<typeof feed>;

export const readQuality = endpoint({
  id: 'readQuality',
  method: 'GET',
  path: '/v1/quality',
  tag: 'Imports',
  access: 'viewer',
  summary: 'Quality of what was loaded, by month of loading, and the feeds with those that are late or failing first',
  query: workspaceQuery,
  response: z.object({
    months: z.array(
      z.object({
        /** First day of the month in which the files were published. */
        month: z.string(),
        files: z.number(),
        rows: z.number(),
        rejected: z.number(),
        /** 0 to 100, weighted by rows. */
        quality: z.number(),
      }),
    ),
    feeds: z.array(feed),
  }),
});
export type QualityAnswer = z.output<(typeof readQuality)['response']>;
