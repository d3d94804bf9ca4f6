import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { total } from './amounts';
import { decomposeRevenue, type RevenuePeriod } from './decompose-revenue';
import { logMean } from './log-mean';

const none: RevenuePeriod = { amount: 0n, identifiedAmount: 0n, identifiedUnits: 0n, identifiedTrips: 0, buyers: 0 };
/** Brand X of the worked example: 3 buyers, 3 trips, 4 units, 24.00 identified, 5.00 anonymous. */
const x: RevenuePeriod = {
  amount: 2900n,
  identifiedAmount: 2400n,
  identifiedUnits: 4000n,
  identifiedTrips: 3,
  buyers: 3,
};
const barsOf = (before: RevenuePeriod, after: RevenuePeriod) =>
  Object.fromEntries(decomposeRevenue(before, after).bars.map(({ factor, amount }) => [factor, amount]));

const anyPeriod: fc.Arbitrary<RevenuePeriod> = fc
  .record({
    identified: fc.bigInt({ min: -500n, max: 10_000_000n }),
    anonymous: fc.bigInt({ min: -500n, max: 100_000n }),
    identifiedUnits: fc.bigInt({ min: -2000n, max: 900_000n }),
    identifiedTrips: fc.option(fc.nat(900)),
    buyers: fc.nat(400),
  })
  .map(({ identified, anonymous, ...rest }) => ({
    ...rest,
    identifiedAmount: identified,
    amount: identified + anonymous,
  }));

describe('revenue by behaviour', () => {
  it('is the logarithmic mean of each factor', () => {
    // 24.00 → 30.00 with 4 buyers, 5 trips, 6 units: buyers ×4/3, frequency ×5/4, units per trip ×(6/5)/(4/3), price ×5/6.
    const after = { amount: 3000n, identifiedAmount: 3000n, identifiedUnits: 6000n, identifiedTrips: 5, buyers: 4 };
    // 600 ÷ ln(30/24) = 2688.85 times the logarithms: 773.54, 600.00, −283.30, −490.24; rounded they add up to 600.
    expect(barsOf(x, after)).toEqual({
      buyers: 773n,
      frequency: 600n,
      unitsPerTrip: -283n,
      price: -490n,
      anonymous: -500n,
    });
  });

  it('gives 0 to what did not change, and all to the one that did', () => {
    const dearer = { ...x, amount: 3100n, identifiedAmount: 2600n };
    expect(barsOf(x, dearer)).toEqual({ buyers: 0n, frequency: 0n, unitsPerTrip: 0n, price: 200n, anonymous: 0n });
    expect(barsOf(x, x)).toEqual({ buyers: 0n, frequency: 0n, unitsPerTrip: 0n, price: 0n, anonymous: 0n });
  });

  it('adds up to the change, and is negated by swapping the periods', () => {
    fc.assert(
      fc.property(anyPeriod, anyPeriod, (before, after) => {
        const forth = decomposeRevenue(before, after);
        const back = decomposeRevenue(after, before);
        expect(total(forth.bars.map((bar) => bar.amount))).toBe(after.amount - before.amount);
        expect(forth.change).toBe(after.amount - before.amount);
        expect(back.bars).toEqual(forth.bars.map((bar) => ({ ...bar, amount: -bar.amount })));
      }),
      { numRuns: 500 },
    );
  });

  it('has identified sales as one bar for a new, a lost, and a brand with net returns', () => {
    expect(decomposeRevenue(none, x)).toEqual({
      change: 2900n,
      bars: [
        { factor: 'identified', amount: 2400n },
        { factor: 'anonymous', amount: 500n },
      ],
      unsplit: 'new',
    });
    expect(decomposeRevenue(x, none).unsplit).toBe('lost');
    expect(decomposeRevenue(none, none)).toMatchObject({ change: 0n, unsplit: 'noSales' });
    const returned = { ...x, identifiedAmount: -100n, amount: 400n };
    expect(barsOf(x, returned)).toEqual({ identified: -2500n, anonymous: 0n });
    expect(decomposeRevenue(returned, returned).unsplit).toBe('noSales');
  });

  it('joins the factors that meet in trips or units without a logarithm', () => {
    const after = { ...x, amount: 3500n, identifiedAmount: 3000n, buyers: 4 };
    const factors = (lack: Partial<RevenuePeriod>) => Object.keys(barsOf({ ...x, ...lack }, after));
    expect(factors({ identifiedTrips: null })).toEqual(['buyers', 'unitsPerBuyer', 'price', 'anonymous']);
    expect(factors({ identifiedUnits: 0n })).toEqual(['buyers', 'frequency', 'spendPerTrip', 'anonymous']);
    expect(factors({ identifiedTrips: 0, identifiedUnits: -1n })).toEqual(['buyers', 'buyRate', 'anonymous']);
  });

  it('with all sales anonymous is the anonymous bar', () => {
    expect(barsOf({ ...none, amount: 100n }, { ...none, amount: 250n })).toEqual({ identified: 0n, anonymous: 150n });
  });
});

it('the logarithmic mean stays exact near equality', () => {
  expect(logMean(5, 5)).toBe(5);
  expect(logMean(Math.E, 1)).toBeCloseTo(Math.E - 1, 12);
  // Between geometric and arithmetic mean, which are equal here to 20 digits.
  expect(logMean(1e9 + 1e-3, 1e9) / (1e9 + 5e-4)).toBeCloseTo(1, 14);
});
