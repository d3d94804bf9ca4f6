import 'server-only';
import type { CsvFile } from './write-csv';

/** So many rows say how wide the table is. */
const LOOKED_AT = 1_000;

/** Writes rows as wide as the widest of the first: a value that is missing at the end of a row is an empty one. */
export class SheetRows {
  private held: { row: number; cells: string[] }[] | null = [];
  private width = 0;
  private last = 0;

  constructor(private readonly csv: CsvFile) {}

  push(row: number, cells: string[]): void {
    if (this.held === null) this.write(row, cells);
    else if (this.held.push({ row, cells }) === LOOKED_AT) this.settle();
  }

  end(): boolean {
    this.settle();
    return this.last > 0;
  }

  private settle(): void {
    const held = this.held ?? [];
    this.held = null;
    this.width = held.reduce((width, { cells }) => Math.max(width, cells.length), 0);
    // What stands above the first row of full width may be a title: it stays as short as it is.
    const first = held.findIndex(({ cells }) => cells.length === this.width);
    held.forEach(({ row, cells }, at) => this.write(row, cells, at < first ? 0 : this.width));
  }

  private write(row: number, cells: string[], width = this.width): void {
    for (this.last += 1; this.last < row; this.last += 1) this.csv.row([]);
    while (cells.length < width) cells.push('');
    this.csv.row(cells);
  }
}
