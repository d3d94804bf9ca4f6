import 'server-only';
import { limitColumns, limitLine } from './limits';
import type { MarkedSheets, TakeRow } from './read-markup';

interface Cell {
  text: string;
  across: number;
  down: number;
}

/** A table that is open; others may stand in its cells. */
interface Level {
  at: number;
  row: number;
  cells: string[] | null;
  cell: Cell | null;
  column: number;
  /** Up to which row each column is taken by a cell from above. */
  taken: number[];
}

const MOST_TABLES = 1_000;
const MOST_ACROSS = 1_000;
const MOST_DOWN = 65_536;
const unseen = new Set(['script', 'style', 'template', 'noscript', 'title']);
const blocks = new Set(['p', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4']);

const timesOf = (given: string | undefined, most: number): number => {
  const times = Number(given ?? 1);
  return Number.isInteger(times) && times > 0 ? Math.min(times, most) : 1;
};

/** Follows a web page: its tables, each of them a sheet, and their rows. */
export class HtmlTables implements MarkedSheets {
  sheets: { name: string; hidden: boolean }[] = [];
  private readonly open: Level[] = [];
  private unseen = 0;
  private caption: string | null = null;

  constructor(private readonly take: TakeRow) {}

  onopentag = (name: string, { colspan, rowspan }: Record<string, string>): void => {
    if (unseen.has(name)) this.unseen += 1;
    if (name === 'table') {
      const at = this.sheets.length < MOST_TABLES ? this.sheets.length : -1;
      if (at >= 0) this.sheets.push({ name: `Table ${at + 1}`, hidden: false });
      this.open.push({ at, row: 0, cells: null, cell: null, column: 0, taken: [] });
      return;
    }
    const level = this.open.at(-1);
    if (!level) return;
    if (name === 'caption') this.caption = '';
    else if (name === 'tr') this.beginRow(level);
    else if (name === 'td' || name === 'th') {
      if (!level.cells) this.beginRow(level);
      this.endCell(level);
      level.cell = { text: '', across: timesOf(colspan, MOST_ACROSS), down: timesOf(rowspan, MOST_DOWN) };
    } else if (level.cell && (name === 'br' || (blocks.has(name) && level.cell.text.trim() !== '')))
      level.cell.text += '\n';
  };

  ontext = (piece: string): void => {
    const cell = this.open.at(-1)?.cell;
    if (this.unseen > 0) return;
    if (this.caption !== null) this.caption += piece;
    if (!cell) return;
    cell.text += piece.replace(/[ \t\r\n\f]+/g, ' ');
    limitLine(cell.text.length, 'A cell of the table');
  };

  onclosetag = (name: string): void => {
    if (unseen.has(name)) this.unseen -= 1;
    const level = this.open.at(-1);
    if (!level) return;
    if (name === 'td' || name === 'th') this.endCell(level);
    else if (name === 'tr') this.endRow(level);
    else if (name === 'caption') {
      const sheet = this.sheets[level.at];
      if (sheet) sheet.name = this.caption?.replace(/\s+/g, ' ').trim() || sheet.name;
      this.caption = null;
    } else if (name === 'table') {
      this.endRow(level);
      this.open.pop();
    }
  };

  private beginRow(level: Level): void {
    this.endRow(level);
    level.row += 1;
    level.cells = [];
    level.column = 0;
  }

  private endRow(level: Level): void {
    this.endCell(level);
    const { at, row, cells } = level;
    level.cells = null;
    if (at >= 0 && cells && cells.length > 0) this.take(at, { row, times: 1, cells });
  }

  private endCell(level: Level): void {
    const { cell, cells, row, taken } = level;
    if (!cell || !cells) return;
    level.cell = null;
    while ((taken[level.column] ?? 0) >= row) level.column += 1;
    const from = level.column;
    level.column += cell.across;
    limitColumns(level.column);
    for (let at = from; at < level.column; at += 1) taken[at] = row + cell.down - 1;
    const lines = cell.text.split('\n').map((line) => line.replace(/ {2,}/g, ' ').trim());
    const text = lines.join('\n').trim();
    if (text === '') return;
    while (cells.length < from) cells.push('');
    cells[from] = text;
  }
}
