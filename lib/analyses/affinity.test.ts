import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affinity } from './affinity';

describe('basket affinity', () => {
  it('is support, confidence and lift', () => {
    // X in b1, b2, b4, b6; Y in b1, b3, b5; 7 baskets.
    const [pair] = affinity(
      [{ a: 1, b: 2, baskets: 1 }],
      new Map([
        [1, 4],
        [2, 3],
      ]),
      { baskets: 7 },
    );
    expect(pair?.support).toBeCloseTo(100 / 7, 10);
    expect(pair?.confidenceAB).toBe(25);
    expect(pair?.confidenceBA).toBeCloseTo(100 / 3, 10);
    expect(pair?.lift).toBeCloseTo(7 / 12, 10);
  });

  it('puts the strongest first and leaves out rare pairs', () => {
    const pairs = [
      { a: 1, b: 2, baskets: 4 },
      { a: 1, b: 3, baskets: 2 },
      { a: 2, b: 3, baskets: 1 },
    ];
    const counts = new Map([
      [1, 10],
      [2, 10],
      [3, 2],
    ]);
    expect(affinity(pairs, counts, { baskets: 20, least: 2 }).map((p) => [p.a, p.b, p.lift])).toEqual([
      [1, 3, 2],
      [1, 2, 0.8],
    ]);
  });

  it('is 1 where members are independent, n/a without baskets', () => {
    const size = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(size, size, size, size, (both, onlyA, onlyB, factor) => {
        // A grid of baskets: a in (both + onlyA) of its rows, b in (both + onlyB) of its columns.
        const [rows, columns] = [both + onlyA, both + onlyB];
        const baskets = rows * factor * columns * factor;
        const counts = new Map([
          [1, rows * columns * factor],
          [2, columns * rows * factor],
        ]);
        const [pair] = affinity([{ a: 1, b: 2, baskets: rows * columns }], counts, { baskets });
        expect(pair?.lift).toBeCloseTo(1, 9);
      }),
    );
    expect(affinity([{ a: 1, b: 2, baskets: 0 }], new Map(), { baskets: 0, least: 0 })).toEqual([
      { a: 1, b: 2, baskets: 0, support: null, confidenceAB: null, confidenceBA: null, lift: null },
    ]);
  });
});
