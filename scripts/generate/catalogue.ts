import type { Sizes } from './config';
import { markets, tierPrice, type Tier } from './markets';
import { brandNames, manufacturerNames, sharedBrand } from './names';
import { pickOne, shuffled, stream, type Uniform } from './seed';

export interface Brand {
  name: string;
  manufacturer: string;
  tier: Tier;
}

/** A brand in a category: what the Dirichlet chooses between. */
export interface Slot {
  index: number;
  market: number;
  brand: Brand;
  /** The Dirichlet's mean: part of the category's purchase occasions while every brand is on sale. */
  share: number;
  /** Products from (inclusive) to (exclusive). */
  from: number;
  to: number;
}

export interface Product {
  code: string;
  name: string;
  slot: number;
  /** Place within its brand's products of the category, the best seller first. */
  rank: number;
  /** Part of its brand's choices in the category where all its products are on the shelf. */
  weight: number;
  pack: number;
  flavour: string;
  organic: boolean;
  /** In cents, before the channel's factor. */
  listPrice: number;
}

export interface Catalogue {
  brands: Brand[];
  slots: Slot[];
  /** Slots of each category: from (inclusive), to (exclusive). */
  slotRange: { from: number; to: number }[];
  products: Product[];
}

/** Splits a whole number by weights; largest remainders get what is left. */
function apportion(total: number, weights: readonly number[], least: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const free = total - least * weights.length;
  const exact = weights.map((weight) => (free * weight) / sum);
  const parts = exact.map(Math.floor);
  const order = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  let left = free - parts.reduce((a, b) => a + b, 0);
  for (const { i } of order) if (left-- > 0) parts[i]!++;
  return parts.map((part) => part + least);
}

const tiers: readonly Tier[] = ['mainstream', 'premium', 'mainstream', 'value'];

/** Ends in a 9, as shelf prices do. */
const shelfPrice = (cents: number): number => Math.max(39, Math.round(cents / 10) * 10 - 1);

const sizeText = (pack: number, unit: 'kg' | 'l'): string => {
  if (pack >= 1) return `${pack} ${unit}`;
  return `${Math.round(pack * 1000)} ${unit === 'kg' ? 'g' : 'ml'}`;
};

export function buildCatalogue(seed: number, sizes: Sizes): Catalogue {
  const uniform = stream(seed, 'catalogue');
  // One brand stands in two categories, so there is one slot more than there are brands.
  const counts = apportion(
    sizes.brands + 1,
    markets.map((market) => market.brands),
    0,
  );
  const names = brandNames(counts);
  const byName = new Map<string, Brand>();
  const slots: Slot[] = [];
  const slotRange: Catalogue['slotRange'] = [];
  for (const [m, slotNames] of names.entries()) {
    const from = slots.length;
    const raw = slotNames.map((_, rank) => (rank + 1.5) ** -0.9);
    const total = raw.reduce((a, b) => a + b, 0);
    for (const [rank, name] of shuffledButShared(uniform, slotNames).entries()) {
      const made = byName.size;
      const brand = byName.get(name) ?? {
        name,
        manufacturer: made < 15 ? manufacturerNames[made]! : pickOne(uniform, manufacturerNames),
        tier: tiers[rank % tiers.length]!,
      };
      byName.set(name, brand);
      slots.push({ index: slots.length, market: m, brand, share: raw[rank]! / total, from: 0, to: 0 });
    }
    slotRange.push({ from, to: slots.length });
  }
  const products: Product[] = [];
  const perSlot = apportion(
    sizes.products,
    slots.map((slot) => Math.sqrt(slot.share)),
    5,
  );
  for (const slot of slots) {
    slot.from = products.length;
    products.push(...productsOf(uniform, slot, perSlot[slot.index]!, products.length));
    slot.to = products.length;
  }
  return { brands: [...byName.values()], slots, slotRange, products };
}

/** Which brand leads is drawn, but the brand in two categories keeps the second place in both. */
function shuffledButShared(uniform: Uniform, names: readonly string[]): string[] {
  const mixed = shuffled(
    uniform,
    names.filter((name) => name !== sharedBrand),
  );
  if (names.includes(sharedBrand)) mixed.splice(1, 0, sharedBrand);
  return mixed;
}

function productsOf(uniform: Uniform, slot: Slot, count: number, before: number): Product[] {
  const market = markets[slot.market]!;
  const variants = [false, true].flatMap((organic) =>
    shuffled(
      uniform,
      market.flavours.flatMap((flavour) => market.packs.map((pack) => ({ flavour, pack, organic }))),
    ),
  );
  // About one in six is organic.
  const organicCount = Math.floor(count / 6);
  const half = variants.length / 2;
  const chosen = shuffled(uniform, [
    ...variants.slice(0, count - organicCount),
    ...variants.slice(half, half + organicCount),
  ]);
  const raw = chosen.map((_, rank) => (rank + 2) ** -0.8);
  const total = raw.reduce((a, b) => a + b, 0);
  const level = market.price * tierPrice[slot.brand.tier] * (0.94 + 0.12 * uniform());
  return chosen.map(({ flavour, pack, organic }, rank) => ({
    code: `P${String(before + rank + 1).padStart(5, '0')}`,
    name: [slot.brand.name, organic ? 'Organic' : '', flavour, market.category, sizeText(pack, market.unit)]
      .filter(Boolean)
      .join(' '),
    slot: slot.index,
    rank,
    weight: raw[rank]! / total,
    pack,
    flavour,
    organic,
    listPrice: shelfPrice(100 * level * pack ** 0.85 * (organic ? 1.25 : 1)),
  }));
}
