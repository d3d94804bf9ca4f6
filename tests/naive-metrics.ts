import type { MetricId } from '@/lib/metrics/catalog';
import { basketKey, products, unspecified, type RandomLine } from './random-sales';

// Every metric written out by hand, over a plain list of lines.

const productOf = (line: RandomLine) => products[line.product] as (typeof products)[number];

export interface Sums {
  [name: string]: number;
}

export function sum(lines: readonly RandomLine[], spans: boolean): Sums {
  const sums: Sums = {
    amount: 0,
    units: 0,
    kg: 0,
    l: 0,
    sized: 0,
    idAmount: 0,
    basketAmount: 0,
    basketUnits: 0,
    dealAmount: 0,
    dealUnits: 0,
  };
  const trips = new Set<string>();
  const identifiedTrips = new Set<string>();
  const buyers = new Set<number>();
  const add = (name: string, value: number): void => void (sums[name] = (sums[name] ?? 0) + value);
  for (const line of lines) {
    const { unit, size } = productOf(line);
    add('amount', line.cents);
    add('units', line.units);
    if (unit === 'kg' || unit === 'l') {
      add(unit, line.units * Math.round(size * 100));
      add('sized', line.units);
    }
    if (line.shopper !== null) add('idAmount', line.cents);
    if (line.basket !== null) add('basketAmount', line.cents);
    if (line.basket !== null) add('basketUnits', line.units);
    if ((line.promotion ?? 0) > 0) add('dealAmount', line.cents);
    if ((line.promotion ?? 0) > 0) add('dealUnits', line.units);
    if (line.isReturn || line.units <= 0) continue;
    const basket = basketKey(line, spans);
    if (basket !== null) trips.add(basket);
    if (basket !== null && line.shopper !== null) identifiedTrips.add(basket);
    if (line.shopper !== null) buyers.add(line.shopper);
  }
  const scaled = Object.entries(sums).map(([name, value]) => {
    const by = name === 'kg' || name === 'l' ? 100_000 : name.endsWith('nits') || name === 'sized' ? 1000 : 100;
    return [name, value / by] as const;
  });
  return { ...Object.fromEntries(scaled), trips: trips.size, idTrips: identifiedTrips.size, buyers: buyers.size };
}

const ratio = (over: number | null | undefined, under: number | null | undefined, times = 1): number | null =>
  over === null || over === undefined || !under ? null : (over / under) * times;
export const mixed = (s: Sums): boolean => s['kg'] !== 0 && s['l'] !== 0;
const volume = (s: Sums): number | null => (mixed(s) ? null : s['kg'] || s['l'] || 0);
const kind = (s: Sums): string => (mixed(s) ? 'mixed' : s['kg'] ? 'kg' : s['l'] ? 'l' : '');

/** The lines of a row, of its market, of its market at any price, and of everything in its dates and places. */
export interface Scopes {
  slice: readonly RandomLine[];
  market: readonly RandomLine[];
  anyPrice: readonly RandomLine[];
  all: readonly RandomLine[];
  weeks: number;
  universe: number | null;
}

export function value(id: MetricId, s: Sums, m: Sums, scopes: Scopes, spans: boolean): number | null {
  const marketBuyers = sum(scopes.anyPrice, spans)['buyers'] ?? 0;
  const allBuyers = sum(scopes.all, spans)['buyers'] ?? 0;
  switch (id) {
    case 'value_sales':
      return s['amount'] ?? null;
    case 'unit_sales':
      return s['units'] ?? null;
    case 'volume_sales':
      return volume(s);
    case 'value_share':
      return ratio(s['amount'], m['amount'], 100);
    case 'unit_share':
      return ratio(s['units'], m['units'], 100);
    case 'volume_share':
      return kind(s) !== '' && kind(s) !== kind(m) ? null : ratio(volume(s), volume(m), 100);
    case 'trips':
      return s['trips'] ?? null;
    case 'buyers':
      return s['buyers'] ?? null;
    case 'penetration':
      return ratio(s['buyers'], allBuyers, 100);
    case 'relative_penetration':
      return ratio(s['buyers'], marketBuyers, 100);
    case 'universe_penetration':
      return ratio(s['buyers'], scopes.universe, 100);
    case 'buy_rate':
      return ratio(s['idAmount'], s['buyers']);
    case 'frequency':
      return ratio(s['idTrips'], s['buyers']);
    case 'spend_per_trip':
      return ratio(s['basketAmount'], s['trips']);
    case 'units_per_trip':
      return ratio(s['basketUnits'], s['trips']);
    case 'identified_sales':
      return s['idAmount'] ?? null;
    case 'identified_spend_per_trip':
      return ratio(s['idAmount'], s['idTrips']);
    case 'coverage':
      return ratio(s['idAmount'], s['amount'], 100);
    case 'average_price':
      return ratio(s['amount'], s['units']);
    case 'average_price_per_volume':
      return s['sized'] === s['units'] ? ratio(s['amount'], volume(s)) : null;
    case 'on_deal_value':
      return ratio(s['dealAmount'], s['amount'], 100);
    case 'on_deal_units':
      return ratio(s['dealUnits'], s['units'], 100);
    case 'on_deal_volume': {
      const deal = sum(
        scopes.slice.filter(({ promotion }) => (promotion ?? 0) > 0),
        spans,
      );
      return kind(deal) !== '' && kind(s) !== '' && kind(deal) !== kind(s) ? null : ratio(volume(deal), volume(s), 100);
    }
    case 'price_index':
      return ratio(ratio(s['amount'], s['units']), ratio(m['amount'], m['units']), 100);
    case 'price_index_per_volume': {
      if (s['sized'] !== s['units'] || m['sized'] !== m['units']) return null;
      if (kind(s) !== '' && kind(m) !== '' && kind(s) !== kind(m)) return null;
      return ratio(ratio(s['amount'], volume(s)), ratio(m['amount'], volume(m)), 100);
    }
    default:
      return id in loyalty ? loyal(id as keyof typeof loyalty, scopes, spans) : shelf(id, scopes);
  }
}

const isPurchase = ({ isReturn, units }: RandomLine): boolean => !isReturn && units > 0;
const buyersOf = (lines: readonly RandomLine[]): Set<number> =>
  new Set(lines.filter(isPurchase).flatMap(({ shopper }) => (shopper === null ? [] : [shopper])));
const of = (lines: readonly RandomLine[], who: ReadonlySet<number>): RandomLine[] =>
  lines.filter(({ shopper }) => shopper !== null && who.has(shopper));

const loyalty = {
  repeat_rate: true,
  requirements_value: true,
  requirements_units: true,
  requirements_volume: true,
  requirements_purchases: true,
  sole_buyers: true,
  heavy_usage: true,
};

function loyal(id: keyof typeof loyalty, { slice, market }: Scopes, spans: boolean): number | null {
  const buyers = buyersOf(slice);
  const [own, theirs] = [of(slice, buyers), of(market, buyers)];
  const [a, b] = [sum(own, spans), sum(theirs, spans)];
  if (id === 'requirements_value') return ratio(a['amount'], b['amount'], 100);
  if (id === 'requirements_units') return ratio(a['units'], b['units'], 100);
  if (id === 'requirements_volume') return kind(b) === kind(a) || !kind(a) ? ratio(volume(a), volume(b), 100) : null;
  const purchases = (lines: readonly RandomLine[]): number => lines.filter(isPurchase).length;
  if (id === 'requirements_purchases') return ratio(purchases(own), purchases(theirs), 100);
  const part = (holds: (shopper: number) => boolean) => ratio([...buyers].filter(holds).length, buyers.size, 100);
  if (id === 'repeat_rate') return part((one) => (sum(of(slice, new Set([one])), spans)['trips'] ?? 0) >= 2);
  if (id === 'sole_buyers')
    return part((one) => of(market, new Set([one])).every((line) => !isPurchase(line) || slice.includes(line)));
  const all = buyersOf(market);
  const spent = ratio(sum(of(market, all), spans)['amount'], all.size);
  return ratio(ratio(b['amount'], buyers.size), spent, 100);
}

function shelf(id: MetricId, { slice, anyPrice, all, weeks }: Scopes): number | null {
  const stores = (lines: readonly RandomLine[]): Set<number> =>
    new Set(lines.filter(isPurchase).flatMap(({ store }) => (store === null ? [] : [store])));
  const worth = (lines: readonly RandomLine[], where?: ReadonlySet<number>): number =>
    lines.reduce(
      (cents, line) => cents + (line.store !== null && (where?.has(line.store) ?? true) ? line.cents : 0),
      0,
    ) / 100;
  const active = stores(anyPrice);
  const selling = new Set([...stores(slice)].filter((store) => active.has(store)));
  const items = [...new Set(slice.filter(isPurchase).map(({ product }) => product))].filter(
    (product) => products[product]?.name !== unspecified,
  );
  const carrying = (product: number) =>
    new Set([...stores(slice.filter((line) => line.product === product))].filter((store) => active.has(store)));
  const points = items.reduce((total, product) => total + worth(all, carrying(product)), 0);
  if (id === 'numeric_distribution') return ratio(selling.size, active.size, 100);
  if (id === 'weighted_distribution') return ratio(worth(all, selling), worth(all), 100);
  if (id === 'category_weighted_distribution') return ratio(worth(anyPrice, selling), worth(anyPrice, active), 100);
  if (id === 'tdp') return ratio(points, worth(all), 100);
  if (id === 'items_carried') return ratio(points, worth(all, selling));
  if (id === 'velocity') return ratio(worth(slice), selling.size * weeks);
  throw new Error(`${id} is not written out`);
}
