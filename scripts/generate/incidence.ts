import { dayCount, dayWeights } from './calendar';
import { markets } from './markets';
import type { Shoppers } from './shoppers';
import { cumulate, pickCumulative, poisson, stream, type Uniform } from './seed';

export interface Trips {
  /** Ordered by day, then shopper. */
  shopper: Uint32Array;
  /** Bit m: the shopper buys category m. */
  categories: Uint8Array;
  /** First trip of each day; one entry more than there are days. */
  start: Uint32Array;
}

/** Days by which an occasion may move to join a trip that is made anyway. */
const reach = 6;

/**
 * How often each shopper buys a category is Poisson at the shopper's rate, hence NBD over shoppers. Each occasion falls on a
 * day by season and weekday, then joins a trip of the shopper within a few days that does not buy the category yet. So
 * occasions of different categories share baskets, while each category keeps its count and, within days, its season.
 */
export function drawTrips(seed: number, shoppers: Shoppers): Trips {
  const uniform = stream(seed, 'trips');
  const width = markets.length;
  const counts = drawCounts(seed, shoppers);
  const most = counts.reduce((sum, count) => sum + count, 0);
  const day = new Uint16Array(most);
  const shopperOf = new Uint32Array(most);
  const categories = new Uint8Array(most);
  const days = markets.map((market) => cumulate(dayWeights(market.season, market.growth)));
  const plan = new Uint8Array(dayCount);
  const start = new Uint32Array(dayCount + 1);
  let made = 0;
  for (let shopper = 0; shopper < shoppers.count; shopper++) {
    plan.fill(0);
    for (let step = 0; step < width; step++) {
      // Another category first for each shopper: no category decides alone when people shop.
      const m = (shopper + step) % width;
      const bit = 1 << m;
      for (let left = counts[shopper * width + m]!; left > 0; left--) place(uniform, plan, days[m]!, bit);
    }
    for (let d = 0; d < dayCount; d++) {
      if (plan[d] === 0) continue;
      day[made] = d;
      shopperOf[made] = shopper;
      categories[made++] = plan[d]!;
      start[d + 1]!++;
    }
  }
  for (let d = 0; d < dayCount; d++) start[d + 1]! += start[d]!;
  return byDay(day.subarray(0, made), shopperOf, categories, start);
}

function drawCounts(seed: number, { rates }: Shoppers): Uint16Array {
  const uniform = stream(seed, 'incidence');
  // A shopper buys a category at most every other day, which leaves room to place the occasions.
  return Uint16Array.from(rates, (rate) => Math.min(dayCount >> 1, poisson(uniform, rate)));
}

function place(uniform: Uniform, plan: Uint8Array, days: Float64Array, bit: number): void {
  for (;;) {
    const d = pickCumulative(uniform, days);
    const side = uniform() < 0.5 ? 1 : -1;
    for (let away = 0; away <= reach; away++) {
      const near = d + side * away;
      const far = d - side * away;
      if (near >= 0 && near < dayCount && joins(plan[near]!, bit)) return void (plan[near]! |= bit);
      if (far >= 0 && far < dayCount && joins(plan[far]!, bit)) return void (plan[far]! |= bit);
    }
    if (plan[d] === 0) return void (plan[d] = bit);
  }
}

const joins = (planned: number, bit: number): boolean => planned !== 0 && (planned & bit) === 0;

/** Counting sort: shoppers stay in order within a day. */
function byDay(day: Uint16Array, shopperOf: Uint32Array, categoriesOf: Uint8Array, start: Uint32Array): Trips {
  const shopper = new Uint32Array(day.length);
  const categories = new Uint8Array(day.length);
  const next = start.slice();
  for (let i = 0; i < day.length; i++) {
    const at = next[day[i]!]!++;
    shopper[at] = shopperOf[i]!;
    categories[at] = categoriesOf[i]!;
  }
  return { shopper, categories, start };
}
