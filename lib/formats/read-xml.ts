import 'server-only';
import type { Source } from '@/lib/contract/reading';
import { decoderOf, utf16Of } from './encoding';
import { openBytes } from './open';
import { readMarkup } from './read-markup';
import { readOdsContent } from './read-ods';
import { saveAs } from './recognise';
import { SpreadsheetMlCells } from './spreadsheetml-cells';
import type { CsvFile } from './write-csv';
import { followXml } from './xml';

/** Writes a sheet of a workbook that is a single XML file as CSV: of Excel 2003, or a flat OpenDocument (.fods). */
export async function readXml(
  path: string,
  wanted: string | undefined,
  csv: CsvFile,
): Promise<Pick<Source, 'sheets' | 'sheet' | 'hidden' | 'named'>> {
  const bytes = (): AsyncIterable<Buffer> => asUtf8(openBytes(path));
  let root = '';
  for await (const piece of bytes()) {
    root = /<(?:\w+:)?(Workbook|document)[\s>]/.exec(piece.toString())?.[1] ?? '';
    break;
  }
  if (root === 'document') return readOdsContent(bytes, wanted, csv);
  const refuse = ({ isSpreadsheet }: SpreadsheetMlCells): void => {
    if (!isSpreadsheet) throw saveAs('XML, and no table');
  };
  return readMarkup({ bytes, begin: (take) => new SpreadsheetMlCells(take), follow: followXml, refuse }, wanted, csv);
}

/** XML names its encoding in its first line, where it is not UTF-8. */
async function* asUtf8(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decode: ReturnType<typeof decoderOf> | undefined;
  for await (const piece of bytes) {
    decode ??= decoderOf(encodingOf(piece));
    yield Buffer.from(decode(piece));
  }
  if (decode) yield Buffer.from(decode());
}

function encodingOf(start: Buffer): string {
  const label = /^[^>]*\sencoding\s*=\s*["']([\w-]+)/.exec(start.subarray(0, 200).toString('latin1'))?.[1];
  try {
    return utf16Of(start) ?? new TextDecoder(label).encoding;
  } catch {
    return 'utf-8';
  }
}
