import type { ShopperSet } from './read-sets';

// Set algebra on bits of shoppers. A set that ends early lacks the shoppers beyond its end.

const bitsOf = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

export function count(set: ShopperSet): number {
  let sum = 0;
  for (let at = 0; at < set.length; at++) sum += bitsOf[set[at]!]!;
  return sum;
}

export function countBoth(a: ShopperSet, b: ShopperSet): number {
  const end = Math.min(a.length, b.length);
  let sum = 0;
  for (let at = 0; at < end; at++) sum += bitsOf[a[at]! & b[at]!]!;
  return sum;
}

export function union(sets: readonly ShopperSet[]): ShopperSet {
  const all = new Uint8Array(Math.max(0, ...sets.map(({ length }) => length)));
  for (const set of sets) for (let at = 0; at < set.length; at++) all[at]! |= set[at]!;
  return all;
}

export function intersection(a: ShopperSet, b: ShopperSet): ShopperSet {
  return a.slice(0, Math.min(a.length, b.length)).map((byte, at) => byte & b[at]!);
}

/** In a and not in b. */
export function difference(a: ShopperSet, b: ShopperSet): ShopperSet {
  return a.map((byte, at) => byte & ~(b[at] ?? 0));
}

/** The shoppers' numbers, ascending. */
export function* members(set: ShopperSet): Iterable<number> {
  for (let at = 0; at < set.length; at++) {
    for (let byte = set[at]!, bit = 0; byte !== 0; byte = (byte << 1) & 255, bit++) if (byte & 128) yield at * 8 + bit;
  }
}
