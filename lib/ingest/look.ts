import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { ImportKind, Mapping } from '@/lib/contract/imports';
import type { Detected, Reading } from '@/lib/contract/reading';
import { env } from '@/lib/env';
import { detect } from './detect';
import { inspect } from './inspect';
import { propose } from './propose';

/** What a stored file seems to be, and how its columns could be mapped; what is given of its reading is taken as it is. */
export async function lookAt(
  path: string,
  kind?: ImportKind,
  given?: Reading,
): Promise<{ detected: Detected; kind: ImportKind; mapping: Mapping }> {
  const { detected, rows } = detect(await inspect(path, env.MAX_UPLOAD_BYTES), given);
  if (detected.columns.length === 0) throw new ApiError('unprocessable', 'The file holds no rows.');
  if (rows.length === 0) throw new ApiError('unprocessable', 'The file holds a header and no rows below it.');
  return { detected, ...propose({ columns: detected.columns.map(({ name }) => name), rows }, kind) };
}
