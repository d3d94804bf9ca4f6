import 'server-only';
import { Cursor, KIND, type BiffRecord } from './biff';
import { damagedBook } from './compound';
import { plainNumber, type Show } from './excel-cells';

export interface XlsCell {
  /** Counted from 0. */
  row: number;
  column: number;
  text: string;
}

const errors: Record<number, string> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
};
const flag = (value: number, isError: boolean): string =>
  isError ? (errors[value] ?? '#N/A') : value === 1 ? 'TRUE' : 'FALSE';

const eight = new DataView(new ArrayBuffer(8));
/** A number in thirty bits: an integer, or the upper part of a real one; in hundredths where its last bit says so. */
function rkOf(bytes: Buffer, at: number): number {
  const packed = bytes.readInt32LE(at);
  let value = packed >> 2;
  if ((packed & 2) === 0) {
    eight.setInt32(0, packed & ~3);
    value = eight.getFloat64(0);
  }
  return packed & 1 ? value / 100 : value;
}

/** The cells of a sheet, some at a time. */
export async function* cellsIn(
  records: AsyncIterable<BiffRecord[]>,
  { strings, styles }: { strings: readonly string[]; styles: readonly Show[] },
): AsyncGenerator<XlsCell[]> {
  // Charts stand inside of sheets, with an end of their own.
  let depth = 0;
  /** The formula whose result is the text that follows. */
  let waiting: Omit<XlsCell, 'text'> | null = null;
  const show = (style: number, value: number): string => (styles[style] ?? plainNumber)(String(value));

  const read = ({ kind, parts }: BiffRecord, cells: XlsCell[]): void => {
    const [bytes] = parts as [Buffer];
    if (kind === KIND.result) {
      const cursor = new Cursor(parts);
      if (waiting) cells.push({ ...waiting, text: cursor.text(cursor.u16()) });
      waiting = null;
      return;
    }
    const place = { row: bytes.readUInt16LE(0), column: bytes.readUInt16LE(2) };
    if (kind === KIND.manyRk) {
      for (let at = 4; at + 8 <= bytes.length; at += 6, place.column += 1)
        cells.push({ ...place, text: show(bytes.readUInt16LE(at), rkOf(bytes, at + 2)) });
      return;
    }
    const style = bytes.readUInt16LE(4);
    if (kind === KIND.sharedText) cells.push({ ...place, text: strings[bytes.readUInt32LE(6)] ?? '' });
    else if (kind === KIND.number) cells.push({ ...place, text: show(style, bytes.readDoubleLE(6)) });
    else if (kind === KIND.rk) cells.push({ ...place, text: show(style, rkOf(bytes, 6)) });
    else if (kind === KIND.flag) cells.push({ ...place, text: flag(bytes[6]!, bytes[7] === 1) });
    else if (kind === KIND.text || kind === KIND.richText) {
      const cursor = new Cursor(parts);
      cursor.skip(6);
      cells.push({ ...place, text: cursor.text(cursor.u16()) });
    } else if (kind === KIND.formula) {
      if (bytes.readUInt16LE(12) !== 0xffff) cells.push({ ...place, text: show(style, bytes.readDoubleLE(6)) });
      else if (bytes[6] === 0) waiting = place;
      else if (bytes[6] !== 3) cells.push({ ...place, text: flag(bytes[8]!, bytes[6] === 2) });
    }
  };

  for await (const some of records) {
    const cells: XlsCell[] = [];
    for (const record of some) {
      if (record.kind === KIND.begin) depth += 1;
      else if (record.kind === KIND.end) depth -= 1;
      else if (depth === 1) {
        try {
          read(record, cells);
        } catch (error) {
          throw error instanceof RangeError ? damagedBook('a record of it ends too early') : error;
        }
      }
      if (depth < 1) {
        yield cells;
        return;
      }
    }
    yield cells;
  }
  throw damagedBook('a sheet of it has no end');
}
