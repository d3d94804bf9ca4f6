import { fitNbd, nbdProbabilities, type Nbd } from './nbd';

// The NBD-Dirichlet model of a category: how often shoppers buy the category is NBD; which brand, is multinomial with
// probabilities of the shopper's own, Dirichlet distributed over shoppers. Goodhardt, G. J., Ehrenberg, A. S. C. and
// Chatfield, C. (1984), "The Dirichlet: a comprehensive model of buying behaviour", J. R. Statist. Soc. A 147, 621-655.

export interface Dirichlet {
  category: Nbd;
  /** Sum of the Dirichlet's parameters (S): 0, every buyer keeps to one brand; infinite, all choose alike. */
  s: number;
}

export interface BrandMeasures {
  /** Part of the shoppers who buy the brand. */
  penetration: number;
  /** Purchases of the brand by a buyer of it. */
  frequency: number;
}

/**
 * A brand with this share of the category's purchases. Of shoppers with n purchases, those without the brand follow the
 * beta-binomial: ∏ (S(1 − share) + i) ÷ (S + i) for i < n.
 */
export function brandMeasures(model: Dirichlet, share: number): BrandMeasures {
  const penetration = penetrationAt(nbdProbabilities(model.category), model.s, share);
  return { penetration, frequency: (model.category.mean * share) / penetration };
}

function penetrationAt(purchases: readonly number[], s: number, share: number): number {
  let without = 1;
  let penetration = 0;
  for (const [n, part] of purchases.entries()) {
    penetration += part * (1 - without);
    without *= (s * (1 - share) + n) / (s + n);
  }
  return penetration;
}

/**
 * The S at which each brand's penetration comes out as observed, averaged by share (Goodhardt et al., section 4.2). Brands
 * that no S fits (more buyers than with S infinite, fewer than with S = 0) are left out; null where that leaves none.
 */
export function fitS(category: Nbd, brands: readonly { share: number; penetration: number }[]): number | null {
  const purchases = nbdProbabilities(category);
  let sum = 0;
  let weight = 0;
  for (const { share, penetration } of brands) {
    const s = solveS(purchases, share, penetration);
    if (s === null) continue;
    sum += s * share;
    weight += share;
  }
  return weight > 0 ? sum / weight : null;
}

function solveS(purchases: readonly number[], share: number, penetration: number): number | null {
  let low = Math.log(1e-4);
  let high = Math.log(1e4);
  const at = (logS: number) => penetrationAt(purchases, Math.exp(logS), share);
  if (!(share > 0 && share < 1) || penetration <= at(low) || penetration >= at(high)) return null;
  // Penetration grows with S.
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (at(middle) < penetration) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** Fits the whole model from what a category and its brands show in a period; null where it does not apply. */
export function fitDirichlet(
  category: { mean: number; penetration: number },
  brands: readonly { share: number; penetration: number }[],
): Dirichlet | null {
  const nbd = fitNbd(category.mean, category.penetration);
  const s = nbd && fitS(nbd, brands);
  return nbd === null || s === null ? null : { category: nbd, s };
}
