// Which of the 65,536 shoppers of a chunk, by the rollups' bitmaps: shopper n is bit 7 − n % 8 of byte n >> 3.

export const chunkBytes = 8_192;

/** The bitmap itself, or the places of its bits where they are few. */
export type Bits = Uint8Array | Uint16Array;

/** So many are added up one by one about as fast as the words of a bitmap, and take a quarter of its room. */
const few = 1_024;

export function shorten(bitmap: Uint8Array): Bits {
  const places = new Uint16Array(few);
  let found = 0;
  for (let at = 0; at < bitmap.length; at++) {
    for (let byte = bitmap[at]!, bit = 0; byte !== 0; byte = (byte << 1) & 255, bit++) {
      if ((byte & 128) === 0) continue;
      if (found === few) return new Uint8Array(bitmap);
      places[found++] = at * 8 + bit;
    }
  }
  return places.slice(0, found);
}

/** Sets the bits of these shoppers. */
export function addShoppers(set: Uint8Array, shoppers: ArrayLike<number>): void {
  for (let index = 0; index < shoppers.length; index++) {
    const shopper = shoppers[index]!;
    set[shopper >> 3]! |= 128 >> (shopper & 7);
  }
}

/** Sets the bits in a set of all shoppers, which holds whole chunks. */
export function addBits(set: Uint8Array, chunk: number, bits: Bits): void {
  const start = chunk * chunkBytes;
  if (bits instanceof Uint16Array) {
    addShoppers(set.subarray(start), bits);
    return;
  }
  const all = new Uint32Array(set.buffer, set.byteOffset + start, chunkBytes >> 2);
  const words = new Uint32Array(bits.buffer, bits.byteOffset, chunkBytes >> 2);
  for (let index = 0; index < words.length; index++) all[index]! |= words[index]!;
}

/** The numbers of the shoppers of a chunk, ascending. */
export function shoppersOf(chunk: number, bits: Bits): Int32Array {
  const first = chunk * chunkBytes * 8;
  if (bits instanceof Uint16Array) return Int32Array.from(bits, (place) => first + place);
  const found = new Int32Array(chunkBytes * 8);
  let count = 0;
  for (let at = 0; at < bits.length; at++) {
    for (let byte = bits[at]!, bit = 0; byte !== 0; byte = (byte << 1) & 255, bit++) {
      if (byte & 128) found[count++] = first + at * 8 + bit;
    }
  }
  return found.slice(0, count);
}
