import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Source } from '@/lib/contract/reading';

// Which sheet of a workbook holds its table: notes and summaries stand before it as often as not.

/** A sheet of a workbook of any kind. */
export interface Sheet {
  name: string;
  hidden: boolean;
  /** How much of a table it holds: the values of its first rows beside the first of each row. */
  weigh: () => Promise<number>;
  /** Writes its rows; false: it holds none. */
  write: () => Promise<boolean>;
}

const MOST_LOOKED_AT = 20;
/** Rows of a sheet that say how much of a table it is. */
export const ROWS_LOOKED_AT = 500;

/** Writes a sheet: the one that is named, else the first that is shown and holds a table. */
export async function writeSheet(
  sheets: readonly Sheet[],
  wanted: string | undefined,
): Promise<Pick<Source, 'sheets' | 'sheet' | 'hidden' | 'named'>> {
  const names = sheets.map(({ name }) => name);
  const chosen = sheets.find(({ name }) => name === wanted);
  if (wanted !== undefined && !chosen)
    throw new ApiError('unprocessable', `The workbook holds no sheet "${wanted}"; it holds ${names.join(', ')}.`);
  const shown = sheets.filter(({ hidden }) => !hidden);
  for (const sheet of chosen ? [chosen] : [...(await tablesFirst(shown)), ...sheets.filter(({ hidden }) => hidden)]) {
    if (!(await sheet.write())) continue;
    const hidden = sheets.filter((one) => one.hidden).map(({ name }) => name);
    const others = names.length > 1 && { sheets: names, ...(hidden.length > 0 && { hidden }) };
    return { named: false, sheet: sheet.name, ...others };
  }
  throw new ApiError('unprocessable', chosen ? `The sheet "${wanted}" is empty.` : 'The workbook is empty.');
}

/** The sheets that hold a table before those that hold notes, or little beside another. */
async function tablesFirst(sheets: readonly Sheet[]): Promise<readonly Sheet[]> {
  if (sheets.length < 2) return sheets;
  const weights = new Map<Sheet, number>();
  for (const sheet of sheets.slice(0, MOST_LOOKED_AT)) weights.set(sheet, await sheet.weigh().catch(() => 0));
  const most = Math.max(...weights.values());
  const isTable = (sheet: Sheet): boolean => (weights.get(sheet) ?? 0) >= most / 2;
  return [...sheets.filter(isTable), ...sheets.filter((sheet) => !isTable(sheet))];
}
