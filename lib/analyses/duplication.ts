import { divide } from '@/lib/metrics/compute';

export interface DuplicationInput {
  /** Buyers of each brand. */
  buyers: readonly number[];
  /** Shoppers who bought both: shared[a][b], symmetric; the diagonal is not read. */
  shared: readonly (readonly number[])[];
  /** Shoppers that penetrations run over (all shoppers, or buyers of the market): name it beside the result. */
  base: number;
}

export interface Duplication {
  /** D = Σ pair penetration ÷ Σ b_A·b_B; null without a pair of bought brands. */
  coefficient: number | null;
  /** Percent of A's buyers (row) who also bought B (column); null on the diagonal and for a brand without buyers. */
  observed: (number | null)[][];
  /** D × penetration of B, in percent; the same in every row. */
  expected: (number | null)[];
  /** Penetration in percent of the base. */
  penetration: (number | null)[];
}

/** Duplication of purchase (Ehrenberg, Repeat-Buying, ch. 10): brands share buyers in proportion to their penetration. */
export function duplication({ buyers, shared, base }: DuplicationInput): Duplication {
  let pairs = 0;
  let products = 0;
  for (let a = 0; a < buyers.length; a++) {
    for (let b = 0; b < a; b++) {
      pairs += shared[a]?.[b] ?? 0;
      products += (buyers[a] ?? 0) * (buyers[b] ?? 0);
    }
  }
  // Σ (shared ÷ base) ÷ Σ (buyers ÷ base)(buyers ÷ base).
  const coefficient = divide(pairs * base, products);
  const penetration = buyers.map((count) => divide(count, base, 100));
  return {
    coefficient,
    observed: buyers.map((mine, a) => buyers.map((_, b) => (a === b ? null : divide(shared[a]?.[b] ?? 0, mine, 100)))),
    expected: penetration.map((part) => (coefficient === null || part === null ? null : coefficient * part)),
    penetration,
  };
}
