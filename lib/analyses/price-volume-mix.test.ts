import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceVolumeMix, type ItemSales } from './price-volume-mix';

const item = (unitsBefore: bigint, amountBefore: bigint, unitsAfter: bigint, amountAfter: bigint): ItemSales => ({
  unitsBefore,
  amountBefore,
  unitsAfter,
  amountAfter,
});
const few = (max: bigint) => fc.oneof(fc.constant(0n), fc.bigInt({ min: -50n, max }));
const anyItem = fc.tuple(few(90_000n), few(900_000n), few(90_000n), few(900_000n)).map((v) => item(...v));

describe('price-volume-mix', () => {
  it('splits continuing items, and keeps new and lost apart', () => {
    const parts = priceVolumeMix([
      item(10_000n, 1000n, 20_000n, 1800n), // 1.00 → 0.90
      item(10_000n, 3000n, 10_000n, 3300n), // 3.00 → 3.30
      item(0n, 0n, 1000n, 500n),
      item(2000n, 700n, 0n, 0n),
      item(1000n, 200n, -1000n, -200n),
    ]);
    expect(parts).toEqual({
      change: 500n,
      price: 100n, // 20 × −0.10 + 10 × 0.30
      volume: 2000n, // (30 − 20) × 40.00 ÷ 20
      mix: -1000n, // 10 × 1.00 − 20.00
      newItems: 500n,
      lostItems: -700n,
      withoutPrice: -400n,
      items: { continuing: 2, new: 1, lost: 1, withoutPrice: 1 },
    });
  });

  it('adds up, whatever the order of the items', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 8 }), (items) => {
        const { items: _, change, ...parts } = priceVolumeMix(items);
        expect(Object.values(parts).reduce((sum, part) => sum + part, 0n)).toBe(change);
        expect(change).toBe(items.reduce((sum, i) => sum + i.amountAfter - i.amountBefore, 0n));
        const turned = priceVolumeMix([...items].reverse());
        expect(Number(turned.price - parts.price) ** 2).toBeLessThanOrEqual(1);
        expect(turned.newItems).toBe(parts.newItems);
      }),
    );
  });

  it('is price alone where units stay, volume alone where they all grow alike', () => {
    const units = fc.bigInt({ min: 1n, max: 5000n });
    fc.assert(
      fc.property(fc.array(fc.tuple(units, units, units), { minLength: 1, maxLength: 6 }), (rows) => {
        const dearer = priceVolumeMix(rows.map(([u, a1, a2]) => item(u, a1, u, a2)));
        expect([dearer.volume, dearer.mix, dearer.price]).toEqual([0n, 0n, dearer.change]);
        const more = priceVolumeMix(rows.map(([u, a]) => item(u, a, u * 3n, a * 3n)));
        expect([more.price, more.mix, more.volume]).toEqual([0n, 0n, more.change]);
      }),
    );
  });

  it('has no bar without items', () => {
    expect(priceVolumeMix([])).toMatchObject({ change: 0n, price: 0n, volume: 0n, mix: 0n });
    expect(priceVolumeMix([item(0n, 0n, 5n, 5n)])).toMatchObject({ newItems: 5n, price: 0n, volume: 0n, mix: 0n });
  });
});
