import type { BuyingColumn, Leaf, Metric, RequirementsColumn, ShelfColumn, StoresColumn, SumColumn } from './catalog';
import { leavesOf } from './metric';

// Ratios, changes and contributions from leaves. SQL computes leaves, this computes the rest.

/** What the lines of one slice and period add up to. Amounts are in the currency's unit. */
export interface Leaves {
  sums: Record<Exclude<SumColumn, 'volume'> | 'volumeKg' | 'volumeL' | 'sizedUnits', number>;
  trips: number | null;
  identifiedTrips: number | null;
  shoppers: number | null;
  buying: Record<BuyingColumn, number>;
  requirements: Record<RequirementsColumn, number>;
  stores: Record<StoresColumn, number>;
  shelf: Record<ShelfColumn, number>;
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
  buying: { buyers: 0, repeatBuyers: 0, amount: 0, units: 0, volumeKg: 0, volumeL: 0, purchases: 0 },
  requirements: { soleBuyers: 0, amount: 0, units: 0, volumeKg: 0, volumeL: 0, purchases: 0 },
  stores: { selling: 0, sellingAmount: 0, amount: 0 },
  shelf: { stores: 0, storeWeeks: 0, commodity: 0, itemCommodity: 0, market: 0 },
};

/** The scopes of a metric for one row; null where there is none (no market, no data in the period). */
export interface Scoped {
  slice: Leaves | null;
  promoted: Leaves | null;
  market: Leaves | null;
  all: Leaves | null;
  universe: number | null;
}

export type VolumeUnit = 'kg' | 'l';

type Volumes = Record<'volumeKg' | 'volumeL', number>;

/** The unit that the volume is in; null where nothing is sized, "mixed" where kg and l both occur. */
export const volumeUnit = ({ sums }: Leaves): VolumeUnit | 'mixed' | null => unitOf(sums);

function unitOf({ volumeKg, volumeL }: Volumes): VolumeUnit | 'mixed' | null {
  if (volumeKg !== 0 && volumeL !== 0) return 'mixed';
  if (volumeKg !== 0) return 'kg';
  return volumeL === 0 ? null : 'l';
}

/** Of kg and l the one that occurs. */
const inOneUnit = (volumes: Volumes): number | null =>
  unitOf(volumes) === 'mixed' ? null : volumes.volumeKg || volumes.volumeL;

export const volumeOf = ({ sums }: Leaves): number | null => inOneUnit(sums);

const boughtOf = <Column extends string>(
  bought: Record<Column, number> & Volumes,
  column: Column | 'volume',
): number | null => (column === 'volume' ? inOneUnit(bought) : bought[column as Column]);

export function leafValue(leaf: Leaf, scoped: Scoped): number | null {
  if ('constant' in leaf) return scoped.universe;
  const leaves = scoped[leaf.scope];
  if (!leaves) return null;
  if ('distinct' in leaf) return leaves[leaf.distinct];
  if ('buying' in leaf) return boughtOf(leaves.buying, leaf.buying);
  if ('requirements' in leaf) return boughtOf(leaves.requirements, leaf.requirements);
  if ('stores' in leaf) return leaves.stores[leaf.stores];
  if ('shelf' in leaf) return leaves.shelf[leaf.shelf];
  return leaf.sum === 'volume' ? volumeOf(leaves) : leaves.sums[leaf.sum];
}

/** A quotient; null from a missing part or a zero denominator. */
export function divide(over: number | null, under: number | null, times = 1): number | null {
  return over === null || under === null || under === 0 ? null : (over / under) * times;
}

export function metricValue(metric: Metric, scoped: Scoped): number | null {
  const { compute } = metric;
  if (compute.kind === 'sum' || compute.kind === 'distinct') return leafValue(compute.leaf, scoped);
  if (!sameVolumeUnit(leavesOf(metric), scoped)) return null;
  if (compute.kind === 'ratio') {
    return isSized(compute.over, compute.under, scoped)
      ? divide(leafValue(compute.over, scoped), leafValue(compute.under, scoped), compute.times)
      : null;
  }
  const [over, under] = [compute.over, compute.under].map(([a, b]) =>
    isSized(a, b, scoped) ? divide(leafValue(a, scoped), leafValue(b, scoped)) : null,
  );
  return divide(over ?? null, under ?? null, 100);
}

export const usesVolume = (leaf: Leaf): boolean =>
  ('sum' in leaf && leaf.sum === 'volume') ||
  ('buying' in leaf && leaf.buying === 'volume') ||
  ('requirements' in leaf && leaf.requirements === 'volume');

/** Volume by something else: the value of what has no pack size is in the one and not in the other. */
function isSized(over: Leaf, under: Leaf, scoped: Scoped): boolean {
  if (usesVolume(over) === usesVolume(under)) return true;
  const leaves = scoped[over.scope];
  return leaves?.sums.sizedUnits === leaves?.sums.units;
}

/** Volumes set against each other are in one unit, or there is none of them. */
function sameVolumeUnit(leaves: readonly Leaf[], scoped: Scoped): boolean {
  const read = leaves.filter(usesVolume).map((leaf) => ({ leaf, held: scoped[leaf.scope] }));
  if (read.length < 2) return true;
  if (read.some(({ held }) => held === null)) return false;
  const units = read.flatMap(({ leaf, held }) => (held ? [unitOf(boughtBy(leaf, held))] : []));
  return new Set(units.filter((unit) => unit !== null)).size <= 1;
}

function boughtBy(leaf: Leaf, leaves: Leaves): Volumes {
  if ('buying' in leaf) return leaves.buying;
  return 'requirements' in leaf ? leaves.requirements : leaves.sums;
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
