import 'server-only';
import { Parser } from 'htmlparser2';
import type { Reading, Source } from '@/lib/contract/reading';
import { decoderOf } from './encoding';
import { encodingOf } from './find-encoding';
import { HtmlTables } from './html-tables';
import { openBytes } from './open';
import { readMarkup } from './read-markup';
import { saveAs } from './recognise';
import type { CsvFile } from './write-csv';

/** Writes a table of a web page as CSV, chosen as the sheet of a workbook is: what shop systems send as ".xls" is one. */
export async function readHtml(
  path: string,
  { sheet, encoding: given }: Pick<Reading, 'sheet' | 'encoding'>,
  csv: CsvFile,
): Promise<Pick<Source, 'sheets' | 'sheet' | 'hidden' | 'named'>> {
  const encoding = given ?? (await encodingOf(path, said));
  const follow = async (bytes: AsyncIterable<Buffer>, tables: HtmlTables, between?: () => Promise<void>) => {
    const parser = new Parser(tables, { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true });
    const decode = decoderOf(encoding);
    for await (const piece of bytes) {
      parser.write(decode(piece));
      await between?.();
    }
    parser.end(decode());
    await between?.();
  };
  // A page that says that something is gone, or asks to sign in, has cells side by side nowhere.
  const refuse = (_: HtmlTables, weights: readonly number[]): void => {
    if (!weights.some((weight) => weight > 0)) throw saveAs('a web page (HTML), and no table');
  };
  const begin = (take: ConstructorParameters<typeof HtmlTables>[0]): HtmlTables => new HtmlTables(take);
  return readMarkup({ bytes: () => openBytes(path), begin, follow, refuse }, sheet, csv);
}

/** The encoding that a page names; null where it names none that is known. */
function said(start: Buffer): string | null {
  const label = /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(start.subarray(0, 4096).toString('latin1'))?.[1];
  try {
    return label ? new TextDecoder(label).encoding : null;
  } catch {
    return null;
  }
}
