import { divide } from '@/lib/metrics/compute';

/** Baskets that hold members a and b (brands, categories or products). */
export interface PairCount {
  a: number;
  b: number;
  baskets: number;
}

export interface Affinity extends PairCount {
  /** Percent of all baskets that hold both. */
  support: number | null;
  /** Percent of a's baskets that hold b too, and the other way. */
  confidenceAB: number | null;
  confidenceBA: number | null;
  /** How many times as often together as by chance: P(a, b) ÷ (P(a) · P(b)). */
  lift: number | null;
}

/**
 * Which members are bought together. `baskets` are all baskets of the market, `basketsWith` those that hold a member. Strongest
 * lift first; pairs in fewer than `least` baskets say little and are left out.
 */
export function affinity(
  pairs: readonly PairCount[],
  basketsWith: ReadonlyMap<number, number>,
  { baskets, least = 1 }: { baskets: number; least?: number },
): Affinity[] {
  return pairs
    .filter((pair) => pair.baskets >= least)
    .map((pair) => {
      const [a, b] = [basketsWith.get(pair.a) ?? 0, basketsWith.get(pair.b) ?? 0];
      return {
        ...pair,
        support: divide(pair.baskets, baskets, 100),
        confidenceAB: divide(pair.baskets, a, 100),
        confidenceBA: divide(pair.baskets, b, 100),
        lift: divide(pair.baskets * baskets, a * b),
      };
    })
    .sort((p, q) => (q.lift ?? 0) - (p.lift ?? 0) || q.baskets - p.baskets || p.a - q.a || p.b - q.b);
}
