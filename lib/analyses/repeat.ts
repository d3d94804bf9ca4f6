import { divide } from '@/lib/metrics/compute';

/** Trips of identified shoppers with the brand, one row a trip, each shopper's rows together, in any order within. */
export interface ShopperTrips {
  shopper: ArrayLike<number>;
  /** Period of the trip (week, or day), from 0, the first in which trial counts. */
  period: ArrayLike<number>;
}

export interface DepthOfRepeat {
  /** By period: triers in it (first trip in the rows), and up to it: T(t). */
  trial: { triers: number; cumulative: number; percentOfBase: number | null }[];
  /** [n − 1][t]: of the triers with at least t periods left to observe, those with >= n repeats within t periods of trial. */
  repeat: { eligible: number; repeaters: number; percent: number | null }[][];
}

/**
 * Trial curve and depth of repeat. `periods` is how many the rows cover: who tries in the last has 0 left to observe. `base`
 * are the shoppers that trial is a part of. A second trip within the period of trial is a repeat at t = 0.
 */
export function depthOfRepeat(
  trips: ShopperTrips,
  { periods, depth, base }: { periods: number; depth: number; base: number },
): DepthOfRepeat {
  const triers = new Array<number>(periods).fill(0);
  // Marks where a trier starts (and, one past the end, stops) to count; summed up they are the counts.
  const eligible = new Array<number>(periods + 1).fill(0);
  const marks = Array.from({ length: depth }, () => new Array<number>(periods + 1).fill(0));
  const mark = (list: number[], from: number, to: number) => {
    list[from] = (list[from] ?? 0) + 1;
    list[to] = (list[to] ?? 0) - 1;
  };
  const size = trips.shopper.length;
  for (let start = 0, end = 0; start < size; start = end) {
    while (end < size && trips.shopper[end] === trips.shopper[start]) end++;
    const mine = ascending(trips.period, start, end);
    const first = mine[0] ?? 0;
    const left = periods - first;
    triers[first] = (triers[first] ?? 0) + 1;
    mark(eligible, 0, left);
    for (let n = 1; n < mine.length && n <= depth; n++) mark(marks[n - 1] ?? [], (mine[n] ?? 0) - first, left);
  }
  const enough = cumulate(eligible).slice(0, periods);
  return {
    trial: cumulate(triers).map((cumulative, at) => ({
      triers: triers[at] ?? 0,
      cumulative,
      percentOfBase: divide(cumulative, base, 100),
    })),
    repeat: marks.map((list) => {
      const repeaters = cumulate(list);
      return enough.map((count, t) => ({
        eligible: count,
        repeaters: repeaters[t] ?? 0,
        percent: divide(repeaters[t] ?? 0, count, 100),
      }));
    }),
  };
}

/**
 * Who the counts of `depthOfRepeat` count: shoppers in the order of the rows. `times`: repeats at least, within `within`
 * periods of trial; with 0, the triers with so many periods left.
 */
export function whoRepeats(
  { shopper, period }: ShopperTrips,
  { periods, within, times }: { periods: number; within: number; times: number },
): number[] {
  const found: number[] = [];
  for (let start = 0, end = 0; start < shopper.length; start = end) {
    while (end < shopper.length && shopper[end] === shopper[start]) end++;
    const mine = ascending(period, start, end);
    const first = mine[0] ?? 0;
    const nth = mine[times];
    if (within < periods - first && nth !== undefined && nth - first <= within) found.push(shopper[start] ?? 0);
  }
  return found;
}

/** Who tried from one period to another, both counted. */
export function whoTried({ shopper, period }: ShopperTrips, from: number, to: number): number[] {
  const firsts = new Map<number, number>();
  for (let at = 0; at < shopper.length; at++) {
    const [who, when] = [shopper[at] ?? 0, period[at] ?? 0];
    firsts.set(who, Math.min(firsts.get(who) ?? when, when));
  }
  return [...firsts].flatMap(([who, when]) => (when >= from && when <= to ? [who] : []));
}

/** A shopper's periods in order; mostly they come so. */
function ascending(periods: ArrayLike<number>, start: number, end: number): number[] {
  const mine: number[] = [];
  let sorted = true;
  for (let at = start; at < end; at++) {
    const period = periods[at] ?? 0;
    sorted &&= at === start || mine[mine.length - 1]! <= period;
    mine.push(period);
  }
  return sorted ? mine : mine.sort((a, b) => a - b);
}

function cumulate(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}

/** The three repeat rates, in percent: always say which. */
export interface RepeatRates {
  /** (a) Of the period's buyers, those with >= 2 trips in it. */
  twice: number | null;
  /** (b) Of the first period's buyers, those who also bought in the second. */
  again: number | null;
  /** (c) Of the triers with enough periods left, those with a second trip within t periods. */
  ofTriers: number | null;
}

export const repeatRates = (counts: {
  buyers: number;
  buyersOnTwoTrips: number;
  firstPeriodBuyers: number;
  bothPeriodsBuyers: number;
  eligibleTriers: number;
  repeaters: number;
}): RepeatRates => ({
  twice: divide(counts.buyersOnTwoTrips, counts.buyers, 100),
  again: divide(counts.bothPeriodsBuyers, counts.firstPeriodBuyers, 100),
  ofTriers: divide(counts.repeaters, counts.eligibleTriers, 100),
});
