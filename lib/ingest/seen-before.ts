/** Bits: of ten million different entries about one in a hundred looks as if it was there before. */
const SIZE = 2 ** 27;

/** Counts entries that were there before, and a few that only look so: never too few. Takes 16 MB, however many they are. */
export class SeenBefore {
  /** How often an entry was added that was there before, at most. */
  count = 0;
  private bits: Int32Array | null = null;

  /** Whether it was there before, or looks so. */
  add(hash: number): boolean {
    const bits = (this.bits ??= new Int32Array(SIZE / 32));
    const mixed = mix(hash);
    // In one place, as far places of memory are slow to reach.
    const at = mixed >>> 10;
    const mark = (1 << (mixed & 31)) | (1 << ((mixed >>> 4) & 31));
    const was = (bits[at]! & mark) === mark;
    if (was) this.count += 1;
    else bits[at]! |= mark;
    return was;
  }
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
