// Which of the 65,536 shoppers of a chunk, by the rollups' bitmaps: shopper n is bit 7 − n % 8 of byte n >> 3.

export const chunkBytes = 8_192;

/** The words of the bitmap as far as any bit is set, or the places of its bits where they are few. */
export type Bits = Uint32Array | Uint16Array;

/** So many are added up one by one about as fast as the words of a bitmap, and take a quarter of its room. */
const few = 1_024;

export function shorten(bitmap: Uint8Array): Bits {
  const places = new Uint16Array(few);
  let found = 0;
  for (let at = 0; at < bitmap.length; at++) {
    for (let byte = bitmap[at]!, bit = 0; byte !== 0; byte = (byte << 1) & 255, bit++) {
      if ((byte & 128) === 0) continue;
      if (found === few) return wordsOf(bitmap);
      places[found++] = at * 8 + bit;
    }
  }
  return places.slice(0, found);
}

/** Of shoppers of one chunk, ascending. */
export function bitsOf(shoppers: ArrayLike<number>): Bits {
  if (shoppers.length <= few) return Uint16Array.from(shoppers, (shopper) => shopper & 65_535);
  const bitmap = new Uint8Array(chunkBytes);
  for (let at = 0; at < shoppers.length; at++) bitmap[(shoppers[at]! & 65_535) >> 3]! |= 128 >> (shoppers[at]! & 7);
  return wordsOf(bitmap);
}

function wordsOf(bitmap: Uint8Array): Uint32Array {
  const words = new Uint32Array(new Uint8Array(bitmap).buffer);
  const last = words.findLastIndex((word) => word !== 0);
  return words.slice(0, last + 1);
}

/** Sets the bits of these shoppers, in a set of which `start` is the first byte that counts. */
export function addShoppers(
  set: Uint8Array,
  shoppers: ArrayLike<number>,
  { start = 0, from = 0, to = shoppers.length } = {},
): void {
  for (let index = from; index < to; index++) {
    const shopper = shoppers[index]!;
    set[start + (shopper >> 3)]! |= 128 >> (shopper & 7);
  }
}

/** Sets the bits in a set of all shoppers, which holds whole chunks. */
export function addBits(set: Uint8Array, chunk: number, all: readonly Bits[]): void {
  const start = chunk * chunkBytes;
  const words = new Uint32Array(set.buffer, set.byteOffset + start, chunkBytes >> 2);
  const bitmaps: Uint32Array[] = [];
  for (const bits of all) {
    if (bits instanceof Uint16Array) addShoppers(set, bits, { start });
    else bitmaps.push(bits);
  }
  // Four at once: every word of the set is then taken up and put back a fourth as often.
  let next = 0;
  for (; next + 4 <= bitmaps.length; next += 4) {
    const [a, b, c, d] = [bitmaps[next]!, bitmaps[next + 1]!, bitmaps[next + 2]!, bitmaps[next + 3]!];
    const shared = Math.min(a.length, b.length, c.length, d.length);
    for (let at = 0; at < shared; at++) words[at]! |= a[at]! | b[at]! | c[at]! | d[at]!;
    for (const one of [a, b, c, d]) addFrom(words, one, shared);
  }
  for (; next < bitmaps.length; next++) addFrom(words, bitmaps[next]!, 0);
}

function addFrom(words: Uint32Array, bitmap: Uint32Array, start: number): void {
  for (let at = start; at < bitmap.length; at++) words[at]! |= bitmap[at]!;
}

/** The numbers of the shoppers of a chunk, ascending. */
export function shoppersOf(chunk: number, bits: Bits): Int32Array {
  const first = chunk * chunkBytes * 8;
  if (bits instanceof Uint16Array) {
    const numbers = new Int32Array(bits.length);
    for (let at = 0; at < bits.length; at++) numbers[at] = first + bits[at]!;
    return numbers;
  }
  const bytes = new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength);
  const found = new Int32Array(bytes.length * 8);
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    for (let byte = bytes[at]!, bit = 0; byte !== 0; byte = (byte << 1) & 255, bit++) {
      if (byte & 128) found[count++] = first + at * 8 + bit;
    }
  }
  return found.slice(0, count);
}
