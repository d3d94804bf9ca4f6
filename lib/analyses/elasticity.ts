import { inverse, Matrix } from 'ml-matrix';
import jStat from 'jstat';

/** Columns of one row an item, store and week with sales. Prices are averages of the week in any one unit. */
export interface PricedWeeks {
  /** Number of the item-store, 0, 1, 2 … */
  itemStore: Int32Array;
  /** Number of the week, 0, 1, 2 … */
  week: Int32Array;
  units: Float64Array;
  price: Float64Array;
  /** 1 in a promoted week, or the promoted part of units. */
  promoted: Float64Array;
}

export interface Estimate {
  value: number;
  error: number;
  /** 95 %. */
  interval: [number, number];
}

export interface ElasticityFit {
  reason: null;
  /** Percent that units move when price moves by one percent. */
  elasticity: Estimate;
  /** Of ln units, when promoted; null where promotion doesn't vary apart from price and the effects. */
  promotion: Estimate | null;
  /** Rows used; item-stores (clusters); weeks. */
  rows: number;
  itemStores: number;
  weeks: number;
  /** Standard deviation of ln price within item-stores and weeks. */
  variation: number;
  priceChanges: number;
}

export interface ElasticityRefusal {
  reason: 'fewPriceChanges' | 'littlePriceVariation' | 'oneItemStore' | 'tooFewRows';
  rows: number;
  itemStores: number;
  variation: number;
  priceChanges: number;
}

const LEAST_CHANGES = 30;
const LEAST_VARIATION = 0.02;
/** A price that moves by less is the same price: averages of a week wobble. */
const SAME_PRICE = 0.005;

/**
 * Price elasticity: ln units = item×store effect + week effect + β ln price + γ promotion, by two-way demeaning and least
 * squares; errors clustered by item-store (CR1: Cameron, A. C. and Miller, D. L. (2015), J. Human Resources 50, 317-372),
 * interval by Student's t with clusters − 1 degrees. Rows with units or price <= 0 have no logarithm and are left out.
 * Refuses, with the reason, where prices hardly moved: fewer than 30 changes, or ln price within item-stores and weeks
 * varies by less than 0.02.
 */
export function elasticity(all: PricedWeeks): ElasticityFit | ElasticityRefusal {
  const rows = usable(all);
  const size = rows.itemStore.length;
  const itemStores = new Set(rows.itemStore).size;
  const weeks = new Set(rows.week).size;
  const price = demean(rows.price.map(Math.log), rows);
  const variation = size === 0 ? 0 : Math.sqrt(price.reduce((sum, value) => sum + value * value, 0) / size);
  const priceChanges = countChanges(rows);
  const seen = { rows: size, itemStores, variation, priceChanges };
  if (priceChanges < LEAST_CHANGES) return { reason: 'fewPriceChanges', ...seen };
  if (itemStores < 2) return { reason: 'oneItemStore', ...seen };
  if (variation < LEAST_VARIATION) return { reason: 'littlePriceVariation', ...seen };

  const units = demean(rows.units.map(Math.log), rows);
  const promoted = demean(rows.promoted, rows);
  const columns = isApart(promoted, price) ? [price, promoted] : [price];
  // The effects of item-stores lie within clusters and cost no degrees of freedom there.
  const freedom = size - columns.length - (weeks - 1) - 1;
  if (freedom < 1) return { reason: 'tooFewRows', ...seen };
  const { coefficients, covariance } = leastSquares(columns, units, rows.itemStore);
  const correction = (itemStores / (itemStores - 1)) * ((size - 1) / freedom);
  const t = jStat.studentt.inv(0.975, itemStores - 1);
  const estimate = (at: number): Estimate => {
    const value = coefficients[at] ?? 0;
    const error = Math.sqrt(covariance.get(at, at) * correction);
    return { value, error, interval: [value - t * error, value + t * error] };
  };
  return { reason: null, elasticity: estimate(0), promotion: columns.length > 1 ? estimate(1) : null, ...seen, weeks };
}

function usable(all: PricedWeeks): PricedWeeks {
  const keep = [...all.units.keys()].filter((at) => (all.units[at] ?? 0) > 0 && (all.price[at] ?? 0) > 0);
  const floats = (column: Float64Array) => Float64Array.from(keep, (at) => column[at] ?? 0);
  const ints = (column: Int32Array) => Int32Array.from(keep, (at) => column[at] ?? 0);
  return {
    itemStore: ints(all.itemStore),
    week: ints(all.week),
    units: floats(all.units),
    price: floats(all.price),
    promoted: floats(all.promoted),
  };
}

/** Takes means of item-stores and of weeks off by turns, until neither is left (they overlap unless the panel is full). */
function demean(column: Float64Array, { itemStore, week }: PricedWeeks): Float64Array {
  const values = column.slice();
  for (let round = 0; round < 1000; round++) {
    const moved = Math.max(takeMeansOff(values, itemStore), takeMeansOff(values, week));
    if (moved < 1e-11) break;
  }
  return values;
}

function takeMeansOff(values: Float64Array, group: Int32Array): number {
  const size = group.reduce((most, one) => Math.max(most, one), -1) + 1;
  const sums = new Float64Array(size);
  const counts = new Float64Array(size);
  for (const [at, one] of group.entries()) {
    sums[one] = (sums[one] ?? 0) + (values[at] ?? 0);
    counts[one] = (counts[one] ?? 0) + 1;
  }
  const means = sums.map((sum, one) => (counts[one] ? sum / (counts[one] ?? 1) : 0));
  for (const [at, one] of group.entries()) values[at] = (values[at] ?? 0) - (means[one] ?? 0);
  return means.reduce((most, mean) => Math.max(most, Math.abs(mean)), 0);
}

/** Times that an item-store's price is another than in the week before with sales. */
function countChanges({ itemStore, week, price }: PricedWeeks): number {
  const order = [...itemStore.keys()].sort(
    (a, b) => (itemStore[a] ?? 0) - (itemStore[b] ?? 0) || (week[a] ?? 0) - (week[b] ?? 0),
  );
  return order.filter((row, at) => {
    const before = order[at - 1];
    if (before === undefined || itemStore[before] !== itemStore[row]) return false;
    return Math.abs(Math.log((price[row] ?? 1) / (price[before] ?? 1))) > SAME_PRICE;
  }).length;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/** Whether the column varies, and not just along with the other. */
function isApart(column: Float64Array, other: Float64Array): boolean {
  const own = dot(column, column);
  const rest = own - dot(column, other) ** 2 / dot(other, other);
  return own / column.length > 1e-9 && rest / own > 1e-6;
}

/** Coefficients, and their covariance by cluster: (X'X)⁻¹ (Σ X'ee'X) (X'X)⁻¹. */
function leastSquares(columns: readonly Float64Array[], y: Float64Array, cluster: Int32Array) {
  const bread = inverse(new Matrix(columns.map((a) => columns.map((b) => dot(a, b)))));
  const coefficients = bread.mmul(Matrix.columnVector(columns.map((a) => dot(a, y)))).to1DArray();
  const scores = new Map<number, number[]>();
  for (const [at, one] of cluster.entries()) {
    const fitted = columns.reduce((sum, column, k) => sum + (column[at] ?? 0) * (coefficients[k] ?? 0), 0);
    const score = scores.get(one) ?? columns.map(() => 0);
    scores.set(
      one,
      score.map((sum, k) => sum + (columns[k]?.[at] ?? 0) * ((y[at] ?? 0) - fitted)),
    );
  }
  const byCluster = new Matrix([...scores.values()]);
  return { coefficients, covariance: bread.mmul(byCluster.transpose().mmul(byCluster)).mmul(bread) };
}
