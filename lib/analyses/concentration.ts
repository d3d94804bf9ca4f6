import { quotient, total, type Minor } from './amounts';

export interface Concentration {
  /** Herfindahl-Hirschman index: Σ (share in %)², to 10,000. Null where sales add up to 0. */
  hhi: number | null;
  /** Share of the k largest, in percent. */
  top: { k: number; share: number | null }[];
}

/** How concentrated a market is, from the sales of all its members (brands or manufacturers). */
export function concentration(sales: readonly Minor[], ks: readonly number[] = [1, 3, 5]): Concentration {
  const market = total(sales);
  const shares = sales.map((one) => quotient(one, market, 100));
  const largest = [...sales].sort((a, b) => (b > a ? 1 : b < a ? -1 : 0));
  return {
    hhi: market === 0n ? null : shares.reduce<number>((sum, share) => sum + (share ?? 0) ** 2, 0),
    top: ks.map((k) => ({ k, share: quotient(total(largest.slice(0, k)), market, 100) })),
  };
}
