import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duplication } from './duplication';

/** Who bought which of 4 brands: one set of brands a shopper. */
const anyShoppers = fc.array(fc.uniqueArray(fc.nat(3)), { maxLength: 20 });
const counted = (shoppers: readonly number[][]) => {
  const both = (a: number, b: number) => shoppers.filter((own) => own.includes(a) && own.includes(b)).length;
  const brands = [0, 1, 2, 3];
  return {
    buyers: brands.map((b) => both(b, b)),
    shared: brands.map((a) => brands.map((b) => both(a, b))),
    base: shoppers.length,
  };
};

describe('duplication of purchase', () => {
  it('is X and Y of the worked example: 2 of 3 buyers of X bought Y too', () => {
    // s1 and s3 bought X and Y, s2 only X, s4 only Y: of 5 shoppers.
    const { observed, expected, coefficient, penetration } = duplication({
      buyers: [3, 3],
      shared: [
        [3, 2],
        [2, 3],
      ],
      base: 5,
    });
    expect(observed).toEqual([
      [null, expect.closeTo(66.667, 3)],
      [expect.closeTo(66.667, 3), null],
    ]);
    expect(penetration).toEqual([60, 60]);
    expect(coefficient).toBeCloseTo(0.4 / 0.36, 12);
    // One pair: what is expected is what is observed.
    expect(expected[0]).toBeCloseTo(66.667, 3);
  });

  it('expects D times the penetration, which reproduces the sum of pairs', () => {
    fc.assert(
      fc.property(anyShoppers, (shoppers) => {
        const input = counted(shoppers);
        const { observed, expected, coefficient } = duplication(input);
        let pairs = 0;
        let fromExpected = 0;
        for (const [a, b] of [
          [0, 1],
          [0, 2],
          [0, 3],
          [1, 2],
          [1, 3],
          [2, 3],
        ] as const) {
          const shared = shoppers.filter((own) => own.includes(a) && own.includes(b)).length;
          pairs += shared;
          fromExpected += ((expected[b] ?? 0) * input.buyers[a]!) / 100;
          const part = observed[a]![b]!;
          if (input.buyers[a] === 0) expect(part).toBeNull();
          else expect(part).toBeCloseTo((shared / input.buyers[a]!) * 100, 10);
        }
        if (coefficient !== null) expect(fromExpected).toBeCloseTo(pairs, 8);
        else expect(pairs).toBe(0);
      }),
    );
  });

  it('does not depend on the order of brands', () => {
    fc.assert(
      fc.property(anyShoppers, (shoppers) => {
        const turned = duplication(counted(shoppers.map((own) => own.map((b) => 3 - b))));
        const straight = duplication(counted(shoppers));
        expect(turned.coefficient).toBe(straight.coefficient);
        expect(turned.observed.map((row) => row.toReversed()).toReversed()).toEqual(straight.observed);
      }),
    );
  });

  it('has nothing to say of one brand, or nobody', () => {
    expect(duplication({ buyers: [4], shared: [[4]], base: 9 })).toMatchObject({ coefficient: null, expected: [null] });
    expect(
      duplication({
        buyers: [0, 0],
        shared: [
          [0, 0],
          [0, 0],
        ],
        base: 0,
      }),
    ).toMatchObject({
      coefficient: null,
      observed: [
        [null, null],
        [null, null],
      ],
      penetration: [null, null],
    });
  });
});
