import { describe, expect, it } from 'vitest';
import { brandMeasures, fitDirichlet, fitS } from './dirichlet';
import { nbdPenetration } from './nbd';

const category = { mean: 3.4, shape: 0.8 };
const shares = [0.4, 0.25, 0.2, 0.1, 0.05];

describe('Dirichlet', () => {
  it('multiplies penetration and frequency to the brand’s purchases', () => {
    for (const share of shares) {
      const { penetration, frequency } = brandMeasures({ category, s: 1.3 }, share);
      expect(penetration * frequency).toBeCloseTo(category.mean * share, 10);
    }
  });

  it('with S near 0 every buyer keeps to one brand: penetration = share × the category’s', () => {
    const { penetration } = brandMeasures({ category, s: 1e-9 }, 0.25);
    expect(penetration).toBeCloseTo(0.25 * nbdPenetration(category), 6);
  });

  it('with S infinite a brand is a random part of the category’s NBD', () => {
    const { penetration } = brandMeasures({ category, s: 1e9 }, 0.25);
    expect(penetration).toBeCloseTo(nbdPenetration({ mean: 3.4 * 0.25, shape: 0.8 }), 6);
  });

  it('is the category itself at share 1', () => {
    expect(brandMeasures({ category, s: 2 }, 1).penetration).toBeCloseTo(nbdPenetration(category), 9);
  });

  it('shows double jeopardy: smaller brands have fewer buyers, who buy less often', () => {
    const measures = shares.map((share) => brandMeasures({ category, s: 1.3 }, share));
    for (let i = 1; i < measures.length; i++) {
      expect(measures[i]!.penetration).toBeLessThan(measures[i - 1]!.penetration);
      expect(measures[i]!.frequency).toBeLessThan(measures[i - 1]!.frequency);
    }
  });

  it('gives back what it was made of', () => {
    for (const s of [0.3, 1.3, 6]) {
      const model = { category, s };
      const brands = shares.map((share) => ({ share, penetration: brandMeasures(model, share).penetration }));
      const fit = fitDirichlet({ mean: category.mean, penetration: nbdPenetration(category) }, brands)!;
      expect(fit.category.shape).toBeCloseTo(category.shape, 6);
      expect(fit.s / s).toBeCloseTo(1, 6);
    }
  });

  it('leaves out a brand that nobody buys, and has no fit without brands', () => {
    const bought = { share: 0.4, penetration: brandMeasures({ category, s: 1.3 }, 0.4).penetration };
    expect(fitS(category, [bought, { share: 0, penetration: 0 }])).toBeCloseTo(1.3, 6);
    expect(fitS(category, [{ share: 0, penetration: 0 }])).toBeNull();
    expect(fitDirichlet({ mean: 0, penetration: 0 }, [])).toBeNull();
  });
});
