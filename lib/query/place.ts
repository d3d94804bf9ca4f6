import type { z } from 'zod';
import { ApiError } from '@/lib/contract/errors';

// Where a page of a list ended, as the cursor of the next: the data version first, then what the list is ordered by.

export const writePlace = (place: readonly (number | string)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

export function readPlace<Place extends readonly [number, ...unknown[]]>(
  cursor: string | undefined,
  shape: z.ZodType<Place>,
): Place | null {
  if (cursor === undefined) return null;
  const wrong = new ApiError('invalid_request', 'The cursor is wrong.', [
    { field: 'cursor', message: 'must be the nextCursor of an earlier answer to this question' },
  ]);
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw wrong;
  }
  const { success, data } = shape.safeParse(content);
  if (!success) throw wrong;
  return data;
}

/** A walk through pages sees one version of the data, or breaks off. */
export function checkPlace(place: readonly [number, ...unknown[]] | null, dataVersion: number): void {
  if (!place || place[0] === dataVersion) return;
  throw new ApiError('conflict', 'The data has changed since the page before; start again from the first.');
}
