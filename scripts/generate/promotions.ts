import type { Catalogue } from './catalogue';
import { weekCount } from './calendar';
import { channels } from './places';
import { stream } from './seed';

/** A kind of promotion, and what it does. */
export interface Mechanic {
  name: string;
  /** Price reduction as a part of the base price. */
  depth: number;
  feature: boolean;
  display: boolean;
  /** Multiplies the product's weight in the choice. */
  choice: number;
  /** Multiplies the units of a purchase. */
  quantity: number;
  /** How often it is used. */
  weight: number;
}

export const mechanics: readonly Mechanic[] = [
  { name: 'price', depth: 0.15, feature: false, display: false, choice: 1.15, quantity: 1.2, weight: 0.35 },
  { name: 'price + feature', depth: 0.2, feature: true, display: false, choice: 1.25, quantity: 1.45, weight: 0.3 },
  {
    name: 'price + feature + display',
    depth: 0.3,
    feature: true,
    display: true,
    choice: 1.35,
    quantity: 2.1,
    weight: 0.2,
  },
  { name: 'display', depth: 0, feature: false, display: true, choice: 1.15, quantity: 1.1, weight: 0.15 },
];

/**
 * Units on promotion over units without, less 1. Measured, it comes out a little lower: a buyer who has chosen a promoted
 * product can't also choose its promoted neighbour. Most of the uplift is therefore in the quantity, which nothing dampens.
 */
export const upliftOf = (mechanic: Mechanic): number => mechanic.choice * mechanic.quantity - 1;

export interface Promotion {
  slot: number;
  channel: number;
  mechanic: number;
  /** Weeks from (inclusive) to (exclusive). */
  from: number;
  to: number;
  products: number[];
}

/** Each brand promotes about a fifth of its range every few weeks, channel by channel; never a product twice at once. */
export function buildPromotions(seed: number, { slots }: Catalogue): Promotion[] {
  const uniform = stream(seed, 'promotions');
  const promotions: Promotion[] = [];
  for (const slot of slots) {
    for (let channel = 0; channel < channels.length; channel++) {
      let week = Math.floor(uniform() * 6);
      while (week < weekCount) {
        const products: number[] = [];
        for (let product = slot.from; product < slot.to; product++) if (uniform() < 0.2) products.push(product);
        let draw = uniform();
        const mechanic = mechanics.findIndex(({ weight }) => (draw -= weight) < 0);
        const to = Math.min(weekCount, week + 1 + Math.floor(uniform() * 2));
        if (products.length > 0) {
          promotions.push({ slot: slot.index, channel, mechanic: Math.max(0, mechanic), from: week, to, products });
        }
        week = to + 1 + Math.floor(uniform() * 4);
      }
    }
  }
  return promotions;
}
