import { describe, expect, it, vi } from 'vitest';
import { dayCount, dayOf, dayWeights, isoDate, monthOf, weekdayIndex, weekOf } from './calendar';
import { anonymousRate, returnRate } from './config';
import type { BrandEvent } from './events';
import { linesByDay, type Line } from './lines';
import { markets } from './markets';
import { regionNames } from './names';
import { upliftsFound } from './measure';
import { mechanics, upliftOf } from './promotions';
import { buildWorld } from './world';

// Each test reads many lines; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

// Whatever is put into the lines can be found in them again, within the errors stated here.

const world = buildWorld({ lines: 300_000, seed: 3 });
const lines = [...linesByDay(world)].flat();
const purchases = lines.filter((line) => !line.isReturn);
const { products, slots } = world.catalogue;
const slotOf = (line: Line) => products[line.product]!.slot;
const marketOf = (line: Line) => slots[slotOf(line)]!.market;
const eventOf = (kind: BrandEvent['kind']) => world.events.find((event) => event.kind === kind)!;
const linesOf = (event: BrandEvent) => purchases.filter((line) => slotOf(line) === event.slot);
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
const basketOf = (line: Line) => `${line.day}/${line.store}/${line.receipt}`;

describe('the range', () => {
  it('is sold whole: every product, every store', () => {
    expect(new Set(purchases.map((line) => line.product)).size).toBe(600);
    expect(new Set(purchases.map((line) => line.store)).size).toBe(120);
  });
});

describe('shoppers and baskets', () => {
  it('are anonymous in 15 % of the lines, whole baskets at a time', () => {
    const anonymous = lines.filter((line) => line.shopper < 0).length / lines.length;
    expect(Math.abs(anonymous - anonymousRate)).toBeLessThan(0.005);
    const who = new Map<string, number>();
    let mixed = 0;
    for (const line of lines) {
      const key = basketOf(line);
      if ((who.get(key) ?? line.shopper) !== line.shopper) mixed++;
      who.set(key, line.shopper);
    }
    expect(mixed).toBe(0);
    expect(lines.length / who.size).toBeGreaterThan(1.5);
  });

  it('keep to a few stores: half of the trips or more go to the favourite', () => {
    const visits = new Map<number, Map<number, number>>();
    for (const { shopper, store } of purchases) {
      if (shopper < 0) continue;
      const stores = visits.get(shopper) ?? visits.set(shopper, new Map()).get(shopper)!;
      stores.set(store, (stores.get(store) ?? 0) + 1);
    }
    let first = 0;
    let three = 0;
    let all = 0;
    for (const stores of visits.values()) {
      const ranked = [...stores.values()].sort((a, b) => b - a);
      first += ranked[0]!;
      three += sum(ranked.slice(0, 3));
      all += sum(ranked);
    }
    expect(first / all).toBeGreaterThan(0.55);
    expect(three / all).toBeGreaterThan(0.9);
    expect(three / all).toBeLessThan(1);
  });

  it('tell by their attributes how they buy', () => {
    const { household, income } = world.shoppers;
    const count = new Map<number, number>();
    for (const { shopper } of purchases) if (shopper >= 0) count.set(shopper, (count.get(shopper) ?? 0) + 1);
    const meanOf = (of: Uint8Array, value: number) => {
      const members = [...of.keys()].filter((shopper) => of[shopper] === value);
      expect(members.length / of.length).toBeGreaterThan(0.05);
      return sum(members.map((shopper) => count.get(shopper) ?? 0)) / members.length;
    };
    const bySize = [0, 1, 2, 3].map((value) => meanOf(household, value));
    expect(bySize).toEqual([...bySize].sort((a, b) => a - b));
    expect(bySize[3]! / bySize[0]!).toBeGreaterThan(1.5);
    const premium = (value: number) => {
      const theirs = purchases.filter((line) => line.shopper >= 0 && income[line.shopper] === value);
      return theirs.filter((line) => slots[slotOf(line)]!.brand.tier === 'premium').length / theirs.length;
    };
    expect(premium(2)).toBeGreaterThan(premium(0) + 0.05);
  });
});

describe('time', () => {
  it('follows the season of each category within 10 % a month, its growth within 4 points', () => {
    for (const [m, market] of markets.entries()) {
      const weights = dayWeights(market.season, market.growth);
      const total = sum(weights);
      const sold = new Float64Array(24);
      const due = new Float64Array(24);
      for (const line of purchases) if (marketOf(line) === m) sold[monthOf(line.day)]!++;
      const all = sum(sold);
      for (let day = 0; day < dayCount; day++) due[monthOf(day)]! += (weights[day]! / total) * all;
      for (let month = 0; month < 24; month++) {
        expect(Math.abs(sold[month]! / due[month]! - 1), `${market.category}, month ${month + 1}`).toBeLessThan(0.1);
      }
      const growth = sum(sold.subarray(12)) / sum(sold.subarray(0, 12)) - 1;
      // A leap day more in 2024.
      expect(Math.abs(growth - (market.growth - 1 / 366)), market.category).toBeLessThan(0.04);
    }
  });

  it('follows the weekday within 6 %, and runs from the first day to the last', () => {
    const sold = new Float64Array(7);
    for (const line of purchases) sold[line.day % 7]!++;
    const total = sum(weekdayIndex);
    for (const [weekday, index] of weekdayIndex.entries()) {
      expect(Math.abs(sold[weekday]! / purchases.length / (index / total) - 1)).toBeLessThan(0.06);
    }
    const days = new Set(lines.map((line) => line.day));
    expect(days.size).toBe(731);
    expect([isoDate(0), isoDate(dayCount - 1)]).toEqual(['2024-01-01', '2025-12-31']);
  });
});

describe('returns', () => {
  it('are about 1 % of the lines; each takes back a line sold in that store in the ten days before', () => {
    const returns = lines.filter((line) => line.isReturn);
    expect(Math.abs(returns.length / lines.length - returnRate)).toBeLessThan(0.001);
    const sold = new Map<string, number[]>();
    const key = (line: Line) =>
      [line.shopper, line.store, line.product, Math.abs(line.units), Math.abs(line.amount)].join();
    for (const line of purchases) {
      const days = sold.get(key(line));
      if (days) days.push(line.day);
      else sold.set(key(line), [line.day]);
    }
    const unfounded = returns.filter((line) => {
      const days = sold.get(key(line)) ?? [];
      return !days.some((day) => line.day > day && line.day <= day + 10);
    });
    expect(unfounded).toEqual([]);
    expect(returns.filter(({ units, amount }) => units >= 0 || amount >= 0)).toEqual([]);
  });
});

describe('events', () => {
  it('launch: the first sale is on the day, and the full share comes later', () => {
    const event = eventOf('launch');
    const days = linesOf(event).map((line) => line.day);
    const first = Math.min(...days);
    expect(first - dayOf(event.date)).toBeGreaterThanOrEqual(0);
    expect(first - dayOf(event.date)).toBeLessThan(7);
    const early = days.filter((day) => weekOf(day) < event.week + 6).length / 6;
    const late = days.filter((day) => weekOf(day) >= event.week + 12).length / (dayCount / 7 - event.week - 12);
    expect(early / late).toBeLessThan(0.6);
  });

  it('delisting: the last sale is before the day', () => {
    const event = eventOf('delisting');
    const last = Math.max(...linesOf(event).map((line) => line.day));
    expect(last).toBeLessThan(dayOf(event.date));
    expect(last).toBeGreaterThanOrEqual(dayOf(event.date) - 7);
  });

  it('price rise: each product’s base price goes up by 12 % on the day, to the cent', () => {
    const event = eventOf('price rise');
    const prices = new Map<string, { before: Set<number>; after: Set<number> }>();
    for (const line of linesOf(event)) {
      const key = `${line.product}/${world.places.stores[line.store]!.channel}`;
      const seen = prices.get(key) ?? prices.set(key, { before: new Set(), after: new Set() }).get(key)!;
      (line.day < dayOf(event.date) ? seen.before : seen.after).add(line.basePrice);
    }
    let compared = 0;
    for (const { before, after } of prices.values()) {
      if (before.size === 0 || after.size === 0) continue;
      expect([before.size, after.size]).toEqual([1, 1]);
      const [old] = before;
      const [now] = after;
      expect(Math.abs(now! - old! * event.priceFactor)).toBeLessThanOrEqual(1.2);
      compared++;
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('distribution loss: nothing is sold in the region from the day on, and elsewhere it goes on', () => {
    const event = eventOf('distribution loss');
    const sold = linesOf(event).map((line) => ({
      after: line.day >= dayOf(event.date),
      region: world.places.stores[line.store]!.region,
    }));
    expect(regionNames[event.region!]).toBe('Southvale');
    expect(sold.filter(({ after, region }) => after && region === event.region)).toHaveLength(0);
    expect(sold.filter(({ after, region }) => !after && region === event.region).length).toBeGreaterThan(100);
    expect(sold.filter(({ after, region }) => after && region !== event.region).length).toBeGreaterThan(500);
  });
});

describe('promotions', () => {
  it('reduce the price by their depth, to the cent', () => {
    const wrong = purchases.filter((line) => {
      const depth = line.promotion === 0 ? 0 : mechanics[line.promotion - 1]!.depth;
      return line.amount !== line.units * Math.round(line.basePrice * (1 - depth));
    });
    expect(wrong).toEqual([]);
    expect(new Set(purchases.map((line) => line.promotion)).size).toBe(1 + mechanics.length);
  });

  it('lift units by what was put in, within 10 %, and on average within 5 %', () => {
    const found = upliftsFound(world, purchases);
    const errors = mechanics.map((mechanic, i) => ({
      name: mechanic.name,
      off: (1 + found[i]!) / (1 + upliftOf(mechanic)) - 1,
    }));
    for (const { name, off } of errors) expect(Math.abs(off), name).toBeLessThan(0.1);
    expect(sum(errors.map(({ off }) => Math.abs(off))) / errors.length).toBeLessThan(0.05);
    const pairs = mechanics.map(
      (mechanic, i) => `${mechanic.name} ${upliftOf(mechanic).toFixed(2)} → ${found[i]!.toFixed(2)}`,
    );
    console.info(`Uplift put in → found: ${pairs.join('; ')}`);
  });
});
