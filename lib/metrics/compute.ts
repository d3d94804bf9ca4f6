import type { Leaf, Metric, SumColumn } from './catalog';

// Ratios, changes and contributions from leaves. SQL computes leaves, this computes the rest.

/** What the lines of one slice and period add up to. Amounts are in the currency's unit. */
export interface Leaves {
  sums: Record<Exclude<SumColumn, 'volume'> | 'volumeKg' | 'volumeL' | 'sizedUnits', number>;
  trips: number | null;
  identifiedTrips: number | null;
  shoppers: number | null;
}

export const noLeaves: Leaves = {
  sums: {
    lines: 0,
    units: 0,
    amount: 0,
    volumeKg: 0,
    volumeL: 0,
    sizedUnits: 0,
    identifiedUnits: 0,
    identifiedAmount: 0,
    basketUnits: 0,
    basketAmount: 0,
    promotedUnits: 0,
    promotedAmount: 0,
  },
  trips: 0,
  identifiedTrips: 0,
  shoppers: 0,
};

/** The three scopes of a metric for one row; null where there is none (no market, no data in the period). */
export interface Scoped {
  slice: Leaves | null;
  market: Leaves | null;
  all: Leaves | null;
  universe: number | null;
}

export type VolumeUnit = 'kg' | 'l';

/** The unit that the volume is in; null where nothing is sized, "mixed" where kg and l both occur. */
export function volumeUnit({ sums }: Leaves): VolumeUnit | 'mixed' | null {
  if (sums.volumeKg !== 0 && sums.volumeL !== 0) return 'mixed';
  if (sums.volumeKg !== 0) return 'kg';
  return sums.volumeL === 0 ? null : 'l';
}

export function volumeOf(leaves: Leaves): number | null {
  const unit = volumeUnit(leaves);
  if (unit === 'mixed') return null;
  return unit === 'l' ? leaves.sums.volumeL : leaves.sums.volumeKg;
}

export function leafValue(leaf: Leaf, scoped: Scoped): number | null {
  if ('constant' in leaf) return scoped.universe;
  const leaves = scoped[leaf.scope];
  if (!leaves) return null;
  if ('distinct' in leaf) return leaves[leaf.distinct];
  return leaf.sum === 'volume' ? volumeOf(leaves) : leaves.sums[leaf.sum];
}

/** A quotient; null from a missing part or a zero denominator. */
export function divide(over: number | null, under: number | null, times = 1): number | null {
  return over === null || under === null || under === 0 ? null : (over / under) * times;
}

export function metricValue(metric: Metric, scoped: Scoped): number | null {
  const { compute } = metric;
  if (compute.kind !== 'ratio') return leafValue(compute.leaf, scoped);
  const [over, under] = [usesVolume(compute.over), usesVolume(compute.under)];
  if (over && under && !sameVolumeUnit(scoped)) return null;
  // The value of what has no pack size is in the one and not in the other.
  if (over !== under && scoped.slice?.sums.sizedUnits !== scoped.slice?.sums.units) return null;
  return divide(leafValue(compute.over, scoped), leafValue(compute.under, scoped), compute.times);
}

export const usesVolume = (leaf: Leaf): boolean => 'sum' in leaf && leaf.sum === 'volume';

function sameVolumeUnit({ slice, market }: Scoped): boolean {
  if (!slice || !market) return false;
  const mine = volumeUnit(slice);
  return mine === null || mine === volumeUnit(market);
}

/** Percent of the base; points for percentages; null from a base <= 0 or where either value is missing. */
export function changeOf(metric: Metric, now: number | null, before: number | null): number | null {
  if (now === null || before === null) return null;
  if (metric.unit === 'percent' || metric.unit === 'points') return now - before;
  return before <= 0 ? null : ((now - before) / before) * 100;
}

/** Points that a row adds to the growth of its market: (row2 − row1) ÷ market1. */
export function contributionOf(now: number | null, before: number | null, marketBefore: number | null): number | null {
  if (now === null || before === null || marketBefore === null || marketBefore <= 0) return null;
  return ((now - before) / marketBefore) * 100;
}

/** Part of the market's change that is the row's; null where the market hardly moves or the two move apart. */
export function shareOfGrowth(
  now: number | null,
  before: number | null,
  marketNow: number | null,
  marketBefore: number | null,
): number | null {
  if (now === null || before === null || marketNow === null || marketBefore === null) return null;
  const change = now - before;
  const marketChange = marketNow - marketBefore;
  if (Math.abs(marketChange) <= Math.abs(marketBefore) * 1e-6 || change * marketChange < 0) return null;
  return (change / marketChange) * 100;
}
