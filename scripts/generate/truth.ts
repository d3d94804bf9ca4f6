import { dayCount, isoDate, weekdayIndex } from './calendar';
import { anonymousRate, returnRate } from './config';
import type { Line } from './lines';
import { markets } from './markets';
import { regionNames } from './names';
import { channels } from './places';
import { mechanics, upliftOf } from './promotions';
import type { World } from './world';

/** What was written, to compare with what was loaded. */
export class Totals {
  lines = 0;
  anonymousLines = 0;
  returnLines = 0;
  promotedLines = 0;
  units = 0;
  cents = 0;
  identifiedCents = 0;
  receipts = 0;
  private readonly seen = new Set<number>();
  private last = -1;

  add(line: Line): void {
    this.lines++;
    this.units += line.units;
    this.cents += line.amount;
    if (line.isReturn) this.returnLines++;
    if (line.promotion > 0) this.promotedLines++;
    if (line.shopper < 0) this.anonymousLines++;
    else {
      this.identifiedCents += line.amount;
      this.seen.add(line.shopper);
    }
    // Lines of a receipt stand together, and no store numbers a million receipts a day.
    const receipt = (line.day * 1000 + line.store) * 1_000_000 + line.receipt;
    if (receipt !== this.last) this.receipts++;
    this.last = receipt;
  }

  get shoppers(): number {
    return this.seen.size;
  }
}

/** What was put into the data, and what came out of it in sums. */
export function truthOf(world: World, totals: Totals) {
  const { config, sizes, catalogue, shoppers } = world;
  return {
    seed: config.seed,
    from: isoDate(0),
    to: isoDate(dayCount - 1),
    asked: { lines: config.lines, ...sizes },
    written: {
      lines: totals.lines,
      anonymousLines: totals.anonymousLines,
      returnLines: totals.returnLines,
      promotedLines: totals.promotedLines,
      receipts: totals.receipts,
      units: totals.units,
      amount: (totals.cents / 100).toFixed(2),
      identifiedAmount: (totals.identifiedCents / 100).toFixed(2),
      shoppers: totals.shoppers,
    },
    anonymousRate,
    returnRate,
    weekday: weekdayIndex,
    categories: markets.map((market, m) => ({
      name: market.category,
      parent: market.department,
      packUnit: market.unit,
      // Over two years and all trips; on the identified ones the mean is less by the anonymous rate, the shape the same.
      nbd: { mean: shoppers.means[m]!, shape: market.shape, days: dayCount },
      dirichletS: market.s,
      season: market.season,
      growth: market.growth,
      brands: catalogue.slots
        .filter((slot) => slot.market === m)
        .map(({ brand, share, from, to }) => ({ ...brand, share, products: to - from })),
    })),
    events: world.events.map((event) => {
      const { brand, market, from, to } = catalogue.slots[event.slot]!;
      return {
        kind: event.kind,
        brand: brand.name,
        category: markets[market]!.category,
        products: catalogue.products.slice(from, to).map(({ code }) => code),
        date: event.date,
        region: event.region === null ? null : regionNames[event.region]!,
        priceFactor: event.priceFactor,
        choiceFactor: event.choiceFactor,
        rampWeeks: event.rampWeeks,
      };
    }),
    mechanics: mechanics.map((mechanic) => ({ ...mechanic, uplift: upliftOf(mechanic) })),
    promotions: world.promotions.map((promotion) => ({
      brand: catalogue.slots[promotion.slot]!.brand.name,
      category: markets[catalogue.slots[promotion.slot]!.market]!.category,
      channel: channels[promotion.channel]!.name,
      mechanic: mechanics[promotion.mechanic]!.name,
      from: isoDate(promotion.from * 7),
      to: isoDate(Math.min(dayCount, promotion.to * 7) - 1),
      products: promotion.products.map((product) => catalogue.products[product]!.code),
    })),
  };
}
