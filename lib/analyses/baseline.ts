import { addUp, type Milli } from './amounts';

/** An item in a store, in weeks in which it sold; one row a week, in any order. Weeks count from 0. */
export interface ItemStoreWeeks {
  weeks: readonly { week: number; units: Milli; promoted: boolean }[];
}

export interface BaselineWeek {
  week: number;
  units: Milli;
  base: Milli;
  promoted: boolean;
}

export interface Baseline {
  /** Why there is none; sums are then of nothing. */
  reason: 'noPromotions' | 'tooFewRegularWeeks' | null;
  /** base + incremental = units, all of the item-stores with enough regular weeks. */
  units: Milli;
  base: Milli;
  incremental: Milli;
  /** Units of item-stores with fewer regular weeks than needed: not in the sums. */
  leftOut: Milli;
  /** Incremental ÷ base in promoted weeks, in percent. */
  lift: number | null;
  /** Standard error of incremental, in thousandths of units, and of lift, in points (its base taken as given). */
  error: { incremental: number; lift: number | null };
  /** Sums by week, of the same item-stores; their bases add up to the base. */
  weeks: BaselineWeek[];
}

/** Regular weeks that a base is the mean of, and the fewest that an item-store needs. */
const NEAREST = 8;
const LEAST = 4;

interface Series {
  first: number;
  units: Float64Array;
  promoted: boolean[];
  /** Positions of the weeks that were not promoted. */
  regular: number[];
}

/**
 * Base and incremental units. Method: an item-store's base in a promoted week is the mean of its 8 nearest weeks that were
 * not promoted; weeks without a sale between its first and last count as regular weeks with 0. A regular week is all base.
 * Error: the spread of regular weeks around the mean of their own neighbours, carried through the sums as if weeks and
 * item-stores were independent. An estimate: it knows no season sharper than its window, nor stocking up.
 */
export function baseline(itemStores: readonly ItemStoreWeeks[]): Baseline {
  const sums = { units: 0, promotedUnits: 0, promotedBase: 0, leftOut: 0, variance: 0 };
  const byWeek = new Map<number, { week: number; units: number; base: number; promoted: boolean }>();
  let used = 0;
  let withPromotions = 0;
  for (const { weeks } of itemStores) {
    const series = seriesOf(weeks);
    const all = series.units.reduce((sum, units) => sum + units, 0);
    if (series.promoted.includes(true)) withPromotions++;
    if (series.regular.length < LEAST) {
      sums.leftOut += all;
      continue;
    }
    sums.units += all;
    // How often each regular week was used: a base that many promoted weeks share errs in all of them alike.
    const uses = new Float64Array(series.units.length);
    let promotedWeeks = 0;
    for (const [at, units] of series.units.entries()) {
      const promoted = series.promoted[at] ?? false;
      const base = promoted ? meanOf(series, nearest(series.regular, at), uses) : units;
      if (promoted) {
        sums.promotedUnits += units;
        sums.promotedBase += base;
        promotedWeeks++;
      }
      const week = series.first + at;
      const sum = byWeek.get(week) ?? { week, units: 0, base: 0, promoted: false };
      byWeek.set(week, { week, units: sum.units + units, base: sum.base + base, promoted: sum.promoted || promoted });
    }
    if (promotedWeeks === 0) continue;
    used++;
    sums.variance += varianceOf(series) * (promotedWeeks + uses.reduce((sum, use) => sum + use * use, 0));
  }
  const incremental = Math.round(sums.promotedUnits - sums.promotedBase);
  const base = BigInt(sums.units - incremental);
  const error = Math.sqrt(sums.variance);
  const percent = (over: number) => (sums.promotedBase > 0 ? (over / sums.promotedBase) * 100 : null);
  const weeks = [...byWeek.values()].sort((a, b) => a.week - b.week);
  const bases = addUp(
    weeks.map((sum) => sum.base),
    base,
  );
  return {
    reason: withPromotions === 0 ? 'noPromotions' : used === 0 ? 'tooFewRegularWeeks' : null,
    units: BigInt(sums.units),
    base,
    incremental: BigInt(incremental),
    leftOut: BigInt(sums.leftOut),
    lift: percent(sums.promotedUnits - sums.promotedBase),
    error: { incremental: error, lift: percent(error) },
    weeks: weeks.map((sum, at) => ({ ...sum, units: BigInt(sum.units), base: bases[at] ?? 0n })),
  };
}

function seriesOf(weeks: ItemStoreWeeks['weeks']): Series {
  if (weeks.length === 0) return { first: 0, units: new Float64Array(0), promoted: [], regular: [] };
  const first = weeks.reduce((least, { week }) => Math.min(least, week), Infinity);
  const last = weeks.reduce((most, { week }) => Math.max(most, week), -Infinity);
  const units = new Float64Array(last - first + 1);
  const promoted = new Array<boolean>(units.length).fill(false);
  for (const { week, units: sold, promoted: deal } of weeks) {
    units[week - first] = Number(sold);
    promoted[week - first] = deal;
  }
  return { first, units, promoted, regular: [...promoted.keys()].filter((at) => !promoted[at]) };
}

/** The regular weeks nearest to `at`, without itself; the earlier of two that are equally near. */
function nearest(regular: readonly number[], at: number): number[] {
  let right = regular.findIndex((week) => week >= at);
  if (right === -1) right = regular.length;
  let left = right - 1;
  if (regular[right] === at) right++;
  const found: number[] = [];
  while (found.length < NEAREST && (left >= 0 || right < regular.length)) {
    const before = regular[left];
    const after = regular[right];
    if (after === undefined || (before !== undefined && at - before <= after - at)) {
      found.push(before ?? 0);
      left--;
    } else {
      found.push(after);
      right++;
    }
  }
  return found;
}

function meanOf({ units }: Series, weeks: readonly number[], uses?: Float64Array): number {
  let sum = 0;
  for (const week of weeks) {
    sum += units[week] ?? 0;
    if (uses) uses[week] = (uses[week] ?? 0) + 1 / weeks.length;
  }
  return sum / weeks.length;
}

/** Variance of a regular week, from how far each lies from the mean of its k neighbours: that varies by 1 + 1/k as much. */
function varianceOf(series: Series): number {
  const squares = series.regular.map((at) => {
    const weeks = nearest(series.regular, at);
    return ((series.units[at] ?? 0) - meanOf(series, weeks)) ** 2 / (1 + 1 / weeks.length);
  });
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}
