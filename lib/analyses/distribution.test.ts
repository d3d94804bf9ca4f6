import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distribution, type ActiveStore } from './distribution';

const [A, B, C] = [1, 2, 3];
/** The worked example: brand X in coffee, four weeks. X1 sells in A, X2 in B. */
const stores: ActiveStore[] = [
  { store: A, allSales: 2400, marketSales: 2400, sellingWeeks: 3 },
  { store: B, allSales: 1700, marketSales: 1700, sellingWeeks: 1 },
  { store: C, allSales: 1900, marketSales: 400, sellingWeeks: 0 },
];
const itemsOfX = [
  { item: 11, stores: [A] },
  { item: 12, stores: [B] },
];

describe('distribution', () => {
  it('is that of X in the worked example', () => {
    const x = distribution(stores, itemsOfX, { amount: 2900, weeks: 4 });
    expect(x.numeric).toBeCloseTo(66.667, 3);
    expect(x.weighted).toBeCloseTo(68.33, 2);
    expect(x.categoryWeighted).toBeCloseTo(91.11, 2);
    expect(x.tdp).toBeCloseTo(68.33, 2);
    expect(x.itemsCarried).toBeCloseTo(1, 10);
    expect(x.velocity.perStoreWeek).toBeCloseTo(362.5, 10);
    expect(x.velocity.perSellingWeek).toBe(725);
    expect(x.velocity.perPoint! / 100).toBeCloseTo(0.424, 3);
    expect(x.items).toEqual([
      { item: 11, numeric: expect.closeTo(33.33, 2), weighted: expect.closeTo(40, 10) },
      { item: 12, numeric: expect.closeTo(33.33, 2), weighted: expect.closeTo(28.33, 2) },
    ]);
  });

  it('by store-weeks is the weekly average: two of six weeks', () => {
    const weekly = [100, 100, 100, 300, 200, 200].map((allSales, at) => ({
      store: at,
      allSales,
      marketSales: 0,
      sellingWeeks: at < 2 ? 1 : 0,
    }));
    const average = distribution(weekly, [], { amount: 50, weeks: 1 });
    expect(average).toMatchObject({ weighted: 20, categoryWeighted: null, tdp: 0, itemsCarried: 0 });
    expect(average.numeric).toBeCloseTo(100 / 3, 10);
  });

  it('is n/a without stores, 0 where nothing is sold', () => {
    expect(distribution([], [], { amount: 0, weeks: 4 })).toMatchObject({ numeric: null, weighted: null, tdp: null });
    const unsold = distribution([stores[2]!], [], { amount: 0, weeks: 4 });
    expect(unsold).toMatchObject({ numeric: 0, weighted: 0, tdp: 0, itemsCarried: null });
    expect(unsold.velocity).toEqual({ perStoreWeek: null, perSellingWeek: null, perPoint: null });
  });

  it('%ACV is at least that of each item, at most TDP, and one store is all or nothing', () => {
    const anyStores = fc.array(fc.tuple(fc.integer({ min: 1, max: 999 }), fc.uniqueArray(fc.nat(3))), {
      minLength: 1,
      maxLength: 7,
    });
    fc.assert(
      fc.property(anyStores, (list) => {
        const rows = list.map(([allSales, items], store) => ({
          store,
          allSales,
          marketSales: Math.floor(allSales / 2),
          sellingWeeks: items.length,
        }));
        const itemStores = [0, 1, 2, 3].map((item) => ({
          item,
          stores: list.flatMap(([, items], store) => (items.includes(item) ? [store] : [])),
        }));
        const d = distribution(rows, itemStores, { amount: 10, weeks: 1 });
        const all = list.reduce((sum, [sales]) => sum + sales, 0);
        const naive = list.reduce((sum, [sales, items]) => sum + (items.length ? sales : 0), 0) / all;
        expect(d.weighted).toBeCloseTo(naive * 100, 9);
        const points = list.reduce((sum, [sales, items]) => sum + (sales / all) * 100 * items.length, 0);
        expect(d.tdp).toBeCloseTo(points, 9);
        for (const { weighted } of d.items) expect(d.weighted! + 1e-9).toBeGreaterThanOrEqual(weighted!);
        expect(d.tdp! + 1e-9).toBeGreaterThanOrEqual(d.weighted!);
        if (d.itemsCarried !== null) expect(d.itemsCarried).toBeGreaterThanOrEqual(1 - 1e-9);
        const turned = distribution(rows.toReversed(), itemStores.toReversed(), { amount: 10, weeks: 1 });
        expect(turned.numeric).toBe(d.numeric);
      }),
    );
  });
});
