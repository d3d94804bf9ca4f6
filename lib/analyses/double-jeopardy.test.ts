import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandMeasures } from '@/lib/models/dirichlet';
import { nbdPenetration } from '@/lib/models/nbd';
import { dirichletNorm } from './dirichlet-norm';
import { doubleJeopardy } from './double-jeopardy';

describe('double jeopardy', () => {
  it('holds to the digit where w(1 − b) is the same', () => {
    // 100 shoppers: b = 50 %, w = 4; b = 20 %, w = 2.5: both 2.
    const { constant, brands } = doubleJeopardy(
      [
        { buyers: 50, purchases: 200 },
        { buyers: 20, purchases: 50 },
      ],
      100,
    );
    expect(constant).toBeCloseTo(2, 12);
    expect(brands[0]).toMatchObject({ penetration: 50, frequency: 4 });
    for (const { deviation } of brands) expect(deviation).toBeCloseTo(0, 10);
  });

  it('shows who is bought more often than its size explains', () => {
    const { constant, brands } = doubleJeopardy(
      [
        { buyers: 50, purchases: 200 },
        { buyers: 20, purchases: 80 },
      ],
      100,
    );
    // (200 × 0.5 + 80 × 0.8) ÷ 70.
    expect(constant).toBeCloseTo(164 / 70, 12);
    expect(brands[1]?.expected).toBeCloseTo(164 / 70 / 0.8, 12);
    expect(brands[1]?.deviation).toBeCloseTo((4 / (164 / 56) - 1) * 100, 10);
    expect(brands[0]?.deviation).toBeLessThan(0);
  });

  it('is n/a without buyers, without a base, and for a brand that all buy', () => {
    const { brands } = doubleJeopardy(
      [
        { buyers: 0, purchases: 0 },
        { buyers: 10, purchases: 30 },
      ],
      10,
    );
    expect(brands[0]).toMatchObject({ frequency: null, constant: null, deviation: null, penetration: 0 });
    expect(brands[1]).toMatchObject({ frequency: 3, constant: 0, expected: null, deviation: null });
    expect(doubleJeopardy([{ buyers: 0, purchases: 0 }], 0)).toMatchObject({ constant: null });
    expect(doubleJeopardy([], 10)).toEqual({ constant: null, brands: [] });
  });

  it('deviations balance: Σ buyers × (w − expected)(1 − b) = 0', () => {
    const brand = fc.record({ buyers: fc.integer({ min: 1, max: 90 }), purchases: fc.integer({ min: 1, max: 900 }) });
    fc.assert(
      fc.property(fc.array(brand, { minLength: 1, maxLength: 6 }), (list) => {
        const { brands } = doubleJeopardy(list, 100);
        const balance = brands.reduce(
          (sum, b, at) => sum + list[at]!.buyers * (b.frequency! - b.expected!) * (1 - b.penetration! / 100),
          0,
        );
        expect(balance).toBeCloseTo(0, 6);
      }),
    );
  });
});

describe('the Dirichlet norm', () => {
  const model = { category: { mean: 3.4, shape: 0.8 }, s: 1.3 };
  const shoppers = 1e8;
  const shares = [0.5, 0.3, 0.15, 0.05];
  const brands = shares.map((share) => ({
    buyers: Math.round(brandMeasures(model, share).penetration * shoppers),
    purchases: share * model.category.mean * shoppers,
  }));
  const buyers = Math.round(nbdPenetration(model.category) * shoppers);

  it('expects what a market made by the model shows', () => {
    const norm = dirichletNorm(brands, { buyers, shoppers });
    expect(norm.reason).toBeNull();
    expect(norm.model?.s).toBeCloseTo(1.3, 3);
    for (const [at, brand] of norm.brands.entries()) {
      expect(brand.share).toBeCloseTo(shares[at]! * 100, 10);
      expect(brand.expectedPenetration).toBeCloseTo(brand.penetration!, 3);
      expect(brand.expectedFrequency).toBeCloseTo(brand.frequency!, 3);
    }
  });

  it('says why there is none', () => {
    expect(dirichletNorm([], { buyers: 0, shoppers: 9 })).toEqual({ model: null, reason: 'nobodyBuys', brands: [] });
    expect(dirichletNorm(brands, { buyers, shoppers: buyers }).reason).toBe('everybodyBuys');
    // One purchase each: more even than chance.
    const even = dirichletNorm(
      [
        { buyers: 5, purchases: 5 },
        { buyers: 0, purchases: 0 },
      ],
      { buyers: 5, shoppers: 9 },
    );
    expect(even.reason).toBe('doesNotFit');
    expect(even.brands[1]).toEqual({
      share: 0,
      penetration: 0,
      expectedPenetration: null,
      frequency: null,
      expectedFrequency: null,
    });
  });
});
