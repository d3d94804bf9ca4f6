import { divide } from '@/lib/metrics/compute';
import { brandMeasures, fitDirichlet, type Dirichlet } from '@/lib/models/dirichlet';
import type { BrandPurchases } from './double-jeopardy';

export interface NormBrand {
  /** Percent of the category's purchases. */
  share: number | null;
  /** Percent of all shoppers. */
  penetration: number | null;
  expectedPenetration: number | null;
  /** Purchases a buyer. */
  frequency: number | null;
  expectedFrequency: number | null;
}

export interface DirichletNorm {
  /** What was fitted: m (purchases a shopper), k and S; null with a reason. */
  model: Dirichlet | null;
  /** nobodyBuys: no purchases. everybodyBuys: no non-buyers to fit on. doesNotFit: purchases more even than by chance. */
  reason: 'nobodyBuys' | 'everybodyBuys' | 'doesNotFit' | null;
  brands: NormBrand[];
}

/**
 * What penetration and frequency the NBD-Dirichlet expects of a brand of its share (Goodhardt, Ehrenberg and Chatfield, 1984),
 * fitted on the category and its brands. `shoppers` are all shoppers, non-buyers of the category included. Purchases of the
 * category are those of its brands together.
 */
export function dirichletNorm(
  brands: readonly BrandPurchases[],
  category: { buyers: number; shoppers: number },
): DirichletNorm {
  const purchases = brands.reduce((sum, brand) => sum + brand.purchases, 0);
  const { buyers, shoppers } = category;
  const observed = brands.map((brand) => ({
    share: divide(brand.purchases, purchases),
    penetration: divide(brand.buyers, shoppers),
    frequency: divide(brand.purchases, brand.buyers),
  }));
  const fits = purchases > 0 && buyers > 0 && buyers < shoppers;
  const model = fits
    ? fitDirichlet(
        { mean: purchases / shoppers, penetration: buyers / shoppers },
        observed.map(({ share, penetration }) => ({ share: share ?? 0, penetration: penetration ?? 0 })),
      )
    : null;
  return {
    model,
    reason: model ? null : fits ? 'doesNotFit' : purchases > 0 && buyers > 0 ? 'everybodyBuys' : 'nobodyBuys',
    brands: observed.map(({ share, penetration, frequency }) => {
      const norm = model && share !== null && share > 0 ? brandMeasures(model, share) : null;
      return {
        share: times100(share),
        penetration: times100(penetration),
        expectedPenetration: times100(norm?.penetration ?? null),
        frequency,
        expectedFrequency: norm?.frequency ?? null,
      };
    }),
  };
}

const times100 = (part: number | null): number | null => (part === null ? null : part * 100);
