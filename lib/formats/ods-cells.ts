import 'server-only';
import { plainNumber } from './excel-cells';
import { limitColumns } from './limits';
import type { MarkedSheets, TakeRow } from './read-markup';
import type { Attributes, XmlTaker } from './xml';

/** Parts of a sheet that hold no cells of it: notes at cells, drawings, changes that were made. */
const aside = new Set(['annotation', 'shapes', 'tracked-changes', 'forms', 'frame', 'custom-shape', 'dde-links']);
/** Spreadsheets repeat what is blank up to their last row or column. */
const MOST_REPEATED = 1_048_576;
const MOST_COLUMNS = 16_384;

const timesOf = (attributes: Attributes, name: string, most: number): number => {
  const times = Number(attributes[name] ?? 1);
  return Number.isInteger(times) && times > 0 ? Math.min(times, most + 1) : 1;
};

/** Follows the content of an OpenDocument spreadsheet: its sheets, and their rows that hold values. */
export class OdsCells implements XmlTaker, MarkedSheets {
  sheets: { name: string; hidden: boolean }[] = [];
  isSpreadsheet = false;

  private readonly hiddenStyles = new Set<string>();
  /** Least digits of whole numbers, by the name of a number style, and of a cell style. */
  private readonly digits = new Map<string, number>();
  private readonly codes = new Map<string, number>();
  private style = '';
  /** Styles of columns, each up to a column. */
  private columns: { to: number; style: string }[] = [];
  private skipped = '';
  private skippedDepth = 0;
  private row = 0;
  private times = 1;
  private cells: string[] = [];
  private column = 0;
  private repeated = 1;
  private inCell = false;
  private given: string | null = null;
  private shown = '';
  private paragraphs = 0;
  private inText = 0;

  constructor(private readonly take: TakeRow) {}

  open = (name: string, attributes: Attributes): void => {
    if (this.skipped !== '') {
      if (name === this.skipped) this.skippedDepth += 1;
    } else if (aside.has(name) || (this.inCell && name === 'table')) {
      this.skipped = name;
      this.skippedDepth = 1;
    } else if (this.inCell) this.openText(name, attributes);
    else this.openPart(name, attributes);
  };

  private openPart(name: string, attributes: Attributes): void {
    const { 'style-name': style = '', 'default-cell-style-name': cellStyle = '' } = attributes;
    if (name === 'spreadsheet') this.isSpreadsheet = true;
    else if (name === 'table' && this.isSpreadsheet) {
      this.sheets.push({ name: attributes['name'] ?? '', hidden: this.hiddenStyles.has(style) });
      this.row = 0;
      this.columns = [];
    } else if (name === 'table-column') {
      const from = this.columns.at(-1)?.to ?? 0;
      const to = from + timesOf(attributes, 'number-columns-repeated', MOST_COLUMNS);
      if (this.columns.length < MOST_COLUMNS) this.columns.push({ to, style: cellStyle });
    } else if (name === 'table-row') {
      this.cells = [];
      this.column = 0;
      this.times = timesOf(attributes, 'number-rows-repeated', MOST_REPEATED);
    } else if (name === 'table-cell' || name === 'covered-table-cell') this.openCell(attributes);
    else this.openStyle(name, attributes);
  }

  private openStyle(name: string, attributes: Attributes): void {
    if (name === 'style') {
      this.style = attributes['name'] ?? '';
      const digits = this.digits.get(attributes['data-style-name'] ?? '');
      if (digits !== undefined) this.codes.set(this.style, digits);
    } else if (name === 'table-properties' && attributes['display'] === 'false') this.hiddenStyles.add(this.style);
    else if (name.endsWith('-style')) this.style = name === 'number-style' ? (attributes['name'] ?? '') : '';
    else if (name === 'number' && this.style !== '' && attributes['grouping'] !== 'true') {
      const { 'decimal-places': decimals = '0', 'min-integer-digits': least = '1' } = attributes;
      if (decimals === '0' && Number(least) > 1 && Number(least) < 100) this.digits.set(this.style, Number(least));
    }
  }

  private openCell(attributes: Attributes): void {
    this.inCell = true;
    this.repeated = timesOf(attributes, 'number-columns-repeated', MOST_COLUMNS);
    this.shown = '';
    this.paragraphs = 0;
    this.inText = 0;
    const style = attributes['style-name'] ?? this.columns.find(({ to }) => this.column < to)?.style ?? '';
    this.given = givenValue(attributes, this.codes.get(style));
  }

  private openText(name: string, attributes: Attributes): void {
    if (name === 'p') {
      if (this.paragraphs > 0) this.shown += '\n';
      this.paragraphs += 1;
      this.inText += 1;
    } else if (name === 's') this.shown += ' '.repeat(Math.min(timesOf(attributes, 'c', 1_000), 1_000));
    else if (name === 'tab') this.shown += '\t';
    else if (name === 'line-break') this.shown += '\n';
  }

  close = (name: string): void => {
    if (this.skipped !== '') {
      if (name === this.skipped) this.skippedDepth -= 1;
      if (this.skippedDepth === 0) this.skipped = '';
    } else if (name === 'p' && this.inCell) this.inText -= 1;
    else if (name === 'table-cell' || name === 'covered-table-cell') this.closeCell();
    else if (name === 'table-row' && this.sheets.length > 0) {
      const { row, times, cells } = this;
      if (cells.length > 0) this.take(this.sheets.length - 1, { row: row + 1, times, cells });
      this.row += times;
    }
  };

  private closeCell(): void {
    this.inCell = false;
    const value = this.given ?? this.shown;
    if (value !== '') {
      limitColumns(this.column + this.repeated);
      while (this.cells.length < this.column) this.cells.push('');
      for (let again = 0; again < this.repeated; again += 1) this.cells.push(value);
    }
    this.column += this.repeated;
  }

  text = (piece: string): void => {
    if (this.skipped === '' && this.inText > 0) this.shown += piece;
  };
}

/** What a cell says apart from the text that is shown; null: that text. */
function givenValue(attributes: Attributes, digits: number | undefined): string | null {
  const { 'value-type': type = '', value = '' } = attributes;
  if (type === 'float' || type === 'percentage' || type === 'currency') {
    const number = plainNumber(value);
    return digits === undefined
      ? number
      : number.replace(/^(-?)(\d+)$/, (_, sign: string, whole: string) => sign + whole.padStart(digits, '0'));
  }
  if (type === 'date') return (attributes['date-value'] ?? '').replace(/\.\d+$/, '');
  if (type === 'time') return clockOf(attributes['time-value'] ?? '');
  if (type === 'boolean') return (attributes['boolean-value'] ?? '').toUpperCase();
  return attributes['string-value'] || null;
}

const period = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?)?$/;

/** "PT08H30M00S" is 08:30:00. */
function clockOf(text: string): string {
  const [found, sign = '', days = '0', hours = '0', minutes = '0', seconds = '0'] = period.exec(text) ?? [];
  if (found === undefined) return text;
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${sign}${two(Number(days) * 24 + Number(hours))}:${two(Number(minutes))}:${two(Number(seconds))}`;
}
