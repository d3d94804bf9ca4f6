import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decomposeShareByPlace, type PlaceSales } from './decompose-share-by-place';

const amount = fc.bigInt({ min: -200n, max: 100_000n });
const anyRows: fc.Arbitrary<PlaceSales<number>[]> = fc
  .array(
    fc.record({
      brandBefore: amount,
      marketBefore: fc.oneof(amount, fc.constant(0n)),
      brandAfter: amount,
      marketAfter: fc.oneof(amount, fc.constant(0n)),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((rows) => rows.map((row, place) => ({ place, ...row })));
const swap = (rows: readonly PlaceSales<number>[]) =>
  rows.map((r) => ({
    place: r.place,
    brandBefore: r.brandAfter,
    marketBefore: r.marketAfter,
    brandAfter: r.brandBefore,
    marketAfter: r.marketBefore,
  }));
const sum = (values: readonly (number | null)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0);

describe('share by place', () => {
  it('is share within places and the mix of places', () => {
    // North: 50 of 100 → 60 of 100; South: 20 of 100 → 60 of 300. Total 35 % → 30 %.
    const { change, places } = decomposeShareByPlace([
      { place: 'North', brandBefore: 50n, marketBefore: 100n, brandAfter: 60n, marketAfter: 100n },
      { place: 'South', brandBefore: 20n, marketBefore: 100n, brandAfter: 60n, marketAfter: 300n },
    ]);
    expect(change).toBeCloseTo(-5, 12);
    // Weights 0.5 → 0.25 and 0.5 → 0.75; the mean of the total shares is 32.5.
    expect(places[0]).toMatchObject({ place: 'North', shareBefore: 50, shareAfter: 60, whole: null });
    expect(places[0]?.within).toBeCloseTo(0.375 * 10, 12);
    expect(places[0]?.mix).toBeCloseTo((55 - 32.5) * -0.25, 12);
    expect(places[1]?.within).toBeCloseTo(0, 12);
    expect(places[1]?.mix).toBeCloseTo((20 - 32.5) * 0.25, 12);
  });

  it('adds up, and is negated by swapping the periods', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const forth = decomposeShareByPlace(rows);
        const bars = (list: typeof forth.places) => list.flatMap((p) => [p.within, p.mix, p.whole]);
        if (forth.change === null) {
          expect(bars(forth.places).every((bar) => bar === null)).toBe(true);
          return;
        }
        const scale = Math.max(1, ...bars(forth.places).map((bar) => Math.abs(bar ?? 0)));
        expect(Math.abs(sum(bars(forth.places)) - forth.change) / scale).toBeLessThan(1e-9);
        const back = bars(decomposeShareByPlace(swap(rows)).places);
        for (const [at, bar] of bars(forth.places).entries()) {
          if (bar === null) expect(back[at]).toBeNull();
          else expect(Math.abs((back[at] ?? NaN) + bar) / scale).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('gives a place without market sales in a period one bar', () => {
    // Opened: 25 % of a market that was 20 % before, a third of it now. (25 − mean of 20 and 65/300) × 1/3.
    const { places } = decomposeShareByPlace([
      { place: 'old', brandBefore: 40n, marketBefore: 200n, brandAfter: 40n, marketAfter: 200n },
      { place: 'opened', brandBefore: 0n, marketBefore: 0n, brandAfter: 25n, marketAfter: 100n },
    ]);
    expect(places[1]).toMatchObject({ shareBefore: null, shareAfter: 25, within: null, mix: null });
    expect(places[1]?.whole).toBeCloseTo((25 - (20 + 65 / 3) / 2) / 3, 12);
  });

  it('has nothing to say without a market', () => {
    expect(decomposeShareByPlace([])).toEqual({ before: null, after: null, change: null, places: [] });
  });
});
