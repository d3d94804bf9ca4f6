import type { Column } from './number-columns';

// Rows in PostgreSQL's binary form, as COPY takes them: a count of fields, then each field behind its length.

/** What a COPY in this form begins with. */
export const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const PIECE = 1 << 19;

/** Element types of lists: their width in bytes (of 8: bigint), and PostgreSQL's number for them. */
const oids = { 2: 21, 4: 23, 8: 20 } as const;
export type Width = keyof typeof oids;

/** A list that is filled from columns and then written as a field. */
export class ListField {
  private buffer = new Uint8Array(1 << 12);
  // Several times as fast as the methods of Buffer, and values are many.
  private view = new DataView(this.buffer.buffer);
  private at = 0;

  constructor(readonly width: Width) {}

  /** Takes these rows of a column, which is wide where the values of the list are. */
  take({ wide, words }: Column, from: number, to: number): void {
    const { width } = this;
    if (wide !== (width === 8)) throw new Error(`The column is none of ${width} bytes.`);
    while (this.at + (4 + width) * (to - from) > this.buffer.length) this.grow();
    const { view } = this;
    let { at } = this;
    for (let row = from; row < to; row += 1) {
      view.setInt32(at, width);
      if (wide) {
        view.setInt32(at + 4, words[2 * row + 1]!);
        view.setInt32(at + 8, words[2 * row]!);
      } else if (width === 4) view.setInt32(at + 4, words[row]!);
      else view.setInt16(at + 4, words[row]!);
      at += 4 + width;
    }
    this.at = at;
  }

  /** What was taken, which is forgotten. */
  give(): { values: Uint8Array; count: number; oid: number } {
    const values = this.buffer.subarray(0, this.at);
    this.at = 0;
    return { values, count: values.length / (4 + this.width), oid: oids[this.width] };
  }

  private grow(): void {
    const { buffer } = this;
    this.buffer = new Uint8Array(buffer.length * 2);
    this.buffer.set(buffer);
    this.view = new DataView(this.buffer.buffer);
  }
}

/** Gathers rows in one piece of memory: it is taken when it is full, and free again when the next is begun. */
export class BinaryRows {
  // Most months fill a small part of a piece.
  private buffer = Buffer.alloc(1 << 13);
  private at = HEADER.copy(this.buffer);

  get full(): boolean {
    return this.at >= PIECE;
  }

  row(fields: number): void {
    this.need(2);
    this.at = this.buffer.writeInt16BE(fields, this.at);
  }

  smallint(value: number): void {
    this.need(6);
    this.at = this.buffer.writeInt16BE(value, this.buffer.writeInt32BE(2, this.at));
  }

  integer(value: number): void {
    this.need(8);
    this.at = this.buffer.writeInt32BE(value, this.buffer.writeInt32BE(4, this.at));
  }

  /** A bitmap of so many bytes, which are 0 until they are written. */
  bitmap(bytes: number): Buffer {
    this.need(8 + bytes);
    const at = this.buffer.writeInt32BE(bytes * 8, this.buffer.writeInt32BE(4 + bytes, this.at));
    this.at = at + bytes;
    return this.buffer.subarray(at, this.at).fill(0);
  }

  list(field: ListField): void {
    const { values, count, oid } = field.give();
    this.need(24 + values.length);
    for (const value of [20 + values.length, 1, 0, oid, count, 1]) this.at = this.buffer.writeInt32BE(value, this.at);
    this.buffer.set(values, this.at);
    this.at += values.length;
  }

  take(): Buffer {
    const piece = this.buffer.subarray(0, this.at);
    this.at = 0;
    return piece;
  }

  /** The rest, and that it is the rest. */
  end(): Buffer {
    this.need(2);
    this.at = this.buffer.writeInt16BE(-1, this.at);
    return this.take();
  }

  private need(bytes: number): void {
    while (this.at + bytes > this.buffer.length)
      this.buffer = Buffer.concat([this.buffer, Buffer.alloc(this.buffer.length)]);
  }
}
