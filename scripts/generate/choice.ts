import type { Catalogue } from './catalogue';
import { choiceFactor, priceFactor, type BrandEvent } from './events';
import { channels, type Places } from './places';
import { mechanics, type Promotion } from './promotions';
import { stream, type Uniform } from './seed';

/** How much of a brand's range a store of each size carries; the two best sellers stand everywhere. */
const carried = { S: 0.45, M: 0.7, L: 0.9, XL: 1 } as const;

/** What stands in each store in the current week, at what price, and how it draws. */
export class Shelf {
  /** Channel × product, cents. */
  readonly base: Int32Array;
  readonly price: Int32Array;
  /** Channel × product: 0, or 1 + the mechanic's number. */
  readonly promotion: Uint8Array;
  /** Store × product: the product's weight within its brand. */
  private readonly weight: Float64Array;
  /** Store × slot: sum of its products' weights. */
  private readonly slotWeight: Float64Array;
  private readonly listed: Uint8Array;
  private readonly scores: Float64Array;

  constructor(
    seed: number,
    private readonly catalogue: Catalogue,
    private readonly places: Places,
    private readonly events: readonly BrandEvent[],
    private readonly promotions: readonly Promotion[],
  ) {
    const uniform = stream(seed, 'assortment');
    const { products, slots } = catalogue;
    this.base = new Int32Array(channels.length * products.length);
    this.price = new Int32Array(channels.length * products.length);
    this.promotion = new Uint8Array(channels.length * products.length);
    this.weight = new Float64Array(places.stores.length * products.length);
    this.slotWeight = new Float64Array(places.stores.length * slots.length);
    this.scores = new Float64Array(slots.length);
    this.listed = new Uint8Array(places.stores.length * products.length);
    for (const [s, store] of places.stores.entries()) {
      for (const [p, product] of products.entries()) {
        const kept = uniform() < carried[store.size];
        this.listed[s * products.length + p] = product.rank < 2 || kept ? 1 : 0;
      }
    }
  }

  /** Sets prices, promotions and weights of a week. */
  setWeek(week: number): void {
    const { products, slots } = this.catalogue;
    this.promotion.fill(0);
    for (const { channel, mechanic, from, to, products: members } of this.promotions) {
      if (week < from || week >= to) continue;
      for (const product of members) this.promotion[channel * products.length + product] = mechanic + 1;
    }
    for (const slot of slots) {
      const events = this.events.filter((event) => event.slot === slot.index);
      const rise = events.reduce((factor, event) => factor * priceFactor(event, week), 1);
      for (const [c, channel] of channels.entries()) {
        for (let p = slot.from; p < slot.to; p++) {
          const at = c * products.length + p;
          this.base[at] = Math.round(products[p]!.listPrice * channel.price * rise);
          const promoted = this.promotion[at]!;
          this.price[at] =
            promoted === 0 ? this.base[at]! : Math.round(this.base[at]! * (1 - mechanics[promoted - 1]!.depth));
        }
      }
      for (const [s, store] of this.places.stores.entries()) {
        const here = events.reduce((factor, event) => factor * choiceFactor(event, week, store.region), 1);
        let sum = 0;
        for (let p = slot.from; p < slot.to; p++) {
          const promoted = this.promotion[store.channel * products.length + p]!;
          const draw = promoted === 0 ? 1 : mechanics[promoted - 1]!.choice;
          const weight = this.listed[s * products.length + p]! * products[p]!.weight * draw;
          this.weight[s * products.length + p] = weight * here;
          sum += weight * here;
        }
        // A brand draws by its name, not by how much of its range a store has room for: promotions alone lift it.
        this.slotWeight[s * slots.length + slot.index] = sum / this.ownRange(s, slot.from, slot.to);
      }
    }
  }

  private ownRange(store: number, from: number, to: number): number {
    const { products } = this.catalogue;
    let sum = 0;
    for (let p = from; p < to; p++) sum += this.listed[store * products.length + p]! * products[p]!.weight;
    return sum;
  }

  /** The brand of an occasion: the shopper's taste × the brand's weight on this shelf. -1: nothing of the category is there. */
  pickSlot(uniform: Uniform, market: number, store: number, tastes: Float32Array, taste: number): number {
    const { slots, slotRange } = this.catalogue;
    const { from, to } = slotRange[market]!;
    const shelf = store * slots.length;
    let sum = 0;
    for (let slot = from; slot < to; slot++) {
      sum += tastes[taste + slot]! * this.slotWeight[shelf + slot]!;
      this.scores[slot] = sum;
    }
    const bySize = sum === 0;
    if (bySize) {
      // All that the shopper likes is gone: brands by their size.
      for (let slot = from; slot < to; slot++)
        this.scores[slot] = sum += slots[slot]!.share * this.slotWeight[shelf + slot]!;
    }
    const target = uniform() * sum;
    for (let slot = from; slot < to; slot++) if (this.scores[slot]! > target) return slot;
    return -1;
  }

  /** A product of a chosen brand, other than the one already taken. A brand has two products or more wherever it is. */
  pickProduct(uniform: Uniform, slot: number, store: number, taken = -1): number {
    const { from, to } = this.catalogue.slots[slot]!;
    const shelf = store * this.catalogue.products.length;
    let sum = 0;
    for (let p = from; p < to; p++) if (p !== taken) sum += this.weight[shelf + p]!;
    let target = uniform() * sum;
    let last = from;
    for (let p = from; p < to; p++) {
      const weight = this.weight[shelf + p]!;
      if (weight === 0 || p === taken) continue;
      last = p;
      if ((target -= weight) < 0) break;
    }
    return last;
  }
}
