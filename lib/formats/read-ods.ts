import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Source } from '@/lib/contract/reading';
import { OdsCells } from './ods-cells';
import { readMarkup } from './read-markup';
import type { Archive } from './unzip';
import type { CsvFile } from './write-csv';
import { followXml } from './xml';

/** Writes a sheet of an OpenDocument spreadsheet as CSV. */
export async function readOds(
  archive: Archive,
  wanted: string | undefined,
  csv: CsvFile,
): Promise<Pick<Source, 'sheets' | 'sheet' | 'hidden' | 'named'>> {
  await refuseLocked(archive);
  return readOdsContent(() => archive.read('content.xml'), wanted, csv);
}

/** The same of its content alone, which is what a flat file (.fods) is. */
export function readOdsContent(
  bytes: () => AsyncIterable<Buffer>,
  wanted: string | undefined,
  csv: CsvFile,
): Promise<Pick<Source, 'sheets' | 'sheet' | 'hidden' | 'named'>> {
  const refuse = ({ isSpreadsheet }: OdsCells): void => {
    if (isSpreadsheet) return;
    throw new ApiError('unsupported_type', 'The file is an OpenDocument file and no spreadsheet; send a table.');
  };
  return readMarkup({ bytes, begin: (take) => new OdsCells(take), follow: followXml, refuse }, wanted, csv);
}

async function refuseLocked(archive: Archive): Promise<void> {
  if (!archive.has('META-INF/manifest.xml')) return;
  let locked = false;
  await followXml(archive.read('META-INF/manifest.xml'), {
    open: (name) => void (locked ||= name === 'encryption-data'),
  });
  if (locked) throw new ApiError('unprocessable', 'The workbook is protected by a password; save it without.');
}
