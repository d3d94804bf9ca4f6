import type { QueryInput } from '@/lib/contract/query';
import { addDays, lengthOf, type Range } from '@/lib/metrics/periods';
import type { Chance } from './chance';
import type { World } from './world';

export type Asked = QueryInput & { filters: NonNullable<QueryInput['filters']>; market: number[] };

/** What `formulas` has SQL for. */
export const metrics = [
  'value_sales',
  'unit_sales',
  'value_share',
  'unit_share',
  'trips',
  'buyers',
  'penetration',
  'relative_penetration',
  'buy_rate',
  'frequency',
  'spend_per_trip',
  'average_price',
  'on_deal_value',
  'coverage',
] as const satisfies QueryInput['metrics'];

const breakdowns = [
  'manufacturer',
  'brand',
  'category',
  'product',
  'region',
  'channel',
  'store',
  'promotion',
  'product:tier',
  'store:format',
  'shopper:age_band',
] as const;

/** A query as a client may ask it: any dates, filters, break-down and grain. The market is named, so that SQL need not find it. */
export function drawQuery(world: World, all: Range, chance: Chance): Asked {
  const often = (part: number): boolean => chance.next() < part;
  const categories = [...world.categories.keys()];
  const by = often(0.65) ? chance.one(breakdowns) : undefined;
  const grain = often(0.35) ? chance.one(['week', 'month', 'quarter'] as const) : undefined;
  const filters: Asked['filters'] = {};
  if (by === 'category') filters.category = chance.some(categories, 3);
  else if (often(0.5)) filters.category = [chance.one(categories)];
  if (by === 'product' || often(0.35)) filters.brand = chance.some([...world.brands.keys()], chance.whole(1, 3));
  else if (often(0.15)) filters.manufacturer = [chance.one(world.manufacturers)];
  if (often(0.1)) filters.product = chance.some(world.products, 20);
  if (often(0.2)) filters.region = chance.some(world.regions, 2);
  if (often(0.15)) filters.channel = [chance.one(world.channels)];
  // At most a page of them.
  if (by === 'store') filters.store = chance.some(world.stores, 60);
  else if (often(0.1)) filters.store = chance.some(world.stores, 5);
  if (often(0.1)) filters.promotion = chance.one(['promoted', 'not_promoted'] as const);
  const { product_tier, store_format, shopper_age_band } = world.attributes;
  if (often(0.08)) filters.attributes = [{ of: 'product', name: 'tier', values: [chance.one(product_tier)] }];
  else if (often(0.08)) filters.attributes = [{ of: 'store', name: 'format', values: [chance.one(store_format)] }];
  else if (often(0.08))
    filters.attributes = [{ of: 'shopper', name: 'age_band', values: [chance.one(shopper_age_band)] }];
  const dates = drawDates(all, chance);
  return {
    metrics: chance.some(metrics, chance.whole(1, 5)),
    ...dates,
    ...(by && { by }),
    ...(grain && { grain }),
    // Two periods that overlap would count a line twice.
    ...(!grain && lengthOf(dates) <= 365 && often(0.4) && { compare: 'previous_year' as const }),
    filters,
    market: filters.category ?? [world.root],
    limit: 100,
  };
}

/** Whole months as often as any days. */
function drawDates(all: Range, chance: Chance): Range {
  const year = Number(all.to.slice(0, 4));
  if (chance.next() < 0.5) {
    const first = chance.whole(1, 12);
    const last = chance.whole(first, 12);
    const end = new Date(Date.UTC(year, last, 0)).toISOString().slice(0, 10);
    return { from: `${year}-${String(first).padStart(2, '0')}-01`, to: end };
  }
  const days = lengthOf(all);
  const from = chance.whole(0, days - 8);
  return { from: addDays(all.from, from), to: addDays(all.from, chance.whole(from + 7, days - 1)) };
}
