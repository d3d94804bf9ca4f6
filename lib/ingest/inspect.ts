import 'server-only';
import { isUtf8 } from 'node:buffer';
import { ApiError } from '@/lib/contract/errors';
import { utf16Of, type Inspection } from './detect';
import { openBytes } from './open';

const SAMPLE = 1024 * 1024;
/** Unpacked, a file may be this many times the limit for a received one: more is no table but an attack. */
const MOST_UNPACKED = 20;

const known: [name: string, magic: number[]][] = [
  ['an Excel workbook or a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['a bzip2 archive', [0x42, 0x5a, 0x68]],
  ['a zstd archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a gzip archive inside another', [0x1f, 0x8b]],
];

/** Reads the whole stored file once: is it text, in which encoding can it be, how does it begin. */
export async function inspect(path: string, limit: number): Promise<Inspection> {
  const pieces: Buffer[] = [];
  let kept = 0;
  let size = 0;
  let utf8 = true;
  let wide: boolean | undefined;
  let tail: Buffer = Buffer.alloc(0);
  for await (const bytes of openBytes(path)) {
    if (wide === undefined) wide = refuseBinary(bytes);
    size += bytes.length;
    if (size > limit * MOST_UNPACKED) throw new ApiError('too_large', 'Unpacked, the file is over the limit.');
    if (kept < SAMPLE) {
      pieces.push(bytes);
      kept += bytes.length;
    }
    if (wide) continue;
    if (bytes.includes(0)) throw notText('It holds bytes that no text has');
    if (!utf8) continue;
    const joined: Buffer = tail.length > 0 ? Buffer.concat([tail, bytes]) : bytes;
    const end = completeEnd(joined);
    utf8 = isUtf8(joined.subarray(0, end));
    tail = Buffer.from(joined.subarray(end));
  }
  if (size === 0) throw new ApiError('unprocessable', 'The file is empty.');
  return {
    sample: Buffer.concat(pieces).subarray(0, SAMPLE),
    complete: size <= SAMPLE,
    utf8: utf8 && tail.length === 0,
  };
}

const notText = (why: string): ApiError =>
  new ApiError('unsupported_type', `${why}: send a CSV file, plain or compressed with gzip.`);

/** Answers whether the text is two bytes a character (UTF-16); refuses what is no text. */
function refuseBinary(start: Buffer): boolean {
  for (const [name, magic] of known)
    if (magic.every((byte, at) => start[at] === byte)) throw notText(`The file is ${name}`);
  if (/^(\u00ef\u00bb\u00bf)?\s*(\{\s*"|\[\s*[[{])/.test(start.toString('latin1', 0, 1_000)))
    throw notText('The file is JSON');
  return utf16Of(start) !== null;
}

/** Where the last whole UTF-8 character ends. */
function completeEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
