import { bisectRight, ticks } from 'd3-array';
import { pricePer, quotient, total, type Milli, type Minor } from './amounts';

/** What sold at about one price: a product in a store and week, or finer. Volume in place of units prices by kg or l. */
export interface PricePoint {
  amount: Minor;
  units: Milli;
}

export interface PriceBand {
  /** From this price, in minor units per unit, up to but without `to`; null is open. */
  from: number | null;
  to: number | null;
  amount: Minor;
  units: Milli;
  /** Of all sales, in percent. */
  percentOfAmount: number | null;
  percentOfUnits: number | null;
}

export interface PriceLadder {
  bands: PriceBand[];
  /** Sales of points with units <= 0 or amount < 0, which have no price: bands and this are all sales. */
  withoutPrice: { amount: Minor; units: Milli };
}

const hasPrice = ({ amount, units }: PricePoint): boolean => units > 0n && amount >= 0n;

/**
 * Sales by band of price. `edges` are the prices, in minor units and rising, at which a band ends and the next begins; below
 * the first and from the last on bands are open.
 */
export function priceLadder(points: readonly PricePoint[], edges: readonly number[]): PriceLadder {
  const sums = Array.from({ length: edges.length + 1 }, () => ({ amount: 0n, units: 0n }));
  const withoutPrice = { amount: 0n, units: 0n };
  for (const point of points) {
    const band = hasPrice(point) ? sums[bisectRight(edges, pricePer(point.amount, point.units) ?? 0)] : withoutPrice;
    if (!band) continue;
    band.amount += point.amount;
    band.units += point.units;
  }
  const amount = total(points.map((point) => point.amount));
  const units = total(points.map((point) => point.units));
  return {
    bands: sums.map((sum, at) => ({
      from: edges[at - 1] ?? null,
      to: edges[at] ?? null,
      ...sum,
      percentOfAmount: quotient(sum.amount, amount, 100),
      percentOfUnits: quotient(sum.units, units, 100),
    })),
    withoutPrice,
  };
}

/** Round prices that cut the points into about `count` bands; a few dear points don't stretch them (last 2 % of units). */
export function bandEdges(points: readonly PricePoint[], count = 8): number[] {
  const priced = points
    .filter(hasPrice)
    .map(({ amount, units }) => ({ price: pricePer(amount, units) ?? 0, units: Number(units) }))
    .sort((a, b) => a.price - b.price);
  const all = priced.reduce((sum, { units }) => sum + units, 0);
  let seen = 0;
  const high = priced.find(({ units }) => (seen += units) >= all * 0.98)?.price;
  const low = priced[0]?.price;
  return low === undefined || high === undefined ? [] : ticks(low, high, count).filter((edge) => edge > low);
}
