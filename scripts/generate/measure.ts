import { anonymousRate } from './config';
import { dayCount, dayWeights, weekOf } from './calendar';
import type { Line } from './lines';
import { markets } from './markets';
import { channels } from './places';
import { mechanics } from './promotions';
import type { World } from './world';

// What the lines of a window show about each category and brand, as an analyst would count it. For tests and benchmarks.

export interface Observed {
  /** Purchases and part of the shoppers who buy: of the category, then of each of its slots. */
  category: { mean: number; penetration: number };
  slots: { slot: number; share: number; penetration: number; frequency: number }[];
}

/** Counts the identified purchases of each category and brand from one day up to another (exclusive). */
export function observe(world: World, lines: readonly Line[], from: number, to: number): Observed[] {
  const { catalogue, shoppers } = world;
  const bought = new Map<number, Set<number>>();
  const buyers = new Map<number, Set<number>>();
  const trips = (key: number) => bought.get(key) ?? bought.set(key, new Set()).get(key)!;
  const people = (key: number) => buyers.get(key) ?? buyers.set(key, new Set()).get(key)!;
  for (const line of lines) {
    if (line.shopper < 0 || line.isReturn || line.day < from || line.day >= to) continue;
    const { slot } = catalogue.products[line.product]!;
    for (const key of [slot, -1 - catalogue.slots[slot]!.market]) {
      // A shopper shops once a day at most.
      trips(key).add(line.shopper * dayCount + line.day);
      people(key).add(line.shopper);
    }
  }
  return catalogue.slotRange.map((range, m) => {
    const purchases = trips(-1 - m).size;
    const slots = catalogue.slots.slice(range.from, range.to).map(({ index }) => ({
      slot: index,
      share: trips(index).size / purchases,
      penetration: people(index).size / shoppers.count,
      frequency: trips(index).size / people(index).size,
    }));
    const category = { mean: purchases / shoppers.count, penetration: people(-1 - m).size / shoppers.count };
    return { category, slots };
  });
}

/** Mean identified purchases of a category in a window that the generator put in. */
export function expectedMean(world: World, market: number, from: number, to: number): number {
  const { season, growth } = markets[market]!;
  const weights = dayWeights(season, growth);
  const part = weights.subarray(from, to).reduce((a, b) => a + b, 0) / weights.reduce((a, b) => a + b, 0);
  return world.shoppers.means[market]! * part * (1 - anonymousRate);
}

/** The uplift of each mechanic: units of each product and channel in promoted weeks against its other weeks, at equal season. */
export function upliftsFound(world: World, purchases: readonly Line[]): number[] {
  const { products, slots } = world.catalogue;
  const weeks = Math.floor(dayCount / 7);
  const season = markets.map((market) => {
    const weights = dayWeights(market.season, market.growth);
    return Array.from({ length: weeks }, (_, week) =>
      weights.subarray(week * 7, week * 7 + 7).reduce((a, b) => a + b, 0),
    );
  });
  const row = (channel: number, product: number) => (channel * products.length + product) * weeks;
  const units = new Float64Array(channels.length * products.length * weeks);
  const mechanic = new Uint8Array(units.length);
  for (const line of purchases) {
    const week = weekOf(line.day);
    if (week < weeks) units[row(world.places.stores[line.store]!.channel, line.product) + week]! += line.units;
  }
  for (const promotion of world.promotions) {
    for (const product of promotion.products) {
      const start = row(promotion.channel, product);
      mechanic.fill(promotion.mechanic + 1, start + promotion.from, start + Math.min(promotion.to, weeks));
    }
  }
  const disturbed = new Set(world.events.map((event) => event.slot));
  const sold = new Float64Array(mechanics.length);
  const due = new Float64Array(mechanics.length);
  for (const [at, product] of channels.flatMap((_, c) => products.map((product, p) => [row(c, p), product] as const))) {
    if (disturbed.has(product.slot)) continue;
    const usual = season[slots[product.slot]!.market]!;
    const plain = { units: 0, usual: 0 };
    for (let week = 0; week < weeks; week++) {
      if (mechanic[at + week] !== 0) continue;
      plain.units += units[at + week]!;
      plain.usual += usual[week]!;
    }
    for (let week = 0; week < weeks; week++) {
      const kind = mechanic[at + week]!;
      if (kind === 0) continue;
      sold[kind - 1]! += units[at + week]!;
      due[kind - 1]! += (plain.units / plain.usual) * usual[week]!;
    }
  }
  return mechanics.map((_, kind) => sold[kind]! / due[kind]! - 1);
}
