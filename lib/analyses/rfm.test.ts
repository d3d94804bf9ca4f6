import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rfm } from './rfm';

describe('RFM', () => {
  it('scores by quantile, the most recent best', () => {
    const { scores, cells } = rfm({
      recency: [1, 5, 9, 30, 90],
      frequency: [1, 1, 1, 4, 8],
      monetary: [100, 200, 300, 400, 500],
    });
    expect([...scores.recency]).toEqual([5, 4, 3, 2, 1]);
    expect([...scores.frequency]).toEqual([1, 1, 1, 4, 5]);
    expect([...scores.monetary]).toEqual([1, 2, 3, 4, 5]);
    expect(cells[0]).toEqual({ recency: 5, frequency: 1, monetary: 1, buyers: 1, sales: 100 });
  });

  it('gives equal buyers equal scores, never a better one to the worse, and loses nobody', () => {
    const one = fc.record({ r: fc.nat(6), f: fc.nat(4), m: fc.integer({ min: -3, max: 9 }) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 25 }), fc.integer({ min: 2, max: 10 }), (list, quantiles) => {
        const history = {
          recency: list.map(({ r }) => r),
          frequency: list.map(({ f }) => f),
          monetary: list.map(({ m }) => m),
        };
        const { scores, cells } = rfm(history, quantiles);
        for (const [at, a] of list.entries()) {
          for (const [other, b] of list.entries()) {
            expect(
              Math.sign(scores.frequency[at]! - scores.frequency[other]!) * Math.sign(a.f - b.f),
            ).toBeGreaterThanOrEqual(0);
            if (a.f === b.f) expect(scores.frequency[at]).toBe(scores.frequency[other]);
            if (a.r < b.r) expect(scores.recency[at]).toBeGreaterThanOrEqual(scores.recency[other]!);
          }
          const worse = list.filter((b) => b.m < a.m).length;
          expect(scores.monetary[at]).toBe(Math.floor((worse / list.length) * quantiles + 1e-9) + 1);
        }
        expect(cells.reduce((sum, cell) => sum + cell.buyers, 0)).toBe(list.length);
        expect(cells.reduce((sum, cell) => sum + cell.sales, 0)).toBe(list.reduce((sum, { m }) => sum + m, 0));
      }),
      { numRuns: 50 },
    );
  });

  it('takes one buyer, and none', () => {
    expect(rfm({ recency: [3], frequency: [1], monetary: [7] }).cells).toHaveLength(1);
    expect(rfm({ recency: [], frequency: [], monetary: [] }).cells).toEqual([]);
  });
});
