import 'server-only';
import { isUtf8 } from 'node:buffer';
import { ApiError } from '@/lib/contract/errors';
import { utf16Of, utf32Of } from '@/lib/formats/encoding';
import type { Follow } from '@/lib/formats/follow';
import { guessEncoding } from '@/lib/formats/guess-encoding';
import { limitLine, limitUnpacked } from '@/lib/formats/limits';
import { openBytes } from '@/lib/formats/open';
import { notReadable } from '@/lib/formats/recognise';
import type { Inspection } from './detect';

const SAMPLE = 1024 * 1024;
/** Reads the whole stored file once: is it text, in which encoding can it be, how does it begin. */
export async function inspect(path: string, follow?: Follow): Promise<Inspection> {
  const pieces: Buffer[] = [];
  let kept = 0;
  let size = 0;
  let packed = 0;
  let line = 0;
  let utf8 = true;
  let wide: boolean | undefined;
  let tail: Buffer = Buffer.alloc(0);
  for await (const bytes of openBytes(path, (read) => (packed += read.length))) {
    wide ??= utf32Of(bytes) !== null || utf16Of(bytes) !== null;
    size += bytes.length;
    limitUnpacked(size, packed);
    await follow?.({ stage: 'looking', done: size, total: null });
    line = lengthOfLine(bytes, line, size);
    if (kept < SAMPLE) {
      pieces.push(bytes);
      kept += bytes.length;
    }
    if (wide) continue;
    if (size === bytes.length && isBinary(bytes)) throw notReadable('The file holds bytes that no text has');
    if (!utf8) continue;
    const joined: Buffer = tail.length > 0 ? Buffer.concat([tail, bytes]) : bytes;
    const end = completeEnd(joined);
    utf8 = isUtf8(joined.subarray(0, end));
    tail = Buffer.from(joined.subarray(end));
  }
  if (size === 0) throw new ApiError('unprocessable', 'The file is empty.');
  const sample = Buffer.concat(pieces).subarray(0, SAMPLE);
  const sound = utf8 && tail.length === 0;
  const likely = wide || sound ? null : await guessEncoding(sample);
  return { sample, complete: size <= SAMPLE, utf8: sound, ...(likely && { likely }) };
}

/** Some programs leave NUL bytes in text; a file of many, or of many kinds of control signs, is no text. */
function isBinary(start: Buffer): boolean {
  if (!start.includes(0)) return false;
  const signs = new Set<number>();
  let nothing = 0;
  for (const byte of start) {
    if (byte === 0) nothing += 1;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) signs.add(byte);
  }
  return nothing > start.length * 0.3 || signs.size > 7;
}

/** How long the line at the end of these bytes is by now; `before` them it was as long as that. */
function lengthOfLine(bytes: Buffer, before: number, size: number): number {
  const end = Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13));
  const length = end < 0 ? before + bytes.length : bytes.length - end - 1;
  limitLine(length, `The line that begins at byte ${(size - length + 1).toLocaleString('en')}`);
  return length;
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
