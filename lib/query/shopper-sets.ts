// Set algebra on bits of shoppers, 32 at a time. A set that ends early lacks the shoppers beyond its end.

/** Bits of the shoppers: shopper number n is bit 7 − n % 8 of byte n >> 3. */
export type ShopperSet = Uint8Array;

/** The set as words; sets hold whole chunks of shoppers, and begin where a word may. */
const wordsOf = (set: ShopperSet): Uint32Array =>
  set.byteOffset % 4 === 0
    ? new Uint32Array(set.buffer, set.byteOffset, set.length >> 2)
    : new Uint32Array(set.slice().buffer, 0, set.length >> 2);
const bytesOf = (words: Uint32Array): ShopperSet => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/** Bits that are set in a word (Warren, Hacker's Delight, 5-1). */
function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export const has = (set: ShopperSet, shopper: number): boolean =>
  ((set[shopper >> 3] ?? 0) & (128 >> (shopper & 7))) !== 0;

export function count(set: ShopperSet): number {
  const words = wordsOf(set);
  let sum = 0;
  for (let at = 0; at < words.length; at++) sum += bitCount(words[at]!);
  return sum;
}

export function countBoth(a: ShopperSet, b: ShopperSet): number {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  const end = Math.min(first.length, second.length);
  let sum = 0;
  for (let at = 0; at < end; at++) {
    const both = first[at]! & second[at]!;
    if (both !== 0) sum += bitCount(both);
  }
  return sum;
}

export function union(sets: readonly ShopperSet[]): ShopperSet {
  const all = new Uint32Array(Math.max(0, ...sets.map(({ length }) => length >> 2)));
  for (const words of sets.map(wordsOf)) for (let at = 0; at < words.length; at++) all[at]! |= words[at]!;
  return bytesOf(all);
}

export function intersection(a: ShopperSet, b: ShopperSet): ShopperSet {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  const both = new Uint32Array(Math.min(first.length, second.length));
  for (let at = 0; at < both.length; at++) both[at] = first[at]! & second[at]!;
  return bytesOf(both);
}

/** In a and not in b. */
export function difference(a: ShopperSet, b: ShopperSet): ShopperSet {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  const rest = new Uint32Array(first);
  const end = Math.min(first.length, second.length);
  for (let at = 0; at < end; at++) rest[at]! &= ~second[at]!;
  return bytesOf(rest);
}

/** The shoppers' numbers, ascending. */
export function members(set: ShopperSet): Int32Array {
  const numbers = new Int32Array(count(set));
  const words = wordsOf(set);
  let found = 0;
  for (let word = 0; word < words.length; word++) {
    if (words[word] === 0) continue;
    for (let at = word * 4; at < word * 4 + 4; at++) {
      for (let byte = set[at]!, bit = 0; byte !== 0; byte = (byte << 1) & 255, bit++) {
        if (byte & 128) numbers[found++] = at * 8 + bit;
      }
    }
  }
  return numbers;
}
