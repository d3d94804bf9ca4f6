import { addUp, total, type Milli } from './amounts';

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
  /** The base of promoted weeks alone, in thousandths of units. */
  promotedBase: number;
  /** Incremental ÷ base in promoted weeks, in percent. */
  lift: number | null;
  /** Standard errors: of incremental and of the base of promoted weeks, in thousandths of units, and of lift, in points. */
  error: { incremental: number; base: number; lift: number | null };
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
 * Error: the spread of regular weeks around the mean of their own neighbours, in promoted weeks as much more in variance as
 * they sell more (as counts have), carried through the sums as if weeks and item-stores were independent. An estimate: it knows no season sharper than its window, nor stocking up.
 */
export function baseline(itemStores: readonly ItemStoreWeeks[]): Baseline {
  const sums = { units: 0, promotedUnits: 0, promotedBase: 0, leftOut: 0, variance: 0, baseVariance: 0 };
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
    const promotions = { weeks: 0, units: 0, base: 0 };
    for (const [at, units] of series.units.entries()) {
      const promoted = series.promoted[at] ?? false;
      const base = promoted ? meanOf(series, nearest(series.regular, at), uses) : units;
      if (promoted) {
        promotions.weeks++;
        promotions.units += units;
        promotions.base += base;
      }
      const week = series.first + at;
      const sum = byWeek.get(week) ?? { week, units: 0, base: 0, promoted: false };
      byWeek.set(week, { week, units: sum.units + units, base: sum.base + base, promoted: sum.promoted || promoted });
    }
    if (promotions.weeks === 0) continue;
    used++;
    sums.promotedUnits += promotions.units;
    sums.promotedBase += promotions.base;
    const rise = promotions.base > 0 ? Math.max(1, promotions.units / promotions.base) : 1;
    const variance = varianceOf(series);
    const ofBase = variance * uses.reduce((sum, use) => sum + use * use, 0);
    sums.baseVariance += ofBase;
    sums.variance += variance * promotions.weeks * rise + ofBase;
  }
  const incremental = Math.round(sums.promotedUnits - sums.promotedBase);
  const base = BigInt(sums.units - incremental);
  const error = { incremental: Math.sqrt(sums.variance), base: Math.sqrt(sums.baseVariance) };
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
    promotedBase: sums.promotedBase,
    ...liftOf(sums.promotedUnits - sums.promotedBase, error, sums.promotedBase),
    weeks: weeks.map((sum, at) => ({ ...sum, units: BigInt(sum.units), base: bases[at] ?? 0n })),
  };
}

/** Lift is a quotient: an error of its base changes it by as many times as much as promoted weeks sell of their base. */
function liftOf(
  incremental: number,
  error: Omit<Baseline['error'], 'lift'>,
  base: number,
): Pick<Baseline, 'lift' | 'error'> {
  const percent = (over: number) => (base > 0 ? (over / base) * 100 : null);
  const ofUnits = error.incremental ** 2 - error.base ** 2;
  const ofLift = Math.sqrt(Math.max(0, ofUnits) + (1 + incremental / base) ** 2 * error.base ** 2);
  return { lift: percent(incremental), error: { ...error, lift: percent(ofLift) } };
}

/** Baselines of item-stores that have none in common, together: sums and their weeks add up to the last unit. */
export function addBaselines(list: readonly Baseline[]): Baseline {
  const weeks = new Map<number, BaselineWeek>();
  for (const { week, units, base, promoted } of list.flatMap((one) => one.weeks)) {
    const sum = weeks.get(week) ?? { week, units: 0n, base: 0n, promoted: false };
    weeks.set(week, {
      week,
      units: sum.units + units,
      base: sum.base + base,
      promoted: sum.promoted || promoted,
    });
  }
  const incremental = total(list.map((one) => one.incremental));
  const promotedBase = list.reduce((sum, one) => sum + one.promotedBase, 0);
  const rootOfSquares = (of: 'incremental' | 'base') =>
    Math.sqrt(list.reduce((sum, one) => sum + one.error[of] ** 2, 0));
  const error = { incremental: rootOfSquares('incremental'), base: rootOfSquares('base') };
  const reasons = list.map(({ reason }) => reason);
  return {
    reason: reasons.includes(null) ? null : (reasons.find((reason) => reason !== 'noPromotions') ?? 'noPromotions'),
    units: total(list.map((one) => one.units)),
    base: total(list.map((one) => one.base)),
    incremental,
    leftOut: total(list.map((one) => one.leftOut)),
    promotedBase,
    ...liftOf(Number(incremental), error, promotedBase),
    weeks: [...weeks.values()].sort((a, b) => a.week - b.week),
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
