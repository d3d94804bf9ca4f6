import 'server-only';
import { plainNumber, showerOf, type Show } from './excel-cells';
import { limitColumns } from './limits';
import type { MarkedSheets, TakeRow } from './read-markup';
import type { Attributes, XmlTaker } from './xml';

const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
/** Formats that are written by a name; what is not listed here shows numbers, where it is a name at all. */
const named: Record<string, string> = {
  'General Date': 'yyyy-mm-dd hh:mm',
  'Long Date': 'yyyy-mm-dd',
  'Medium Date': 'yyyy-mm-dd',
  'Short Date': 'yyyy-mm-dd',
  'Long Time': 'hh:mm:ss',
  'Medium Time': 'hh:mm:ss',
  'Short Time': 'hh:mm:ss',
};
const formatOf = (given: string): string =>
  named[given] ?? (/^[A-Z][a-z]{3,}[\/ A-Za-z]*$/.test(given) ? 'General' : given);

const countOf = (given: string | undefined, most: number): number | null => {
  const count = Number(given);
  return given !== undefined && Number.isInteger(count) && count >= 0 ? Math.min(count, most + 1) : null;
};

/** Follows a workbook in the XML of Excel 2002 and 2003: its sheets, and their rows. */
export class SpreadsheetMlCells implements XmlTaker, MarkedSheets {
  sheets: { name: string; hidden: boolean }[] = [];
  isSpreadsheet = false;

  private readonly shows = new Map<string, Show>();
  private styleId = '';
  private row = 0;
  private cells: string[] = [];
  private column = 0;
  private across = 0;
  private style = '';
  private type = '';
  private inData = false;
  private inHidden = false;
  private said = '';

  constructor(private readonly take: TakeRow) {}

  open = (name: string, attributes: Attributes): void => {
    if (name === 'Workbook') this.isSpreadsheet = true;
    else if (name === 'Style') this.styleId = attributes['ID'] ?? '';
    else if (name === 'NumberFormat') {
      this.shows.set(this.styleId, showerOf(0, formatOf(attributes['Format'] ?? ''), false));
    } else if (name === 'Worksheet') {
      this.sheets.push({ name: attributes['Name'] ?? `Sheet ${this.sheets.length + 1}`, hidden: false });
      this.row = 0;
    } else if (name === 'Row') {
      this.row = countOf(attributes['Index'], MOST_ROWS) ?? this.row + 1;
      this.cells = [];
      this.column = 0;
    } else if (name === 'Cell') {
      const index = countOf(attributes['Index'], MOST_COLUMNS);
      if (index !== null) this.column = Math.max(0, index - 1);
      this.across = countOf(attributes['MergeAcross'], MOST_COLUMNS) ?? 0;
      this.style = attributes['StyleID'] ?? '';
    } else if (name === 'Data') {
      this.inData = true;
      this.type = attributes['Type'] ?? 'String';
      this.said = '';
    } else if (name === 'Visible') {
      this.inHidden = true;
      this.said = '';
    }
  };

  text = (piece: string): void => {
    if (this.inData || this.inHidden) this.said += piece;
  };

  close = (name: string): void => {
    if (name === 'Data') this.endData();
    else if (name === 'Visible') {
      this.inHidden = false;
      const sheet = this.sheets.at(-1);
      if (sheet) sheet.hidden = this.said.trim() !== 'SheetVisible';
    } else if (name === 'Cell') this.column += 1 + this.across;
    else if (name === 'Row' && this.cells.length > 0 && this.sheets.length > 0)
      this.take(this.sheets.length - 1, { row: this.row, times: 1, cells: this.cells });
  };

  private endData(): void {
    this.inData = false;
    const value = this.valueSaid();
    if (value === '') return;
    limitColumns(this.column + 1);
    while (this.cells.length < this.column) this.cells.push('');
    this.cells[this.column] = value;
  }

  private valueSaid(): string {
    const { type, said: text } = this;
    if (type === 'Number') return (this.shows.get(this.style) ?? plainNumber)(text.trim());
    if (type === 'Boolean') return text.trim() === '1' ? 'TRUE' : 'FALSE';
    if (type === 'DateTime')
      return text
        .trim()
        .replace(/\.0+$/, '')
        .replace(/T00:00:00$/, '')
        .replace(/^1899-12-3[01]T/, '');
    return text;
  }
}
