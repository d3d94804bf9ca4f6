import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decomposeShare, type SharePeriod } from './decompose-share';

/** Brand X in coffee of the worked example. */
const x: SharePeriod = {
  brandBuyers: 3,
  marketBuyers: 4,
  brandBuyerSales: 2400n,
  marketToBrandBuyers: 3600n,
  marketBuyerSales: 4000n,
  brandIdentified: 2400n,
  marketIdentified: 4000n,
  brandAmount: 2900n,
  marketAmount: 4500n,
};
const sumOf = (bars: readonly { points: number }[]) => bars.reduce((sum, { points }) => sum + points, 0);
const pointsOf = (before: SharePeriod, after: SharePeriod) =>
  Object.fromEntries(decomposeShare(before, after).bars.map(({ factor, points }) => [factor, points]));

const amount = fc.bigInt({ min: -300n, max: 1_000_000n });
const anyPeriod: fc.Arbitrary<SharePeriod> = fc.record({
  brandBuyers: fc.nat(50),
  marketBuyers: fc.nat(90),
  brandBuyerSales: amount,
  marketToBrandBuyers: amount,
  marketBuyerSales: amount,
  brandIdentified: amount,
  marketIdentified: amount,
  brandAmount: amount,
  marketAmount: amount,
});

describe('share by behaviour', () => {
  it('splits by penetration, heavy usage and share of requirements', () => {
    // Penetration 0.75 → 0.5, heavy usage 1.2 → 1.5, SCR 2/3 → 0.8; buyers' share 60 % → 60 %.
    const after: SharePeriod = {
      ...x,
      brandBuyers: 2,
      marketToBrandBuyers: 3000n,
      brandBuyerSales: 2400n,
    };
    const points = pointsOf(x, after);
    expect(points['penetration']).toBeCloseTo(60 * Math.log(0.5 / 0.75), 10);
    expect(points['heavyUsage']).toBeCloseTo(60 * Math.log(1.5 / 1.2), 10);
    expect(points['shareOfRequirements']).toBeCloseTo(60 * Math.log(0.8 / (2 / 3)), 10);
    expect(points['returnsOnly']).toBe(0);
    expect(points['coverage']).toBe(0);
    expect(decomposeShare(x, after).before).toBeCloseTo(64.444, 3);
  });

  it('adds up to the change of the total share, and is negated by swapping the periods', () => {
    fc.assert(
      fc.property(anyPeriod, anyPeriod, (before, after) => {
        const forth = decomposeShare(before, after);
        expect(forth.change === null).toBe(before.marketAmount === 0n || after.marketAmount === 0n);
        if (forth.change === null) return;
        const scale = Math.max(1, ...forth.bars.map(({ points }) => Math.abs(points)));
        expect(Math.abs(sumOf(forth.bars) - forth.change) / scale).toBeLessThan(1e-9);
        const back = decomposeShare(after, before).bars;
        for (const [at, { factor, points }] of forth.bars.entries()) {
          expect(back[at]?.factor).toBe(factor);
          expect(Math.abs((back[at]?.points ?? NaN) + points) / scale).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('keeps returns of shoppers without a purchase, and coverage, apart', () => {
    const after = { ...x, brandIdentified: 2200n, marketIdentified: 3800n, brandAmount: 2600n };
    const points = pointsOf(x, after);
    expect(points['penetration']).toBe(0);
    expect(points['returnsOnly']).toBeCloseTo((2200 / 3800) * 100 - 60, 10);
    expect(points['coverage']).toBeCloseTo((2600 / 4500 - 2900 / 4500) * 100 - ((2200 / 3800) * 100 - 60), 10);
  });

  it('does not split what has no logarithm', () => {
    const unsold = {
      ...x,
      brandBuyers: 0,
      brandBuyerSales: 0n,
      marketToBrandBuyers: 0n,
      brandIdentified: 0n,
      brandAmount: 0n,
    };
    expect(Object.keys(pointsOf(unsold, x))).toEqual(['buyers', 'returnsOnly', 'coverage']);
    expect(pointsOf(unsold, x)['buyers']).toBeCloseTo(60, 10);
    const returned = { ...x, marketToBrandBuyers: -100n };
    expect(Object.keys(pointsOf(x, returned))).toEqual(['penetration', 'sharePerBuyer', 'returnsOnly', 'coverage']);
    expect(decomposeShare(x, { ...x, marketAmount: 0n })).toMatchObject({ after: null, change: null, bars: [] });
  });
});
