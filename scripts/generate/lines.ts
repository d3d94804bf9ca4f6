import { dayCount, firstHour, hourIndex } from './calendar';
import { Shelf } from './choice';
import { anonymousRate, returnRate } from './config';
import { drawTrips } from './incidence';
import { markets } from './markets';
import { mechanics } from './promotions';
import { cumulate, pickCumulative, poisson, stream, type Uniform } from './seed';
import { secondProductRate } from './shoppers';
import type { World } from './world';

/** One product on one receipt. Numbers point into the world's lists. */
export interface Line {
  day: number;
  /** Second of the day. */
  time: number;
  store: number;
  /** Counts from 1 in each store each day. */
  receipt: number;
  /** -1: anonymous. */
  shopper: number;
  product: number;
  units: number;
  /** Cents. */
  amount: number;
  /** A unit without promotion, cents. */
  basePrice: number;
  /** 0, or 1 + the number of the mechanic. */
  promotion: number;
  isReturn: boolean;
}

/** Mean units of a purchase without promotion. */
const meanUnits = 1.3;
/** Mean units beyond the first: without promotion, then by mechanic. */
const extraUnits = [1, ...mechanics.map(({ quantity }) => quantity)].map((quantity) => meanUnits * quantity - 1);
/** Days within which something is brought back. */
const returnDays = 10;
/** Where a trip goes: to the favourite, the second, the third store, or (the rest) anywhere. */
const loyalty = [0.62, 0.86, 0.96] as const;

/** All lines, day by day; within a day by time, the lines of a receipt together. */
export function* linesByDay(world: World): Generator<Line[]> {
  const { config, shoppers, catalogue, places } = world;
  const trips = drawTrips(config.seed, shoppers);
  const uniform = stream(config.seed, 'lines');
  const shelf = new Shelf(config.seed, catalogue, places, world.events, world.promotions);
  const hours = cumulate(hourIndex);
  const broughtBack: Line[][] = Array.from({ length: dayCount + returnDays + 1 }, () => []);
  for (let day = 0; day < dayCount; day++) {
    if (day % 7 === 0) shelf.setWeek(day / 7);
    const baskets: Line[][] = broughtBack[day]!.map((line) => [line]);
    broughtBack[day] = [];
    for (let trip = trips.start[day]!; trip < trips.start[day + 1]!; trip++) {
      const shopper = trips.shopper[trip]!;
      const store = pickStore(uniform, world, shopper);
      const time = drawTime(uniform, hours);
      const known = uniform() < anonymousRate ? -1 : shopper;
      const basket: Line[] = [];
      for (let m = 0; m < markets.length; m++) {
        if (((trips.categories[trip]! >> m) & 1) === 0) continue;
        const slot = shelf.pickSlot(uniform, m, store, shoppers.tastes, shopper * catalogue.slots.length);
        if (slot < 0) continue;
        const product = shelf.pickProduct(uniform, slot, store);
        basket.push(sell(uniform, world, shelf, day, time, store, known, product));
        if (uniform() >= secondProductRate) continue;
        const second = shelf.pickProduct(uniform, slot, store, product);
        basket.push(sell(uniform, world, shelf, day, time, store, known, second));
      }
      for (const line of basket) {
        if (uniform() >= returnRate) continue;
        const back = day + 1 + Math.floor(uniform() * returnDays);
        const { units, amount } = line;
        const later = {
          ...line,
          day: back,
          time: drawTime(uniform, hours),
          units: -units,
          amount: -amount,
          isReturn: true,
        };
        broughtBack[back]!.push(later);
      }
      if (basket.length > 0) baskets.push(basket);
    }
    yield number(baskets, places.stores.length);
  }
}

function pickStore(uniform: Uniform, { shoppers, places }: World, shopper: number): number {
  const draw = uniform();
  const choice = loyalty.findIndex((edge) => draw < edge);
  return choice < 0 ? pickCumulative(uniform, places.everywhere) : shoppers.stores[shopper * 3 + choice]!;
}

const drawTime = (uniform: Uniform, hours: Float64Array): number =>
  (firstHour + pickCumulative(uniform, hours)) * 3600 + Math.floor(uniform() * 3600);

/** A line that the caller still puts into a receipt. */
function sell(
  uniform: Uniform,
  { catalogue, places }: World,
  shelf: Shelf,
  day: number,
  time: number,
  store: number,
  shopper: number,
  product: number,
): Line {
  const at = places.stores[store]!.channel * catalogue.products.length + product;
  const promotion = shelf.promotion[at]!;
  const units = 1 + poisson(uniform, extraUnits[promotion]!);
  const amount = units * shelf.price[at]!;
  const basePrice = shelf.base[at]!;
  // Spelt out, not spread: this runs once for each line.
  return { day, time, store, receipt: 0, shopper, product, units, amount, basePrice, promotion, isReturn: false };
}

/** Puts the day's baskets in order of time and numbers the receipts of each store. */
function number(baskets: Line[][], stores: number): Line[] {
  baskets.sort((a, b) => a[0]!.time - b[0]!.time || a[0]!.store - b[0]!.store);
  const next = new Uint32Array(stores);
  const lines: Line[] = [];
  for (const basket of baskets) {
    const receipt = ++next[basket[0]!.store]!;
    for (const line of basket) {
      line.receipt = receipt;
      lines.push(line);
    }
  }
  return lines;
}

/** All lines one by one, for tests and measurements. */
export async function* generateLines(world: World): AsyncGenerator<Line> {
  for (const day of linesByDay(world)) yield* day;
}
