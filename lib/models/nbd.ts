// The negative binomial distribution of purchases: each shopper buys at random at a rate of their own, and rates are gamma
// distributed over shoppers. Ehrenberg, A. S. C. (1988), Repeat-Buying: Facts, Theory and Applications, 2nd ed., ch. 4 and 7.

export interface Nbd {
  /** Purchases a shopper, buyers and non-buyers together (Ehrenberg's m). */
  mean: number;
  /** Shape of the gamma distribution (k): the lower, the more unequal the shoppers. */
  shape: number;
}

/** Probabilities of 0, 1, 2 … purchases by recurrence, until all but `rest` of the shoppers are counted. */
export function nbdProbabilities({ mean, shape }: Nbd, rest = 1e-10): number[] {
  const ratio = mean / (mean + shape);
  let probability = (1 + mean / shape) ** -shape;
  const probabilities = [probability];
  let left = 1 - probability;
  // Past the mean each term shrinks; the limit only stops rounding from keeping `left` above `rest`.
  for (let n = 1; left > rest && n < 1_000 + 200 * mean; n++) {
    probability *= (ratio * (shape + n - 1)) / n;
    probabilities.push(probability);
    left -= probability;
  }
  return probabilities;
}

/** Part of the shoppers who buy at least once. */
export const nbdPenetration = ({ mean, shape }: Nbd): number => 1 - (1 + mean / shape) ** -shape;

/** Purchases a buyer. */
export const nbdFrequency = (nbd: Nbd): number => nbd.mean / nbdPenetration(nbd);

/** The same shoppers over a period `factor` times as long (or with that part of their purchases seen). */
export const nbdOver = ({ mean, shape }: Nbd, factor: number): Nbd => ({ mean: mean * factor, shape });

/**
 * Fits by mean and zeros: the shape at which the penetration comes out as observed (Ehrenberg, ch. 4). Null where no shape
 * does: nobody buys, or more shoppers buy than if all had the same rate.
 */
export function fitNbd(mean: number, penetration: number): Nbd | null {
  if (!(mean > 0) || !(penetration > 0) || penetration >= 1 - Math.exp(-mean)) return null;
  // Penetration grows with the shape: bisection on its logarithm.
  let low = Math.log(1e-6);
  let high = Math.log(1e6);
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (nbdPenetration({ mean, shape: Math.exp(middle) }) < penetration) low = middle;
    else high = middle;
  }
  return { mean, shape: Math.exp((low + high) / 2) };
}
