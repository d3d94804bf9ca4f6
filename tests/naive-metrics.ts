import type { MetricId } from '@/lib/metrics/catalog';
import { basketKey, products, type RandomLine } from './random-sales';

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

export function value(id: MetricId, s: Sums, m: Sums, marketBuyers: number, allBuyers: number): number | null {
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
      return ratio(s['buyers'], 40, 100);
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
  }
}
