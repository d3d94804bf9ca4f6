import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Source } from '@/lib/contract/reading';
import { writeSheet } from './choose-sheet';
import { limitUnpacked } from './limits';
import { OdsCells, type OdsRow } from './ods-cells';
import { SheetRows } from './sheet-rows';
import type { Archive } from './unzip';
import type { CsvFile } from './write-csv';
import { followXml } from './xml';

const CONTENT = 'content.xml';
const MOST_ROWS = 1_048_576;
/** Rows of each sheet that say how much of a table it is. */
const LOOKED_AT = 500;

/** Writes a sheet of an OpenDocument spreadsheet as CSV, chosen as that of other workbooks. */
export async function readOds(
  archive: Archive,
  wanted: string | undefined,
  csv: CsvFile,
): Promise<Pick<Source, 'sheets' | 'sheet' | 'named'>> {
  await refuseLocked(archive);
  const weights: number[] = [];
  const rowsSeen: number[] = [];
  const look = new OdsCells((sheet, { cells }) => {
    rowsSeen[sheet] = (rowsSeen[sheet] ?? 0) + 1;
    if (rowsSeen[sheet] > LOOKED_AT) return;
    weights[sheet] = (weights[sheet] ?? 0) + Math.max(0, cells.filter((cell) => cell !== '').length - 1);
  });
  await followXml(archive.read(CONTENT), look);
  if (!look.isSpreadsheet)
    throw new ApiError('unsupported_type', 'The file is an OpenDocument file and no spreadsheet; send a table.');
  const sheets = look.sheets.map((sheet, at) => ({
    ...sheet,
    weigh: () => Promise.resolve(weights[at] ?? 0),
    write: () => writeRows(archive, at, csv),
  }));
  return writeSheet(sheets, wanted);
}

/** Repeated rows stand in the file once: they are written out piece by piece, and are not without limit. */
async function writeRows(archive: Archive, wanted: number, csv: CsvFile): Promise<boolean> {
  const rows = new SheetRows(csv);
  const waiting: OdsRow[] = [];
  let read = 0;
  let written = 0;
  let left = false;
  const cells = new OdsCells((sheet, row) => void (sheet === wanted && waiting.push(row)));
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of archive.read(CONTENT)) {
      read += piece.length;
      yield piece;
      if ((left = cells.sheets.length > wanted + 1)) return;
    }
  };
  const drain = async (): Promise<void> => {
    for (const { row, times, cells: values } of waiting) {
      if (row + times - 1 > MOST_ROWS)
        throw new ApiError('unprocessable', `The workbook is damaged: there is no row ${row + times - 1}.`);
      for (let again = 0; again < times; again += 1) {
        rows.push(row + again, [...values]);
        written += values.reduce((sum, value) => sum + value.length + 1, 0);
        limitUnpacked(written, read);
        await csv.flush();
      }
    }
    waiting.length = 0;
  };
  try {
    await followXml(counted(), cells, drain);
  } catch (error) {
    // Left in the middle, behind the sheet.
    if (!left) throw error;
  }
  return rows.end();
}

async function refuseLocked(archive: Archive): Promise<void> {
  if (!archive.has('META-INF/manifest.xml')) return;
  let locked = false;
  await followXml(archive.read('META-INF/manifest.xml'), {
    open: (name) => void (locked ||= name === 'encryption-data'),
  });
  if (locked) throw new ApiError('unprocessable', 'The workbook is protected by a password; save it without.');
}
