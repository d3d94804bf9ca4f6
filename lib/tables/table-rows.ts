import { isDrawn } from './boxed';
import { isTypedOrNothing } from './header';
import { cutAtEdges, guessRecord, isAllIn, mendRecord, respelt, withoutLone } from './mend';
import type { Dialect, FileRecord } from './record';
import { cutTo, isComment, isFooter, isSaid, totalOf } from './notes';
import type { TableShape } from './shape';

/** A row of the table; `mended`: it is written otherwise than the rest, and was read all the same. */
export interface TableRow extends FileRecord {
  mended: boolean;
}

const MOST_TOLD = 20;
const MOST_WAITING = 200;

/** Takes the records of a file one by one, and hands out the rows of its table: no titles, headers, totals, notes. */
export class TableRows {
  /** Rows that may be notes or totals: they are, if none of the table follows. */
  private held: FileRecord[] = [];
  /** Rows of the table, as wide as it or shorter, are as empty as notes. */
  private sparse = { full: false, short: false };
  /** Rows below the table, of another table, or comments, that were left out. */
  after: number[] = [];
  private readonly header: readonly string[];

  constructor(
    private readonly table: TableShape,
    private readonly dialect: Dialect,
    private readonly take: (row: TableRow) => void,
  ) {
    this.header = table.header;
  }

  private headerLeft = -1;
  /** A row below the header was seen. */
  private begun = false;
  private last = Infinity;

  push = (record: FileRecord): void => {
    const { firstRow, headerRows, lastRow, width, whole } = this.table;
    if (record.row < firstRow) return;
    if (this.headerLeft < 0) this.headerLeft = headerRows;
    // Drawn below the header, whatever the delimiter is.
    if (!whole && !this.begun && this.table.headerRows > 0 && isDrawn(record)) return;
    const said = !whole && record.row > firstRow && isComment(record, width, this.table.header);
    if (this.headerLeft > 0) {
      if (said) return;
      this.headerLeft -= 1;
      return;
    }
    this.begun = true;
    if (lastRow !== undefined && record.row > lastRow) {
      if (this.after.length < MOST_TOLD) this.after.push(record.row);
      return;
    }
    if (said) {
      if (this.after.length < MOST_TOLD) this.after.push(record.row);
      return;
    }
    const apart = this.held.length > 0 || record.row > this.last + 1;
    this.last = record.row;
    const below = !whole && !this.sparse[this.sizeOf(record)] && isFooter(record, this.table, apart);
    const footer = below && !this.isPlace(record);
    const note = footer && (record.fields.length === width || isSaid(record, width) || this.mend(record) === null);
    if (note && this.held.length < MOST_WAITING) {
      this.held.push(record);
      return;
    }
    // Rows of the table look like that, too: then those at its end are no notes.
    for (const waiting of this.held) {
      if (this.isAgain(waiting)) continue;
      if (width > 1 && isDrawn(waiting)) {
        if (this.after.length < MOST_TOLD) this.after.push(waiting.row);
        continue;
      }
      this.sparse[this.sizeOf(waiting)] = true;
      this.hand(waiting);
    }
    this.held = [];
    if (this.isAgain(record)) return;
    this.hand(record);
  };

  /** Nothing is summed up twice in the same words: what several rows say they are the total of is a value of theirs. */
  private isPlace(record: FileRecord): boolean {
    const said = totalOf(record);
    return said !== null && this.sizeOf(record) === 'full' && this.held.some((other) => totalOf(other) === said);
  }

  /** A row that is no header, note or total belongs to the table: nothing waits for what it tells. */
  continues(row: number): boolean {
    const { lastRow } = this.table;
    return this.headerLeft === 0 && this.held.length === 0 && row === this.last + 1 && !(lastRow && row > lastRow);
  }

  /** Such a row was taken. */
  passed(row: number): void {
    this.last = row;
  }

  end(): void {
    this.after = [...this.after, ...this.held.map(({ row }) => row)].sort((a, b) => a - b);
    this.held = [];
  }

  /** The fields of a row that is written otherwise than the rest; null where it fits, or cannot be read so. */
  private mend(record: FileRecord): string[] | null {
    const { width, typed, isValue } = this.table;
    const { fields, fault } = record;
    const whole = cutTo(width, fields);
    if (fault === null && fields.length >= width && whole.length === width) {
      const same = whole === fields ? record : { ...record, fields: whole };
      return respelt(same, this.dialect) ?? withoutLone(same, typed);
    }
    const mended = mendRecord(record, this.dialect, width);
    if (mended && (fault === null || (typed.length === 0 && isAllIn(this.dialect.quote, record.raw)))) return mended;
    // Less is sure here: the values have to be of the kinds that their columns have.
    const odd = (read: string[]): number => typed.filter((at) => !isTypedOrNothing(read[at]!)).length;
    const read = mended ?? (width > 2 ? guessRecord(record, this.dialect, width) : null);
    if (read && typed.length > 0 && odd(read) === 0) return read;
    // Words of the table's own, each in its column.
    if (read && typed.length === 0 && read.filter((value, at) => isValue[at]?.(value)).length > 1) return read;
    // The quote may stand in a number.
    const cut = width === fields.length ? null : cutAtEdges(record, this.dialect, width);
    return cut && odd(cut) < Math.max(2, typed.length / 2) ? cut : null;
  }

  private sizeOf({ fields }: FileRecord): 'full' | 'short' {
    return fields.length < this.table.width ? 'short' : 'full';
  }

  /** Files put one behind the other bring their headers along. */
  private isAgain({ fields }: FileRecord): boolean {
    const { header, table } = this;
    return (
      table.headerRows === 1 &&
      !table.whole &&
      fields[0]?.trim() === header[0] &&
      String(
        cutTo(
          table.width,
          fields.map((field) => field.trim()),
        ),
      ) === String(header)
    );
  }

  private hand(record: FileRecord): void {
    const mended = this.mend(record);
    const { row, fields, raw, fault } = record;
    this.take(
      mended ? { row, fields: mended, raw, fault: null, mended: true } : { row, fields, raw, fault, mended: false },
    );
  }
}
