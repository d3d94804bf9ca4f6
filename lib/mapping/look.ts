import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { ImportKind, Mapping } from '@/lib/contract/imports';
import type { Detected, Reading } from '@/lib/contract/reading';
import type { Follow } from '@/lib/formats/follow';
import { limitColumns } from '@/lib/formats/limits';
import { detect, type Detection } from '@/lib/tables/detect';
import { inspect } from '@/lib/tables/inspect';
import { plainTextOf } from '@/lib/tables/join-sheets';
import { propose } from './propose';

/** How a file is read: what it holds, and the rows at its beginning. What is made of it is kept under `base`. */
export async function understand(path: string, given: Reading = {}, base = path, follow?: Follow): Promise<Detection> {
  const plain = await plainTextOf(path, given, base, follow);
  const found = detect(await inspect(plain.path, follow), plain.source?.joined ? {} : given, plain.source);
  limitColumns(found.detected.columns.length);
  return found;
}

/** What a stored file seems to be, and how its columns could be mapped; what is given of its reading is taken as it is. */
export async function lookAt(
  path: string,
  kind?: ImportKind,
  given?: Reading,
  follow?: Follow,
): Promise<{ detected: Detected; kind: ImportKind; mapping: Mapping }> {
  const { detected, rows } = await understand(path, given, path, follow);
  if (detected.columns.length === 0) throw new ApiError('unprocessable', 'The file holds no rows.');
  if (rows.length === 0) throw new ApiError('unprocessable', 'The file holds a header and no rows below it.');
  return { detected, ...propose({ columns: detected.columns.map(({ name }) => name), rows }, kind) };
}

/** What was found in a file, as the database takes it. */
export const textOf = (detected: object): string => JSON.stringify(detected).replaceAll('\\u0000', '');
