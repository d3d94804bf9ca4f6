import { z } from 'zod';

/** What the check of a file found. */
export const importReport = z.object({
  /** Rows that are taken, but look odd: {rule, message, count, rows: the first few}. */
  warnings: z.array(
    z.object({
      rule: z.string(),
      /** Of rules with a setting: its name. */
      title: z.string().optional(),
      message: z.string(),
      count: z.number(),
      rows: z.array(z.number()),
      /** Of rules with a setting: "error" holds the file back. */
      severity: z.enum(['warning', 'error']).optional(),
      threshold: z.number().optional(),
    }),
  ),
  /** Reasons of rejection with their counts, most frequent first. */
  rejections: z.array(z.object({ column: z.string(), reason: z.string(), count: z.number() })),
  /** Rows of a product or store file that name a code a second time. */
  duplicates: z.array(z.object({ code: z.string(), rows: z.array(z.number()) })),
  /** Of values that are set right in every cell that says them: in how many that is. */
  fixed: z.array(z.object({ column: z.string(), from: z.string(), cells: z.number() })).optional(),
  /** How many members the publish would add. */
  newMembers: z.record(z.string(), z.number()),
  /** How sound and how full the file is; left out of checks that were made before it was measured. */
  quality: z
    .object({
      /** 0 to 100: 60 × accepted + 20 × clean + 20 × complete. */
      score: z.number(),
      /** Share of rows that are accepted. */
      accepted: z.number(),
      /** Share of accepted rows without a warning of their own. */
      clean: z.number(),
      /** Mean share of rows that have a value, over the fields that the mapping gives and a row may lack. */
      complete: z.number(),
      /** The same by field. */
      fields: z.record(z.string(), z.number()),
    })
    .optional(),
  /**
   * What the rows have told of the others: which order dates are in where they could be either, the currency, and whether any
   * has a value in a column for promotions.
   */
  read: z
    .object({
      dateOrder: z.enum(['dmy', 'mdy']).nullable(),
      currency: z.string().nullable(),
      promotion: z.boolean().optional(),
    })
    .optional(),
  /** Decimals (0-4) that the accepted amounts need: a workspace without lines takes this scale at publish. */
  neededScale: z.number().int().min(0).max(4).optional(),
});
export type ImportReport = z.output<typeof importReport>;
