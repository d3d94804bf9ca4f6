import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthOfRepeat, repeatRates } from './repeat';

const rowsOf = (shoppers: readonly (readonly number[])[]) => ({
  shopper: shoppers.flatMap((trips, at) => trips.map(() => at)),
  period: shoppers.flat(),
});

describe('trial and depth of repeat', () => {
  it('counts triers, and repeats among those with enough periods left', () => {
    // Four weeks. a: weeks 0, 1, 3; b: 0, 0; c: 2; d: 3.
    const { trial, repeat } = depthOfRepeat(rowsOf([[0, 1, 3], [0, 0], [2], [3]]), { periods: 4, depth: 2, base: 8 });
    expect(trial.map((t) => [t.triers, t.cumulative, t.percentOfBase])).toEqual([
      [2, 2, 25],
      [0, 2, 25],
      [1, 3, 37.5],
      [1, 4, 50],
    ]);
    expect(repeat[0]!.map((r) => [r.eligible, r.repeaters])).toEqual([
      [4, 1],
      [3, 2],
      [2, 2],
      [2, 2],
    ]);
    expect(repeat[1]!.map((r) => [r.eligible, r.repeaters, r.percent])).toEqual([
      [4, 0, 0],
      [3, 0, 0],
      [2, 0, 0],
      [2, 1, 50],
    ]);
  });

  it('is the naive count over shoppers', () => {
    const shoppers = fc.array(fc.array(fc.nat(6), { minLength: 1, maxLength: 6 }), { maxLength: 12 });
    fc.assert(
      fc.property(shoppers, (lists) => {
        const { trial, repeat } = depthOfRepeat(rowsOf(lists), { periods: 7, depth: 3, base: 20 });
        const first = (trips: readonly number[]) => Math.min(...trips);
        for (let t = 0; t < 7; t++) {
          expect(trial[t]!.cumulative).toBe(lists.filter((trips) => first(trips) <= t).length);
          const seen = lists.filter((trips) => first(trips) + t <= 6);
          for (let n = 1; n <= 3; n++) {
            const deep = seen.filter((trips) => trips.filter((week) => week <= first(trips) + t).length > n);
            expect(repeat[n - 1]![t]).toEqual({
              eligible: seen.length,
              repeaters: deep.length,
              percent: seen.length === 0 ? null : expect.closeTo((deep.length / seen.length) * 100, 9),
            });
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('takes nobody, and a single week', () => {
    expect(depthOfRepeat(rowsOf([]), { periods: 1, depth: 1, base: 0 })).toEqual({
      trial: [{ triers: 0, cumulative: 0, percentOfBase: null }],
      repeat: [[{ eligible: 0, repeaters: 0, percent: null }]],
    });
  });
});

it('three repeat rates, n/a without a base', () => {
  const counts = {
    buyers: 8,
    buyersOnTwoTrips: 2,
    firstPeriodBuyers: 5,
    bothPeriodsBuyers: 4,
    eligibleTriers: 0,
    repeaters: 0,
  };
  expect(repeatRates(counts)).toEqual({ twice: 25, again: 80, ofTriers: null });
});
