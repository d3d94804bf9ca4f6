import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBits, bitsOf, chunkBytes, shoppersOf, shorten } from './bits';

const bitmapOf = (places: readonly number[]): Uint8Array => {
  const bitmap = new Uint8Array(chunkBytes);
  for (const place of places) bitmap[place >> 3]! |= 128 >> (place & 7);
  return bitmap;
};

const whole = (places: readonly number[]): Uint32Array => new Uint32Array(bitmapOf(places).buffer);

describe('a bitmap of a chunk', () => {
  it('adds the same bits to a set, whichever way it is kept', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(65_535), { maxLength: 50 }),
        fc.uniqueArray(fc.nat(65_535), { maxLength: 50 }),
        fc.nat(2),
        (places, others, chunk) => {
          const set = new Uint8Array(3 * chunkBytes);
          addBits(set, chunk, [shorten(bitmapOf(places)), whole(others)]);
          const expected = new Uint8Array(3 * chunkBytes);
          expected.set(bitmapOf([...places, ...others]), chunk * chunkBytes);
          expect(Buffer.from(set).equals(Buffer.from(expected))).toBe(true);
        },
      ),
    );
  });

  it('adds many at once, however far each reaches', () => {
    const each = [60_000, 30_000, 65_535, 9_000, 2_000, 40_000].map((size) =>
      Array.from({ length: 1_500 }, (_, at) => (at * 37) % size),
    );
    const set = new Uint8Array(chunkBytes);
    addBits(
      set,
      0,
      each.map((places) => shorten(bitmapOf(places))),
    );
    expect(Buffer.from(set).equals(Buffer.from(bitmapOf(each.flat())))).toBe(true);
  });

  it('tells its shoppers, whichever way it is kept', () => {
    const places = [0, 7, 8, 4_000, 65_535];
    const numbers = Int32Array.from(places, (place) => 131_072 + place);
    expect(shoppersOf(2, whole(places))).toEqual(numbers);
    expect(shoppersOf(2, shorten(bitmapOf(places)))).toEqual(numbers);
  });

  it('is kept the same way from a list of its shoppers', () => {
    for (const size of [0, 3, 1_024, 1_025, 20_000]) {
      const places = Array.from({ length: size }, (_, at) => at * 3);
      const numbers = Int32Array.from(places, (place) => 131_072 + place);
      expect(bitsOf(numbers)).toEqual(shorten(bitmapOf(places)));
    }
  });

  it('is kept as places while they are few', () => {
    const first = (count: number) => shorten(bitmapOf(Array.from({ length: count }, (_, place) => place * 2)));
    expect(first(1_024)).toEqual(Uint16Array.from({ length: 1_024 }, (_, place) => place * 2));
    const most = whole(Array.from({ length: 1_025 }, (_, place) => place * 2));
    expect(first(1_025)).toEqual(most.slice(0, 65));
  });
});
