import 'server-only';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ApiError } from '@/lib/contract/errors';
import { decoderOf } from './encoding';

const CHUNK = 256 * 1024;

/** By content: a name may say anything. */
export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** The bytes of a stored file, unpacked; `onRead` sees them as they are taken from disk. */
export async function* openBytes(path: string, onRead?: (bytes: Buffer) => void): AsyncGenerator<Buffer> {
  const gzip = await isGzip(path);
  const file = createReadStream(path, { highWaterMark: CHUNK });
  if (!gzip) {
    for await (const bytes of file as AsyncIterable<Buffer>) {
      onRead?.(bytes);
      yield bytes;
    }
    return;
  }
  const unpacked = file.pipe(createGunzip({ chunkSize: CHUNK }));
  if (onRead) file.on('data', (bytes) => onRead(bytes as Buffer));
  file.on('error', (error) => unpacked.destroy(error));
  try {
    yield* unpacked;
    // What follows the packed part is none of the text, but of the file.
    if (onRead && !file.readableEnded) {
      file.unpipe().resume();
      await finished(file);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new ApiError(
        'unprocessable',
        'The compressed file is damaged or cut off: it cannot be unpacked to its end.',
      );
    throw error;
  } finally {
    file.destroy();
  }
}

/** The text of a stored file, piece by piece; a byte order mark is left out. */
export async function* openText(
  path: string,
  encoding: string,
  onRead?: (bytes: Buffer) => void,
): AsyncGenerator<string> {
  const decode = decoderOf(encoding);
  for await (const bytes of openBytes(path, onRead)) yield decode(bytes);
  yield decode();
}
