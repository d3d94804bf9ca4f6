import 'server-only';
import { damagedBook, type CompoundFile } from './compound';

// The records of an old Excel workbook, [MS-XLS]: a type, a length, and so many bytes.

/** What a record is, by its type. */
export const KIND = {
  formula: 0x06,
  end: 0x0a,
  date1904: 0x22,
  password: 0x2f,
  more: 0x3c,
  sheet: 0x85,
  manyRk: 0xbd,
  richText: 0xd6,
  style: 0xe0,
  texts: 0xfc,
  sharedText: 0xfd,
  number: 0x203,
  text: 0x204,
  flag: 0x205,
  result: 0x207,
  rk: 0x27e,
  format: 0x41e,
  begin: 0x809,
} as const;

export interface BiffRecord {
  kind: number;
  /** Its bytes, and those of the records that go on with it. */
  parts: Buffer[];
}

const known = new Set<number>(Object.values(KIND));
/** Bytes of one record with all that go on with it: texts that are shared by cells stand in one. */
const LONGEST = 400_000_000;

/** The records of the workbook from a place on, some at a time; those of other kinds are left out. */
export async function* recordsOf(file: CompoundFile, from = 0): AsyncGenerator<BiffRecord[]> {
  let rest: Buffer = Buffer.alloc(0);
  let last: BiffRecord | null = null;
  let size = 0;
  for await (const piece of file.read('Workbook', from)) {
    const bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const found: BiffRecord[] = [];
    let at = 0;
    while (at + 4 <= bytes.length) {
      const kind = bytes.readUInt16LE(at);
      const end = at + 4 + bytes.readUInt16LE(at + 2);
      if (end > bytes.length) break;
      const body = bytes.subarray(at + 4, end);
      at = end;
      if (kind === KIND.more) {
        last?.parts.push(body);
        size += body.length;
        if (size > LONGEST) throw damagedBook('a record of it is too long');
        continue;
      }
      // What may be gone on with is handed out when the next record begins.
      if (last) found.push(last);
      size = body.length;
      last = known.has(kind) ? { kind, parts: [body] } : null;
    }
    rest = bytes.subarray(at);
    if (found.length > 0) yield found;
  }
  if (last) yield [last];
}

/** Reads a record on, part after part. */
export class Cursor {
  private part = 0;
  private at = 0;

  constructor(private readonly parts: readonly Buffer[]) {}

  private get bytes(): Buffer {
    const bytes = this.parts[this.part];
    if (!bytes) throw damagedBook('a record of it ends too early');
    return bytes;
  }

  private get left(): number {
    return this.bytes.length - this.at;
  }

  private turn(): void {
    while (this.left === 0) {
      this.part += 1;
      this.at = 0;
    }
  }

  byte(): number {
    this.turn();
    const value = this.bytes[this.at]!;
    this.at += 1;
    return value;
  }

  u16(): number {
    return this.byte() | (this.byte() << 8);
  }

  u32(): number {
    return this.u16() + this.u16() * 0x10000;
  }

  skip(count: number): void {
    for (let left = count; left > 0;) {
      this.turn();
      const step = Math.min(left, this.left);
      this.at += step;
      left -= step;
    }
  }

  /** A text of so many characters, whose form is told before it; each part that goes on with it tells the form anew. */
  text(length: number): string {
    const form = this.byte();
    const runs = form & 8 ? this.u16() : 0;
    const extra = form & 4 ? this.u32() : 0;
    let wide = (form & 1) === 1;
    let text = '';
    for (let left = length; left > 0;) {
      if (this.left === 0) {
        this.turn();
        wide = (this.byte() & 1) === 1;
      }
      const step = Math.min(left, wide ? this.left >> 1 : this.left);
      if (step === 0) throw damagedBook('a text of it is cut in two');
      const end = this.at + (wide ? 2 * step : step);
      text += this.bytes.toString(wide ? 'utf16le' : 'latin1', this.at, end);
      this.at = end;
      left -= step;
    }
    this.skip(4 * runs + extra);
    return text;
  }
}
