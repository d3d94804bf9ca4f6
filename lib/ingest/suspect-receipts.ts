import { copyOf, hashOf } from './names';
import { SeenBefore } from './seen-before';

/** From so many on they are not kept: whoever wants them looks for them in the lines. */
const MOST = 1 << 16;
/** Of stores that have a number. */
const MOST_STORES = 1 << 18;

/** Ids, and the day of each. */
export interface Suspects {
  receipts: string[];
  days: number[];
}

/**
 * Receipts that may name several shoppers: those that the shopper changes in, and those that come again after another one. Where the
 * lines of a receipt stand together these are few, and hardly more than there are. Never too few.
 */
export class SuspectReceipts {
  private readonly receipts: string[] = [];
  private readonly days: number[] = [];
  private readonly seen = new SeenBefore();
  private key = 0;
  private shopper = -1;

  /** null where they are too many. */
  get all(): Suspects | null {
    const { receipts, days } = this;
    return receipts.length < MOST ? { receipts, days } : null;
  }

  /** A line: the text that its receipt's id stands in; the day and store of which it is, 0 where the id alone tells; and its shopper, by number. */
  add(text: string, from: number, to: number, day: number, store: number, shopper: number): void {
    const key = hashOf(text, from, to) ^ Math.imul(day * MOST_STORES + store, 0x9e3779b1);
    if (this.shopper >= 0 && key === this.key) {
      if (shopper === this.shopper) return;
    } else if (!this.seen.add(key)) {
      this.key = key;
      this.shopper = shopper;
      return;
    }
    this.key = key;
    this.shopper = shopper;
    if (this.receipts.length === MOST) return;
    this.receipts.push(copyOf(text.slice(from, to)));
    this.days.push(day);
  }
}
