import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concentration } from './concentration';
import { developmentIndex } from './development-index';

describe('concentration', () => {
  it('is 5417 for coffee of the worked example: X 29, Y 16 of 45', () => {
    const { hhi, top } = concentration([1600n, 2900n], [1, 2]);
    expect(hhi).toBeCloseTo(5417.28, 2);
    expect(top).toEqual([
      { k: 1, share: expect.closeTo(64.444, 3) },
      { k: 2, share: 100 },
    ]);
  });
  it('lies between 10,000 ÷ n and 10,000, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 9 }), (sales) => {
        const { hhi, top } = concentration(sales);
        expect(hhi).toBeGreaterThanOrEqual(10_000 / sales.length - 1e-6);
        expect(hhi).toBeLessThanOrEqual(10_000 + 1e-6);
        const turned = concentration(sales.toReversed());
        expect(turned.hhi).toBeCloseTo(hhi!, 6);
        expect(turned.top).toEqual(top);
        expect(top[1]!.share).toBeGreaterThanOrEqual(top[0]!.share!);
      }),
    );
  });
  it('is n/a where nothing is sold, and shown where returns exceed sales', () => {
    expect(concentration([])).toMatchObject({ hhi: null, top: [{ share: null }, {}, {}] });
    expect(concentration([5n, -5n]).hhi).toBeNull();
    expect(concentration([150n, -50n]).hhi).toBe(150 ** 2 + 50 ** 2);
  });
});

it('development index of X in North of the worked example', () => {
  // Store A is North: X1 10 + 5 + 5, Y1 4; X 20 of 29 there, coffee 24 of 45.
  const index = developmentIndex({ brandInSlice: 2000n, brand: 2900n, marketInSlice: 2400n, market: 4500n });
  expect(index).toBeCloseTo((20 / 29 / (24 / 45)) * 100, 10);
  expect(developmentIndex({ brandInSlice: 1n, brand: 2n, marketInSlice: 0n, market: 2n })).toBeNull();
  expect(developmentIndex({ brandInSlice: 0n, brand: 0n, marketInSlice: 1n, market: 2n })).toBeNull();
});
