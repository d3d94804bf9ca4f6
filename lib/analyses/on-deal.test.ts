import { describe, expect, it } from 'vitest';
import { discountDepth, onDeal, type ItemStoreDeals } from './on-deal';

const nothing: ItemStoreDeals = {
  givenAmount: 0n,
  givenBaseAmount: 0n,
  otherAmount: 0n,
  otherUnits: 0n,
  regularAmount: 0n,
  regularUnits: 0n,
};

it('on deal: X of the worked example 31.0 % of value, 20.0 % of units, 33.3 % of volume', () => {
  const part = onDeal({ amount: 900n, units: 1000n, volume: 500n }, { amount: 2900n, units: 5000n, volume: 1500n });
  expect(part.value).toBeCloseTo(31.03, 2);
  expect(part.units).toBe(20);
  expect(part.volume).toBeCloseTo(33.33, 2);
  const none = { amount: 0n, units: 0n, volume: null };
  expect(onDeal(none, none)).toEqual({ value: null, units: null, volume: null });
});

describe('discount depth', () => {
  it('is against the given base price', () => {
    expect(discountDepth([{ ...nothing, givenAmount: 800n, givenBaseAmount: 1000n }])).toEqual({
      depth: 20,
      paid: 800n,
      base: 1000n,
      coverage: 100,
    });
  });
  it('is else against the item-store’s own regular price', () => {
    // 3 units at 7.00 for a regular 10.00; and with a given base 8.00 for 10.00.
    const row = { ...nothing, otherAmount: 2100n, otherUnits: 3000n, regularAmount: 5000n, regularUnits: 5000n };
    expect(discountDepth([row]).depth).toBe(30);
    const both = discountDepth([row, { ...nothing, givenAmount: 800n, givenBaseAmount: 1000n }]);
    expect(both).toEqual({ depth: expect.closeTo(27.5, 10), paid: 2900n, base: 4000n, coverage: 100 });
  });
  it('leaves out what has no base, and says how much is left', () => {
    const never = { ...nothing, otherAmount: 300n, otherUnits: 1000n };
    expect(discountDepth([never])).toEqual({ depth: null, paid: 0n, base: 0n, coverage: 0 });
    const known = { ...nothing, givenAmount: 900n, givenBaseAmount: 1000n };
    expect(discountDepth([never, known])).toEqual({ depth: 10, paid: 900n, base: 1000n, coverage: 75 });
    expect(discountDepth([])).toEqual({ depth: null, paid: 0n, base: 0n, coverage: null });
    // Returned on balance: neither sold nor priced.
    expect(discountDepth([{ ...never, otherUnits: -1000n, regularAmount: 5n, regularUnits: 5n }]).depth).toBeNull();
  });
});
