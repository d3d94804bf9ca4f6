import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceIndex } from './price-index';
import { bandEdges, priceLadder, type PricePoint } from './price-ladder';

describe('price index', () => {
  it('is 116 with X, 145 without, 107 a kg in the worked example', () => {
    const units = priceIndex({ amount: 2900n, quantity: 5000n }, { amount: 4500n, quantity: 9000n });
    expect(units.price).toBe(580);
    expect(units.including).toBeCloseTo(116, 10);
    expect(units.excluding).toBeCloseTo(145, 10);
    const kg = priceIndex({ amount: 2900n, quantity: 1500n }, { amount: 4500n, quantity: 2500n });
    expect(kg.price).toBeCloseTo(1933.33, 2);
    expect(kg.including).toBeCloseTo(107.41, 2);
  });
  it('is n/a without units, and without another brand', () => {
    const own = { amount: 2900n, quantity: 5000n };
    expect(priceIndex(own, own)).toEqual({ price: 580, including: 100, excluding: null });
    expect(priceIndex({ amount: 0n, quantity: 0n }, own)).toEqual({ price: null, including: null, excluding: null });
  });
});

describe('price ladder', () => {
  const points: PricePoint[] = [
    { amount: 1000n, units: 2000n }, // 5.00
    { amount: 400n, units: 1000n }, // 4.00
    { amount: 900n, units: 1000n }, // 9.00
    { amount: -300n, units: -1000n },
  ];
  it('is sales by band; an edge begins the next band', () => {
    const { bands, withoutPrice } = priceLadder(points, [500, 800]);
    expect(bands.map(({ from, to, amount, units }) => [from, to, amount, units])).toEqual([
      [null, 500, 400n, 1000n],
      [500, 800, 1000n, 2000n],
      [800, null, 900n, 1000n],
    ]);
    expect(bands[1]?.percentOfAmount).toBe(50);
    expect(withoutPrice).toEqual({ amount: -300n, units: -1000n });
  });
  it('holds all sales, whatever the edges', () => {
    const point = fc.record({
      amount: fc.bigInt({ min: -99n, max: 9999n }),
      units: fc.bigInt({ min: -999n, max: 9999n }),
    });
    fc.assert(
      fc.property(fc.array(point), fc.integer({ min: 1, max: 12 }), (list, count) => {
        const edges = bandEdges(list, count);
        expect(edges).toEqual([...new Set(edges)].toSorted((a, b) => a - b));
        const { bands, withoutPrice } = priceLadder(list, edges);
        const all = bands.reduce((sum, band) => sum + band.amount, 0n) + withoutPrice.amount;
        expect(all).toBe(list.reduce((sum, { amount }) => sum + amount, 0n));
        // Naive: a band holds what costs as much as it says.
        for (const { from, to, units } of bands) {
          const inside = list.filter(({ amount, units: u }) => {
            const price = (Number(amount) / Number(u)) * 1000;
            return u > 0n && amount >= 0n && price >= (from ?? 0) && price < (to ?? Infinity);
          });
          expect(units).toBe(inside.reduce((sum, one) => sum + one.units, 0n));
        }
      }),
    );
  });
  it('cuts at round prices, and not at all where there is one price or none', () => {
    expect(bandEdges(points, 5)).toEqual([500, 600, 700, 800, 900]);
    expect(bandEdges([{ amount: 500n, units: 1000n }])).toEqual([]);
    expect(bandEdges([])).toEqual([]);
    expect(priceLadder([], []).bands).toMatchObject([{ from: null, to: null, amount: 0n, percentOfAmount: null }]);
  });
});
