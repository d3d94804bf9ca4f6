import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { utf16Of } from './encoding';
import { openBytes } from './open';
import { jsonTokens } from './tokens';

/** What a file is by its content: a name may say anything. */
export type Content = 'text' | 'json' | 'zip' | 'parquet' | 'xls' | 'html' | 'xml';

const refused: [name: string, magic: number[]][] = [
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['an SQLite database', [...Buffer.from('SQLite format 3')]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a bzip2 archive', [0x42, 0x5a, 0x68]],
  ['a zstd archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['an xz archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['a 7z archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a rar archive', [0x52, 0x61, 0x72, 0x21]],
  ['a gzip archive inside another', [0x1f, 0x8b]],
];
const SENDABLE =
  'send CSV, JSON, Excel (.xlsx, .xls), OpenDocument (.ods), a table in HTML or Parquet, as it is or compressed with gzip or zip';
const LOOKED_AT = 64 * 1024;

/** Of programs that can save their tables otherwise. */
export const saveAs = (what: string): ApiError =>
  new ApiError(
    'unsupported_type',
    `The file is ${what}: open it in a spreadsheet program, save it as .xlsx or .csv, and send that.`,
  );

export const notReadable = (why: string): ApiError => new ApiError('unsupported_type', `${why}: ${SENDABLE}.`);

const begins = (bytes: Buffer, magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte);

/** What the file is, compressed with gzip or not; refuses by name what cannot be read. */
export async function recognise(path: string): Promise<Content> {
  for await (const bytes of openBytes(path)) {
    if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'xls';
    for (const [name, magic] of refused) if (begins(bytes, magic)) throw notReadable(`The file is ${name}`);
    if (begins(bytes, [0x50, 0x4b, 0x03, 0x04]) || begins(bytes, [0x50, 0x4b, 0x05, 0x06])) return 'zip';
    if (begins(bytes, [0x50, 0x41, 0x52, 0x31])) return 'parquet';
    const markup = markupOf(bytes.subarray(0, LOOKED_AT));
    if (markup) return markup;
    refuseLegacy(bytes.subarray(0, 1024).toString('latin1'));
    return isJson(bytes.subarray(0, LOOKED_AT)) ? 'json' : 'text';
  }
  return 'text';
}

/** Pages, and workbooks in XML: shop systems send either as ".xls". Servers send a page in place of a file that is gone. */
function markupOf(start: Buffer): 'html' | 'xml' | null {
  const text = new TextDecoder(utf16Of(start) ?? 'latin1').decode(start).replace(/^(?:\xef\xbb\xbf|\ufeff)?\s*/, '');
  const bare = text.replace(/^(?:<(?:\?xml[^>]*>|!--.*?-->|!doctype[^>]*>)\s*)+/is, '');
  if (/^<(?:html|head|body)[\s>]/i.test(bare) || /^<!doctype html/i.test(text)) return 'html';
  if (/^<(?:table|meta|style|title|div|center|font)[\s>]/i.test(bare) && /<table[\s>]/i.test(bare)) return 'html';
  return /^<\?xml\s/i.test(text) ? 'xml' : null;
}

const legacy: [name: string, start: RegExp][] = [
  ['a SYLK file (.slk)', /^ID;P/],
  ['a DIF file', /^TABLE\r?\n0,1\r?\n"/],
  ['a workbook saved as a single web page (MHTML)', /^MIME-Version: 1\.0\r?\n[\s\S]{0,200}multipart\/related/i],
];
/** Kinds of text that spreadsheet programs write, and nobody else reads. */
function refuseLegacy(text: string): void {
  for (const [name, start] of legacy) if (start.test(text)) throw saveAs(name);
}

/** A text in braces or brackets is JSON where it can be nothing else, or where it is sound JSON as far as it is seen. */
function isJson(start: Buffer): boolean {
  const text = new TextDecoder(utf16Of(start) ?? 'utf-8').decode(start, { stream: true }).trimStart();
  if (/^(\{\s*"|\[\s*[[{])/.test(text)) return true;
  if (!/^(\{\s*\}|\[)/.test(text)) return false;
  try {
    return jsonTokens()(text).length > 1;
  } catch {
    return false;
  }
}
