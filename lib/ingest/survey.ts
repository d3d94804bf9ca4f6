import { Names } from './names';
import { SeenBefore } from './seen-before';
import { SuspectReceipts, type Suspects } from './suspect-receipts';

/** Columns whose different names are wanted, if they are not too many. */
const named = ['store', 'region', 'channel', 'shopper', 'product', 'brand', 'manufacturer'] as const;

const FEWEST_PRICES = 5;
/** Sums of other programs differ by less. */
const NOISE = 1e-6;
const DAY = 86_400_000;

/** Logarithms of the unit prices of a product. */
interface Prices {
  count: number;
  sum: number;
  least: number;
  most: number;
}

/**
 * What the reader sees of all lines that it accepts while it passes, for the rules and counts that are asked of them: what it
 * rules out need not be looked for in millions of lines. Only of a file that is read in one go; its size does not grow with it.
 */
export class Survey {
  readonly names = new Map<string, Names>(named.map((name) => [name, new Names()]));
  /** How many lines have a value, by column. */
  readonly filled = new Map<string, { count: number }>();
  readonly repeated = new SeenBefore();
  private readonly receipts = new SuspectReceipts();
  private readonly days = new Map<string, { amount: number }>();
  private day = { amount: 0 };
  private date = '';
  private readonly prices: Prices[] = [];

  /** Where the filled values of a column are counted. */
  counter(column: string): { count: number } {
    const counter = this.filled.get(column) ?? { count: 0 };
    this.filled.set(column, counter);
    return counter;
  }

  /** A line of this day and product (-1: none, or unknown), in units and amounts of any scale. */
  sold(date: string, product: number, units: number, amount: number): void {
    if (date !== this.date) {
      this.date = date;
      this.day = this.days.get(date) ?? { amount: 0 };
      this.days.set(date, this.day);
    }
    this.day.amount += amount;
    if (product < 0 || units <= 0 || amount <= 0) return;
    const price = Math.log(amount / units);
    const prices = (this.prices[product] ??= { count: 0, sum: 0, least: Infinity, most: -Infinity });
    prices.count += 1;
    prices.sum += price;
    if (price < prices.least) prices.least = price;
    if (price > prices.most) prices.most = price;
  }

  /** A line of this receipt and shopper (-1: one of too many to know). */
  bought(text: string, from: number, to: number, day: number, store: number, shopper: number): void {
    if (shopper >= 0) this.receipts.add(text, from, to, day, store, shopper);
  }

  /** All receipts that may name several shoppers; null where there are too many, or too many shoppers, to say. */
  get suspectReceipts(): Suspects | null {
    return this.names.get('shopper')!.all === null ? null : this.receipts.all;
  }

  /** No product has a price so many times its usual one, or under that part of it. */
  hasUsualPrices(times: number): boolean {
    if (this.names.get('product')!.all === null) return false;
    return this.prices.every(({ count, sum, least, most }) => {
      const usual = sum / count;
      return count < FEWEST_PRICES || Math.max(most - usual, usual - least) < Math.log(times) - NOISE;
    });
  }

  /** Days, or weeks, between the first and the last that have no revenue; null where the sums are too large to be exact. */
  withoutRevenue(step: number): number | null {
    const dates = [...this.days.keys()].map((date) => Date.parse(date) / DAY);
    const first = dates.reduce((one, other) => Math.min(one, other), Infinity);
    const last = dates.reduce((one, other) => Math.max(one, other), -Infinity);
    const sums = [...this.days.values()].map(({ amount }) => amount);
    if (!sums.every(Number.isSafeInteger)) return null;
    const sold = new Set(dates.filter((_, at) => sums[at] !== 0).map((day) => Math.floor((day - first) / step)));
    return dates.length === 0 ? null : Math.floor((last - first) / step) + 1 - sold.size;
  }
}
