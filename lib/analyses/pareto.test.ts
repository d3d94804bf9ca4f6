import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heavyMediumLight, pareto } from './pareto';

const spends = (...list: number[]) => Float64Array.from(list);
const anySpends = fc.array(fc.integer({ min: -5, max: 12 }), { maxLength: 30 });

describe('heavy, medium and light', () => {
  it('are 20, 30 and 50 % of buyers', () => {
    const { heavy, medium, light } = heavyMediumLight(spends(10, 20, 30, 40, 50, 60, 70, 80, 90, 50_000));
    expect(heavy).toEqual({
      buyers: 2,
      sales: 50_090,
      percentOfBuyers: 20,
      percentOfSales: expect.closeTo(99.2865, 3),
    });
    expect(medium).toMatchObject({ buyers: 3, sales: 210 });
    expect(light).toMatchObject({ buyers: 5, sales: 150 });
  });

  it('keep equal spends together', () => {
    expect(heavyMediumLight(spends(9, 7, 7, 7, 1)).heavy.buyers).toBe(1);
    expect(heavyMediumLight(spends(7, 7, 7, 2, 1))).toMatchObject({ heavy: { buyers: 3 }, medium: { buyers: 0 } });
    fc.assert(
      fc.property(anySpends, (list) => {
        const groups = heavyMediumLight(spends(...list));
        const order = list.toSorted((a, b) => b - a);
        const [h, m] = [groups.heavy.buyers, groups.heavy.buyers + groups.medium.buyers];
        // Naive: a buyer is heavy where fewer than 20 % spend more, medium where fewer than 50 % do.
        const richer = (spend: number) => order.filter((other) => other > spend).length;
        expect(h).toBe(order.filter((spend) => richer(spend) < Math.ceil(list.length * 0.2 - 1e-9)).length);
        expect(m).toBe(order.filter((spend) => richer(spend) < Math.ceil(list.length * 0.5 - 1e-9)).length);
        expect(groups.light.buyers).toBe(list.length - m);
        const all = groups.heavy.sales + groups.medium.sales + groups.light.sales;
        expect(all).toBe(list.reduce((sum, spend) => sum + spend, 0));
      }),
    );
  });

  it('are n/a in percent where sales are 0, and empty without buyers', () => {
    expect(heavyMediumLight(spends(5, -5)).heavy).toMatchObject({ buyers: 1, sales: 5, percentOfSales: null });
    expect(heavyMediumLight(spends()).light).toEqual({
      buyers: 0,
      sales: 0,
      percentOfBuyers: null,
      percentOfSales: null,
    });
    expect(heavyMediumLight(spends(5))).toMatchObject({
      heavy: { buyers: 1 },
      medium: { buyers: 0 },
      light: { buyers: 0 },
    });
  });
});

describe('Pareto', () => {
  it('is the part of the top buyers, whatever their order', () => {
    const curve = pareto(spends(10, 80, 4, 6), [25, 50, 100]);
    expect(curve.map((point) => [point.percent, point.buyers, point.percentOfSales])).toEqual([
      [25, 1, 80],
      [50, 2, 90],
      [100, 4, 100],
    ]);
    fc.assert(
      fc.property(anySpends, (list) => {
        expect(pareto(spends(...list.toReversed()), [10, 20, 50])).toEqual(pareto(spends(...list), [10, 20, 50]));
      }),
    );
  });
  it('never falls while spends are above 0', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (list) => {
        const parts = pareto(spends(...list), [0, 5, 20, 21, 60, 100]).map((point) => point.percentOfSales!);
        expect(parts).toEqual(parts.toSorted((a, b) => a - b));
        expect(parts[0]).toBe(0);
        expect(parts.at(-1)).toBeCloseTo(100, 10);
      }),
    );
  });
});
