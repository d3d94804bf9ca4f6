import { isTotal } from '@/lib/tables/notes';
import type { Dialect } from '@/lib/tables/record';
import type { TableShape } from '@/lib/tables/shape';

const [SPACE, HASH, APOSTROPHE, BACKSLASH, REPLACED] = [0x20, 0x23, 0x27, 0x5c, 0xfffd];
const DELETE = 0x7f;
const MOST_DIGITS = 15;

const code = (sign: string): number => (sign === '' ? -1 : sign.charCodeAt(0));
/** Control characters and blanks beyond ASCII. */
const isNothing = (sign: number): boolean => sign <= 0xa0 || (sign > 0x1000 && /\s/.test(String.fromCharCode(sign)));

/**
 * A row as most rows are: nothing in it is quoted or escaped, it is as wide as the header, and neither note nor total. Its
 * cells stay where they are in the text, as rows are many. Of all other rows it says that it does not know them.
 */
export class PlainRow {
  text = '';
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Some sign is none of ASCII. */
  wide = false;
  /** The number read last: an integer of 10^-scale, without zeros at its end. */
  digits = 0;
  scale = 0;

  private readonly delimiter: number;
  private readonly quote: number;
  private readonly escape: number;
  private readonly header: string | null;
  private readonly fewest: number;

  private constructor(
    private readonly width: number,
    { delimiter, quote, escape }: Dialect,
    table: TableShape,
    private readonly point: number,
  ) {
    this.from = new Int32Array(width);
    this.to = new Int32Array(width);
    this.delimiter = code(delimiter);
    this.quote = code(quote);
    this.escape = escape ? BACKSLASH : -1;
    this.header = table.header[0] ?? null;
    this.fewest = Math.max(1, Math.floor(width / 2));
  }

  /** Null where no row of the file is so plain. */
  static of(width: number, dialect: Dialect, table: TableShape, decimal: '.' | ','): PlainRow | null {
    const { delimiter, gaps, wrapped } = dialect;
    if (gaps || wrapped || delimiter.length !== 1 || delimiter === ' ' || width !== table.width || width < 3)
      return null;
    return new PlainRow(width, dialect, table, code(decimal));
  }

  /** Takes the row that stands there in a text; false where it is not plain. */
  take(text: string, start: number, end: number): boolean {
    const { from, to, width, delimiter, quote, escape } = this;
    let cell = 0;
    let filled = 0;
    let wide = false;
    from[0] = start;
    for (let at = start; at < end; at += 1) {
      const sign = text.charCodeAt(at);
      if (sign === delimiter) {
        if (at > from[cell]!) filled += 1;
        to[cell] = at;
        cell += 1;
        if (cell === width) return false;
        from[cell] = at + 1;
        // Rows may be written with a blank behind each delimiter.
        if (text.charCodeAt(at + 1) === SPACE) return false;
      } else if (sign === quote || sign === escape || sign < SPACE || sign === REPLACED) return false;
      else if (sign >= DELETE) {
        if (isNothing(sign)) return false;
        wide = true;
      }
    }
    if (end > from[cell]!) filled += 1;
    to[cell] = end;
    this.text = text;
    this.wide = wide;
    return cell === width - 1 && filled > this.fewest && this.begins(start);
  }

  /** No comment, total or header. */
  private begins(start: number): boolean {
    const first = this.text.charCodeAt(start);
    if (first === HASH || first === SPACE || first === APOSTROPHE) return false;
    const length = this.to[0]! - start;
    if (length === 0) return this.firstFilled();
    if (first >= 0x30 && first <= 0x39 && length !== this.header?.length) return true;
    const name = this.string(0).trim();
    return name !== this.header && !isTotal(name);
  }

  private firstFilled(): boolean {
    const at = this.from.findIndex((from, cell) => this.to[cell]! > from);
    return !isTotal(this.string(at).trim());
  }

  string(cell: number): string {
    return this.text.slice(this.from[cell], this.to[cell]);
  }

  /** Reads a number as programs write it; false where the cell holds something else, or more digits than are exact. */
  number(cell: number): boolean {
    const { text, point } = this;
    const end = this.to[cell]!;
    let at = this.from[cell]!;
    const negative = text.charCodeAt(at) === 0x2d;
    if (negative) at += 1;
    const start = at;
    let digits = 0;
    let behind = -1;
    for (; at < end; at += 1) {
      const sign = text.charCodeAt(at);
      if (sign >= 0x30 && sign <= 0x39) digits = digits * 10 + sign - 0x30;
      else if (sign === point && behind < 0 && at > start) behind = at + 1;
      else return false;
    }
    if (end === start || end - start > MOST_DIGITS) return false;
    let scale = behind < 0 ? 0 : end - behind;
    for (; scale > 0 && digits % 10 === 0; scale -= 1) digits /= 10;
    this.digits = negative ? -digits : digits;
    this.scale = scale;
    return true;
  }

  /** Seconds of a time of day written as 14:05:30 that ends there; -1 where it is written otherwise. */
  seconds(start: number, end: number): number {
    if (end - start !== 8) return -1;
    const { text } = this;
    let seconds = 0;
    for (let part = 0; part < 3; part += 1) {
      const at = start + 3 * part;
      const [tens, ones] = [text.charCodeAt(at) - 0x30, text.charCodeAt(at + 1) - 0x30];
      if (tens < 0 || tens > 5 || ones < 0 || ones > 9 || (part > 0 && text.charCodeAt(at - 1) !== 0x3a)) return -1;
      seconds = seconds * 60 + tens * 10 + ones;
    }
    return seconds < 86_400 ? seconds : -1;
  }
}
