import { HEADER } from '@/lib/columns/binary-rows';

// Rows in PostgreSQL's binary form, as COPY takes them: it need not read numbers and dates out of text.

/** More than what a row takes besides its texts. */
const ROOM = 1_024;
/** Of the size that a piece may get: most files need no more. */
const FIRST = 1 / 64;
const DIGITS = 10_000;

/** A decimal in groups of four digits: those before the point as one number, two groups behind it. */
export interface Groups {
  negative: boolean;
  whole: number;
  behind: [number, number];
}

/** Gathers rows in one of two pieces of memory: a piece that was taken is its taker's until the next one is. */
export class CopyRows {
  private bytes: Buffer;
  private other: Buffer;
  // Several times as fast as the methods of Buffer, and cells are many.
  private view: DataView;
  private at: number;

  constructor(size: number) {
    const first = Math.ceil(size * FIRST) + 2 * ROOM;
    this.bytes = Buffer.allocUnsafeSlow(first);
    this.other = Buffer.allocUnsafeSlow(first);
    this.view = viewOf(this.bytes);
    this.at = this.begin();
  }

  /** Bytes of rows so far. */
  get size(): number {
    return this.at - HEADER.length;
  }

  /** Where the next cell begins. */
  get end(): number {
    return this.at;
  }

  /** Equal for equal cells from there on. */
  hashFrom(start: number): number {
    const { view, at: end } = this;
    let hash = 0;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; at < end; at += 1) hash = Math.imul(hash ^ view.getInt8(at), 0x01000193);
    return hash;
  }

  row(cells: number): void {
    this.need(ROOM);
    this.view.setInt16(this.at, cells);
    this.at += 2;
  }

  nothing(): void {
    this.view.setInt32(this.at, -1);
    this.at += 4;
  }

  integer(value: number): void {
    this.view.setInt32(this.at, 4);
    this.view.setInt32(this.at + 4, value);
    this.at += 8;
  }

  smallint(value: number): void {
    this.view.setInt32(this.at, 2);
    this.view.setInt16(this.at + 4, value);
    this.at += 6;
  }

  boolean(value: boolean): void {
    this.view.setInt32(this.at, 1);
    this.view.setInt8(this.at + 4, value ? 1 : 0);
    this.at += 5;
  }

  /** A time of day. */
  time(seconds: number): void {
    const micro = seconds * 1_000_000;
    this.view.setInt32(this.at, 8);
    this.view.setUint32(this.at + 4, Math.floor(micro / 2 ** 32));
    this.view.setUint32(this.at + 8, micro % 2 ** 32);
    this.at += 12;
  }

  numeric({ negative, whole, behind: [first, second] }: Groups, scale: number): void {
    const { view } = this;
    const start = this.at;
    let at = start + 12;
    let weight = -1;
    if (whole > 0) {
      for (let unit = 1; unit * DIGITS <= whole; unit *= DIGITS) weight += 1;
      weight += 1;
      for (let left = weight; left >= 0; left -= 1, at += 2)
        view.setInt16(at, Math.floor(whole / DIGITS ** left) % DIGITS);
    }
    view.setInt16(at, first);
    view.setInt16(at + 2, second);
    at += 4;
    view.setInt32(start, at - start - 4);
    view.setInt16(start + 4, (at - start - 12) / 2);
    view.setInt16(start + 6, weight);
    view.setInt16(start + 8, negative ? 0x4000 : 0);
    view.setInt16(start + 10, scale);
    this.at = at;
  }

  text(text: string): void {
    this.need(ROOM + 3 * text.length);
    const length = this.bytes.write(text, this.at + 4);
    this.view.setInt32(this.at, length);
    this.at += 4 + length;
  }

  /** A part of a text that holds nothing but ASCII. */
  ascii(text: string, from: number, to: number): void {
    const length = to - from;
    this.need(ROOM + length);
    const { bytes } = this;
    this.view.setInt32(this.at, length);
    let at = this.at + 4;
    for (let from_ = from; from_ < to; from_ += 1, at += 1) bytes[at] = text.charCodeAt(from_);
    this.at = at;
  }

  /** A cell that was written before, with its length. */
  copy(cell: Uint8Array): void {
    this.need(ROOM + cell.length);
    this.bytes.set(cell, this.at);
    this.at += cell.length;
  }

  /** All rows since the last time, and that there are no more. */
  take(): Buffer {
    this.need(2);
    this.view.setInt16(this.at, -1);
    const taken = this.bytes.subarray(0, this.at + 2);
    [this.bytes, this.other] = [this.other, this.bytes];
    this.view = viewOf(this.bytes);
    this.at = this.begin();
    return taken;
  }

  private begin(): number {
    return HEADER.copy(this.bytes);
  }

  private need(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    this.bytes = Buffer.concat([this.bytes.subarray(0, this.at), Buffer.allocUnsafe(this.at + more)]);
    this.view = viewOf(this.bytes);
  }
}

const viewOf = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length);

/** A text as a cell. */
export function cellOf(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
