import { divide } from '@/lib/metrics/compute';

export interface BuyerGroup {
  buyers: number;
  /** Minor units, whole. */
  sales: number;
  /** Percent of all buyers, and of all sales (null where those are 0). */
  percentOfBuyers: number | null;
  percentOfSales: number | null;
}

/** Where the top `percent` of this many buyers end: equal spends stay together, in the heavier group. */
function cutAt(spends: Float64Array, percent: number): number {
  let end = Math.min(spends.length, Math.ceil((spends.length * percent) / 100));
  while (end > 0 && end < spends.length && spends[end] === spends[end - 1]) end++;
  return end;
}

/** Largest first. */
const sorted = (spends: Float64Array): Float64Array => spends.slice().sort().reverse();

function group(spends: Float64Array, from: number, to: number, sales: number): BuyerGroup {
  const part = sumOf(spends.subarray(from, to));
  return {
    buyers: to - from,
    sales: part,
    percentOfBuyers: divide(to - from, spends.length, 100),
    percentOfSales: divide(part, sales, 100),
  };
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/**
 * Part of sales that the top `percents` % of buyers make. `spends` has one entry a buyer, net of returns, in minor units.
 * Where buyers with equal spend are cut, all of them are counted: the group says how many it is.
 */
export function pareto(spends: Float64Array, percents: readonly number[]): (BuyerGroup & { percent: number })[] {
  const order = sorted(spends);
  const sales = sumOf(order);
  return percents.map((percent) => ({ percent, ...group(order, 0, cutAt(order, percent), sales) }));
}

/** Heavy = top 20 % of buyers by spend, medium = the next 30 %, light = the rest; equal spends stay together. */
export function heavyMediumLight(spends: Float64Array): Record<'heavy' | 'medium' | 'light', BuyerGroup> {
  const order = sorted(spends);
  const sales = sumOf(order);
  const heavy = cutAt(order, 20);
  const medium = Math.max(heavy, cutAt(order, 50));
  return {
    heavy: group(order, 0, heavy, sales),
    medium: group(order, heavy, medium, sales),
    light: group(order, medium, order.length, sales),
  };
}
