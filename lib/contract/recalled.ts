import { z } from 'zod';

/** A remembered mapping, as it was when the mapping of a file was proposed from it. */
export const recalled = z.object({
  template: z.number(),
  name: z.string(),
  /** The file that it was last used for, and when that was published. */
  fileName: z.string(),
  usedAt: z.string(),
});
export type Recalled = z.output<typeof recalled>;
