/** Numbers drawn from a seed: the same seed asks the same questions. */
export class Chance {
  constructor(private state: number) {}

  /** From 0 up to, and without, 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  one<T>(among: readonly T[]): T {
    const drawn = among[this.whole(0, among.length - 1)];
    if (drawn === undefined) throw new Error('There is nothing to draw from.');
    return drawn;
  }

  /** So many, no two the same; all there are where that is fewer. */
  some<T>(among: readonly T[], count: number): T[] {
    const left = [...among];
    return Array.from(
      { length: Math.min(count, left.length) },
      () => left.splice(this.whole(0, left.length - 1), 1)[0]!,
    );
  }
}
