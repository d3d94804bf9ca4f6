/** Bits: of ten million different entries about one in a hundred looks as if it was there before. */
const SIZE = 2 ** 27;

/** So many different ones are kept as they are. A small file does without the bits: memory to be filled, and to be given back. */
const FEW = 2 ** 15;

/** Counts entries that were there before, and a few that only look so: never too few. Takes 16 MB, however many they are. */
export class SeenBefore {
  /** How often an entry was added that was there before, at most. */
  count = 0;
  private few = new Set<number>();
  private bits: Int32Array | null = null;

  /** Whether it was there before, or looks so. */
  add(hash: number): boolean {
    const was = this.bits ? mark(this.bits, hash) : this.few.has(hash);
    if (was) this.count += 1;
    else if (!this.bits) this.keep(hash);
    return was;
  }

  private keep(hash: number): void {
    this.few.add(hash);
    if (this.few.size < FEW) return;
    this.bits = new Int32Array(SIZE / 32);
    for (const one of this.few) mark(this.bits, one);
    this.few.clear();
  }
}

/** Whether it was marked, or looks so. */
function mark(bits: Int32Array, hash: number): boolean {
  const mixed = mix(hash);
  // In one place, as far places of memory are slow to reach.
  const at = mixed >>> 10;
  const both = (1 << (mixed & 31)) | (1 << ((mixed >>> 4) & 31));
  const was = (bits[at]! & both) === both;
  if (!was) bits[at]! |= both;
  return was;
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
