import { copyOf } from './names';
import type { PlainRow } from './plain-row';

const SLOTS = 1 << 14;
const APART = 0x1f;

/** What was made of cells, for the rows below that say the same: lines repeat their members and days. Holds so many at most. */
export class Recall<T> {
  private readonly keys: (string | undefined)[] = Array.from({ length: SLOTS });
  private readonly values: T[] = [];

  constructor(
    private readonly cells: readonly number[],
    private readonly make: (fields: string[]) => T,
  ) {}

  of(row: PlainRow): T {
    const { text, from, to } = row;
    let hash = 0;
    for (const cell of this.cells) {
      for (let at = from[cell]!; at < to[cell]!; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
      hash = (Math.imul(hash, 31) + APART) | 0;
    }
    const slot = (hash ^ (hash >>> 14)) & (SLOTS - 1);
    if (this.holds(slot, row)) return this.values[slot]!;
    const fields = this.cells.map((cell) => copyOf(row.string(cell)));
    this.keys[slot] = copyOf(fields.map((field) => field + String.fromCharCode(APART)).join(''));
    return (this.values[slot] = this.make(fields));
  }

  private holds(slot: number, { text, from, to }: PlainRow): boolean {
    const key = this.keys[slot];
    if (key === undefined) return false;
    let into = 0;
    for (const cell of this.cells) {
      for (let at = from[cell]!; at < to[cell]!; at += 1, into += 1)
        if (key.charCodeAt(into) !== text.charCodeAt(at)) return false;
      if (key.charCodeAt(into) !== APART) return false;
      into += 1;
    }
    return into === key.length;
  }
}
