import { z } from 'zod';

/** How to read a file, where what was detected is wrong; what is left out is detected. */
export const reading = z.strictObject({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
  delimiter: z.string().min(1).max(5).optional(),
  quote: z.enum(['"', "'", '']).optional(),
  firstRow: z.number().int().min(1).max(1000).optional(),
  headerRows: z.number().int().min(0).max(3).optional(),
});
export type Reading = z.output<typeof reading>;

export const detected = z.object({
  encoding: z.string(),
  delimiter: z.string(),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  /** The first rows, as text. */
  preview: z.array(z.array(z.string())),
  /** False: the first row is data and the columns are numbered. Left out: there is a header. */
  header: z.boolean().optional(),
  /** Around values that hold a delimiter; empty: none does. */
  quote: z.enum(['"', "'", '']).optional(),
  /** Before quotes that belong to a value; left out: they are doubled. */
  escape: z.literal('\\').optional(),
  /** The row of the file that the table begins with, its header included. */
  firstRow: z.number().int().min(1).optional(),
  headerRows: z.number().int().min(0).max(3).optional(),
  /** The table's last row, where another table follows. */
  lastRow: z.number().int().optional(),
  /** What the header says, before columns are given names of their own. */
  headerNames: z.array(z.string()).optional(),
  /** 0 to 1: how sure delimiter and quotes are. */
  confidence: z.number().optional(),
});
export type Detected = z.output<typeof detected>;
