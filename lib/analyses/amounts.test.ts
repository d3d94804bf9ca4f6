import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addUp, pricePer, quotient, total } from './amounts';

describe('addUp', () => {
  const parts = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 8 });
  const changeOf = (list: readonly number[]) => BigInt(Math.round(list.reduce((sum, part) => sum + part, 0)));

  it('adds up to the change, each part less than one unit away', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const change = changeOf(list);
        const rounded = addUp(list, change);
        expect(total(rounded)).toBe(change);
        for (const [at, part] of rounded.entries())
          expect(Math.abs(Number(part) - (list[at] ?? 0))).toBeLessThan(1.001);
      }),
    );
  });

  it('gives the opposite parts to the opposite change', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const change = changeOf(list);
        const opposite = addUp(
          list.map((part) => -part),
          -change,
        );
        expect(opposite.map((part) => -part)).toEqual(addUp(list, change));
      }),
    );
  });

  it('gives what is left to those that lost most', () => {
    expect(addUp([1.6, 2.5, 0.9], 5n)).toEqual([2n, 2n, 1n]);
    expect(addUp([0.5, -0.5], 0n)).toEqual([1n, -1n]);
    expect(addUp([-0.5, 0.5], 0n)).toEqual([-1n, 1n]);
  });

  it('adds up beyond what doubles hold', () => {
    const change = 2n ** 60n + 1n;
    expect(total(addUp([2 ** 59, 2 ** 59], change))).toBe(change);
  });
});

it('divides nothing by nothing', () => {
  expect(quotient(1n, 0n)).toBeNull();
  expect(quotient(null, 2n)).toBeNull();
  expect(quotient(1n, 4n, 100)).toBe(25);
  expect(pricePer(2900n, 5000n)).toBe(580);
  expect(pricePer(2900n, 0n)).toBeNull();
});
