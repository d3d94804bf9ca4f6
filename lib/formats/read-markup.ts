import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Source } from '@/lib/contract/reading';
import { ROWS_LOOKED_AT, writeSheet } from './choose-sheet';
import { limitUnpacked } from './limits';
import { SheetRows } from './sheet-rows';
import type { CsvFile } from './write-csv';

// Sheets that stand one behind the other in one text with marks: XML or HTML.

const MOST_ROWS = 1_048_576;

export interface MarkedRow {
  /** Counted from 1. */
  row: number;
  /** So many rows from there on are alike. */
  times: number;
  /** Up to the last value. */
  cells: string[];
}

export type TakeRow = (sheet: number, row: MarkedRow) => void;

/** What follows the marks: the sheets that have begun so far. */
export interface MarkedSheets {
  sheets: { name: string; hidden: boolean }[];
}

/** A text with marks, and how it is followed. */
export interface Markup<Cells extends MarkedSheets> {
  bytes: () => AsyncIterable<Buffer>;
  begin: (take: TakeRow) => Cells;
  /** After each piece, `between` is waited for. */
  follow: (bytes: AsyncIterable<Buffer>, cells: Cells, between?: () => Promise<void>) => Promise<void>;
  /** Refuses what holds no sheets. */
  refuse: (cells: Cells, weights: readonly number[]) => void;
}

/** Writes one of the sheets as CSV, chosen as that of other workbooks. */
export async function readMarkup<Cells extends MarkedSheets>(
  markup: Markup<Cells>,
  wanted: string | undefined,
  csv: CsvFile,
): Promise<Pick<Source, 'sheets' | 'sheet' | 'hidden' | 'named'>> {
  const weights: number[] = [];
  const rowsSeen: number[] = [];
  const look = markup.begin((sheet, { cells }) => {
    rowsSeen[sheet] = (rowsSeen[sheet] ?? 0) + 1;
    if (rowsSeen[sheet] > ROWS_LOOKED_AT) return;
    weights[sheet] = (weights[sheet] ?? 0) + Math.max(0, cells.filter((cell) => cell !== '').length - 1);
  });
  await markup.follow(markup.bytes(), look);
  markup.refuse(look, weights);
  const sheets = look.sheets.map((sheet, at) => ({
    ...sheet,
    weigh: () => Promise.resolve(weights[at] ?? 0),
    write: () => writeRows(markup, at, csv),
  }));
  return writeSheet(sheets, wanted);
}

/** Repeated rows stand in the file once: they are written out piece by piece, and are not without limit. */
async function writeRows<Cells extends MarkedSheets>(
  markup: Markup<Cells>,
  wanted: number,
  csv: CsvFile,
): Promise<boolean> {
  const rows = new SheetRows(csv);
  const waiting: MarkedRow[] = [];
  let read = 0;
  let written = 0;
  let left = false;
  const cells = markup.begin((sheet, row) => void (sheet === wanted && waiting.push(row)));
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of markup.bytes()) {
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
    await markup.follow(counted(), cells, drain);
  } catch (error) {
    // Left in the middle, behind the sheet.
    if (!left) throw error;
  }
  return rows.end();
}
