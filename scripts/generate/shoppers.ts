import type { Catalogue } from './catalogue';
import { returnRate, type GenerateConfig, type Sizes } from './config';
import { markets } from './markets';
import type { Places } from './places';
import { cumulate, gamma, normal, pickCumulative, stream } from './seed';

export const ageBands = ['18-29', '30-44', '45-59', '60+'] as const;
export const households = ['1', '2', '3-4', '5+'] as const;
export const incomes = ['low', 'middle', 'high'] as const;

export interface Shoppers {
  count: number;
  /** Expected purchase occasions over the two years, shopper × category. */
  rates: Float64Array;
  /** Mean of the rates, by category. */
  means: number[];
  /** Choice probabilities, shopper × slot; they sum to 1 within a category. */
  tastes: Float32Array;
  /** Three stores each, the favourite first. */
  stores: Uint16Array;
  age: Uint8Array;
  household: Uint8Array;
  income: Uint8Array;
}

/** A purchase occasion takes now and then a second product of the same brand. */
export const secondProductRate = 0.2;

/** Shape that all categories share: who buys much of one tends to buy much of the others. */
const commonShape = 0.5;

/** Lines that one occasion makes on average. */
const linesPerOccasion = (1 + secondProductRate) * (1 + returnRate);

export function buildShoppers(config: GenerateConfig, sizes: Sizes, catalogue: Catalogue, places: Places): Shoppers {
  const count = sizes.shoppers;
  const occasions = config.lines / linesPerOccasion;
  const means = markets.map((market) => (occasions * market.weight) / count);
  const rates = drawRates(config.seed, count, means);
  const tastes = drawTastes(config.seed, count, catalogue);
  return {
    count,
    rates,
    means,
    tastes,
    stores: drawStores(config.seed, count, places),
    ...drawAttributes(config.seed, count, catalogue, rates, tastes, means),
  };
}

/**
 * The gamma part of the NBD. A gamma variable is the sum of two with the same scale, so a common part makes categories go
 * together and leaves each category's distribution exactly gamma. The rates are scaled to their mean, so that the number
 * of lines comes out as asked.
 */
function drawRates(seed: number, count: number, means: readonly number[]): Float64Array {
  const uniform = stream(seed, 'rates');
  const width = markets.length;
  const rates = new Float64Array(count * width);
  const sums = new Float64Array(width);
  for (let shopper = 0; shopper < count; shopper++) {
    const common = gamma(uniform, commonShape);
    for (let m = 0; m < width; m++) {
      const rate = common + gamma(uniform, markets[m]!.shape - commonShape);
      rates[shopper * width + m] = rate;
      sums[m]! += rate;
    }
  }
  for (let i = 0; i < rates.length; i++) rates[i]! *= (means[i % width]! * count) / sums[i % width]!;
  return rates;
}

/** Dirichlet by independent gammas, one for each brand of the category, over their sum. */
function drawTastes(seed: number, count: number, { slots, slotRange }: Catalogue): Float32Array {
  const uniform = stream(seed, 'tastes');
  const tastes = new Float32Array(count * slots.length);
  const drawn = new Float64Array(slots.length);
  for (let shopper = 0; shopper < count; shopper++) {
    for (const [m, { from, to }] of slotRange.entries()) {
      let sum = 0;
      while (sum === 0) {
        for (let slot = from; slot < to; slot++) {
          drawn[slot] = gamma(uniform, markets[m]!.s * slots[slot]!.share);
          sum += drawn[slot]!;
        }
      }
      for (let slot = from; slot < to; slot++) tastes[shopper * slots.length + slot] = drawn[slot]! / sum;
    }
  }
  return tastes;
}

/** Loyal to a few stores of the home region; the same store may be drawn twice. */
function drawStores(seed: number, count: number, places: Places): Uint16Array {
  const uniform = stream(seed, 'homes');
  const stores = new Uint16Array(count * 3);
  for (let shopper = 0; shopper < count; shopper++) {
    const region = places.regions[pickCumulative(uniform, places.regionPull)]!;
    for (let i = 0; i < 3; i++) stores[shopper * 3 + i] = region.stores[pickCumulative(uniform, region.pull)]!;
  }
  return stores;
}

const premium = { value: -1, mainstream: 0, premium: 1 } as const;

/** Attributes follow behaviour, not the other way round: big households buy more, high incomes lean to premium brands. */
function drawAttributes(
  seed: number,
  count: number,
  { slots }: Catalogue,
  rates: Float64Array,
  tastes: Float32Array,
  means: readonly number[],
) {
  const uniform = stream(seed, 'attributes');
  const width = markets.length;
  const age = new Uint8Array(count);
  const household = new Uint8Array(count);
  const income = new Uint8Array(count);
  const lean = Float64Array.from(slots, (slot) => premium[slot.brand.tier] / width);
  const ageCuts = cumulate([0.2, 0.3, 0.27, 0.23]);
  for (let shopper = 0; shopper < count; shopper++) {
    let size = 0;
    for (let m = 0; m < width; m++) size += rates[shopper * width + m]! / means[m]! / width;
    let taste = 0;
    for (let slot = 0; slot < slots.length; slot++) taste += tastes[shopper * slots.length + slot]! * lean[slot]!;
    const people = Math.log(size + 0.05) + normal(uniform);
    household[shopper] = people < -0.9 ? 0 : people < 0.2 ? 1 : people < 1.2 ? 2 : 3;
    const money = 2.5 * taste + normal(uniform);
    income[shopper] = money < -0.5 ? 0 : money < 0.8 ? 1 : 2;
    age[shopper] = pickCumulative(uniform, ageCuts);
  }
  return { age, household, income };
}
