import { divide } from '@/lib/metrics/compute';

export interface BrandPurchases {
  buyers: number;
  /** Identified purchases (trips with the brand). */
  purchases: number;
}

export interface JeopardyBrand {
  /** b, in percent of the base. */
  penetration: number | null;
  /** w: purchases ÷ buyers. */
  frequency: number | null;
  /** w(1 − b). */
  constant: number | null;
  /** w0 ÷ (1 − b); null for a brand that the whole base buys. */
  expected: number | null;
  /** Percent that the frequency is above what is expected. */
  deviation: number | null;
}

export interface DoubleJeopardy {
  /** w0 = Σ purchases × (1 − b) ÷ Σ buyers. */
  constant: number | null;
  brands: JeopardyBrand[];
}

/** Double jeopardy: small brands have fewer buyers, who buy a little less often, so that w(1 − b) is about constant. */
export function doubleJeopardy(brands: readonly BrandPurchases[], base: number): DoubleJeopardy {
  const without = (brand: BrandPurchases): number => 1 - (divide(brand.buyers, base) ?? 0);
  const constant = divide(
    brands.reduce((sum, brand) => sum + brand.purchases * without(brand), 0),
    base > 0 ? brands.reduce((sum, brand) => sum + brand.buyers, 0) : 0,
  );
  return {
    constant,
    brands: brands.map((brand) => {
      const frequency = divide(brand.purchases, brand.buyers);
      const expected = divide(constant, without(brand));
      return {
        penetration: divide(brand.buyers, base, 100),
        frequency,
        constant: frequency === null ? null : frequency * without(brand),
        expected,
        deviation: frequency === null || expected === null ? null : divide(frequency - expected, expected, 100),
      };
    }),
  };
}
