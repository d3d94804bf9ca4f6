import { z } from 'zod';
import { ApiError } from '@/lib/contract/errors';

const place = z.tuple([z.union([z.string(), z.array(z.string())]), z.int().nonnegative().max(2_147_483_647)]);
export type Place = z.output<typeof place>;

/** Where a page ended: what the rows are ordered by, and the id that settles ties. */
export const writeCursor = (at: Place): string => Buffer.from(JSON.stringify(at)).toString('base64url');

export function readCursor(cursor: string): Place {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    const message = 'must be the nextCursor of the page before';
    throw new ApiError('invalid_request', `The query is wrong: cursor ${message}`, [{ field: 'cursor', message }]);
  }
}
