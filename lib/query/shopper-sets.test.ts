import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, countBoth, difference, intersection, members, union } from './shopper-sets';

const bitsOf = (numbers: readonly number[], bytes: number): Uint8Array => {
  const set = new Uint8Array(bytes);
  for (const number of numbers) set[number >> 3]! |= 128 >> (number & 7);
  return set;
};
const numbers = fc.uniqueArray(fc.nat(127));

describe('sets of shoppers', () => {
  it('are what sets of numbers are, of whatever lengths', () => {
    fc.assert(
      fc.property(numbers, fc.uniqueArray(fc.nat(63)), (one, two) => {
        const [a, b] = [bitsOf(one, 16), bitsOf(two, 8)];
        const [left, right] = [new Set(one), new Set(two)];
        const sorted = (of: Iterable<number>) => [...of].sort((x, y) => x - y);
        expect(count(a)).toBe(one.length);
        expect([...members(a)]).toEqual(sorted(one));
        expect(countBoth(a, b)).toBe(one.filter((number) => right.has(number)).length);
        expect([...members(union([a, b]))]).toEqual(sorted(new Set([...one, ...two])));
        expect([...members(intersection(a, b))]).toEqual(sorted(one.filter((number) => right.has(number))));
        expect([...members(difference(a, b))]).toEqual(sorted(one.filter((number) => !right.has(number))));
        expect([...members(difference(b, a))]).toEqual(sorted(two.filter((number) => !left.has(number))));
      }),
    );
  });
});
