import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { columnOf, plainNumber, unescaped, type Show } from './excel-cells';
import { limitColumns } from './limits';
import { SheetRows } from './sheet-rows';
import type { CsvFile } from './write-csv';
import { followXml } from './xml';

const MOST_ROWS = 1_048_576;

/** Writes the cells of a sheet, row by row; false: there are none. Rows keep their numbers: blank ones are written, too. */
export async function readSheet(
  bytes: AsyncIterable<Buffer>,
  { strings, styles }: { strings: readonly string[]; styles: readonly Show[] },
  csv: CsvFile,
): Promise<boolean> {
  const rows = new SheetRows(csv);
  let row = 0;
  let cells: string[] = [];
  let column = -1;
  let type = '';
  let style = 0;
  let text = '';
  let inValue = false;
  let phonetic = false;
  const open = (name: string, { r = '', t = 'n', s = '0' }: Record<string, string>): void => {
    if (name === 'row') {
      row = r === '' ? row + 1 : Number(r);
      if (!(row <= MOST_ROWS)) throw new ApiError('unprocessable', `The workbook is damaged: there is no row ${r}.`);
      cells = [];
      column = -1;
    } else if (name === 'c') {
      column = r === '' ? column + 1 : columnOf(r);
      type = t;
      style = Number(s);
      text = '';
    } else if (name === 'rPh') phonetic = true;
    else if (name === 'v' || name === 't') inValue = !phonetic;
  };
  const close = (name: string): void => {
    if (name === 'v' || name === 't') inValue = false;
    else if (name === 'rPh') phonetic = false;
    else if (name === 'c') {
      const value = valueOf(type, text, styles[style] ?? plainNumber, strings);
      if (value === '') return;
      limitColumns(column + 1);
      while (cells.length < column) cells.push('');
      cells[column] = value;
    } else if (name === 'row' && cells.length > 0) rows.push(row, cells);
  };
  await followXml(bytes, { open, close, text: (piece) => inValue && (text += piece) }, () => csv.flush());
  return rows.end();
}

function valueOf(type: string, text: string, show: Show, strings: readonly string[]): string {
  if (type === 's') return unescaped(strings[Number(text)] ?? '');
  if (type === 'str' || type === 'inlineStr') return unescaped(text);
  if (type === 'b') return text === '1' ? 'TRUE' : text === '0' ? 'FALSE' : text;
  if (type === 'd') return text.replace(/T00:00:00(\.0+)?Z?$/, '');
  return type === 'e' || text === '' ? text : show(text);
}
