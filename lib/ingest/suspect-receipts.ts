import { copyOf, hashOf } from './names';
import { SeenBefore } from './seen-before';

/** From so many on they are not kept: whoever wants them looks for them in the lines. */
const MOST = 1 << 16;

/**
 * Receipts that may name several shoppers: those that the shopper changes in, and those that come again after another one. Where the
 * lines of a receipt stand together these are few, and hardly more than there are. Never too few.
 */
export class SuspectReceipts {
  private readonly suspects = new Set<string>();
  private readonly seen = new SeenBefore();
  private key = 0;
  private shopper = -1;

  /** Their ids; null where they are too many. */
  get all(): readonly string[] | null {
    return this.suspects.size < MOST ? [...this.suspects] : null;
  }

  /** A line: the text that its receipt's id stands in, what tells that receipt from others of the id, and its shopper by number. */
  add(text: string, from: number, to: number, other: number, shopper: number): void {
    const key = hashOf(text, from, to) ^ Math.imul(other, 0x9e3779b1);
    if (this.shopper >= 0 && key === this.key) {
      if (shopper === this.shopper) return;
    } else if (!this.seen.add(key)) {
      this.key = key;
      this.shopper = shopper;
      return;
    }
    this.key = key;
    this.shopper = shopper;
    if (this.suspects.size < MOST) this.suspects.add(copyOf(text.slice(from, to)));
  }
}
