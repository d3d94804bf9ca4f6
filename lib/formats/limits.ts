import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { env } from '@/lib/env';

const count = (number: number): string => number.toLocaleString('en');

const SMALL = 10_000_000;

/** Stops what grows out of a compressed file when it is too much, or too much for what it came out of. */
export function limitUnpacked(unpacked: number, packed: number): void {
  if (unpacked > env.MAX_UNPACKED_BYTES)
    throw new ApiError(
      'too_large',
      `Unpacked, the file is over the limit of ${count(env.MAX_UNPACKED_BYTES)} bytes (MAX_UNPACKED_BYTES).`,
    );
  if (unpacked > SMALL && unpacked > packed * env.MAX_UNPACKED_RATIO)
    throw new ApiError(
      'too_large',
      `Unpacked, the file is more than ${count(env.MAX_UNPACKED_RATIO)} times as large as it came (MAX_UNPACKED_RATIO): that is no table.`,
    );
}

export function limitColumns(columns: number): void {
  if (columns > env.MAX_COLUMNS)
    throw new ApiError(
      'unprocessable',
      `The file has ${count(columns)} columns or more; the limit is ${count(env.MAX_COLUMNS)} (MAX_COLUMNS). Leave out columns that are not needed.`,
    );
}

/** `what` names the place: "Row 12". */
export function limitLine(length: number, what: string): void {
  if (length > env.MAX_LINE_BYTES)
    throw new ApiError(
      'unprocessable',
      `${what} is longer than the limit of ${count(env.MAX_LINE_BYTES)} bytes (MAX_LINE_BYTES): a line break or a closing quote is missing, or this is no table.`,
    );
}
