import { z } from 'zod';
import { formatDate } from '@/lib/metrics/format-date';

/** Where a header is nearly that of a remembered mapping: what the file has besides, and what it has not of what is mapped. */
const near = z.object({
  added: z.array(z.string()),
  /** Each with the field that it gave; null for an attribute. */
  missing: z.array(z.object({ column: z.string(), field: z.string().nullable() })),
  /** Whether its columns are proposed as remembered; else names and values proposed them. */
  applied: z.boolean(),
});

/** A remembered mapping, as it was when the mapping of a file was proposed from it. */
export const recalled = z.object({
  template: z.number(),
  name: z.string(),
  /** The file that it was last used for, and when that was published. */
  fileName: z.string(),
  usedAt: z.string(),
  /** Null where the header is the same. */
  near: near.nullable().default(null),
});
export type Recalled = z.output<typeof recalled>;

/** The same, with a sentence that tells it. */
export const recalledTold = recalled.extend({ sentence: z.string() });

const MOST_NAMES = 10;

/** What was recalled, for a reader. */
export function recalledSentence({ name, fileName, usedAt, near: alike }: Recalled): string {
  const file = `${fileName} of ${formatDate(usedAt.slice(0, 10))}${name === fileName ? '' : ` (${name})`}`;
  if (!alike) return `Mapped as in ${file}, which has the same header.`;
  const { added, missing, applied } = alike;
  return [
    applied
      ? `Mapped as in ${file}, whose header is nearly the same`
      : `Mapped by names and values; the header is nearly that of ${file}`,
    ...(added.length > 0 ? [`new here: ${listed(added)}`] : []),
    ...(missing.length > 0 ? [`missing: ${listed(missing.map(({ column }) => column))}`] : []),
  ]
    .join('; ')
    .concat('.');
}

const listed = (names: readonly string[]): string =>
  names.length <= MOST_NAMES
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;
