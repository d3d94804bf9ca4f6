import { plainCalendar } from '@/lib/metrics/calendar';
import { comparisonRange } from '@/lib/metrics/comparison';
import type { Asked, metrics } from './grammar';
import { oneOf, within } from './question';
import type { World } from './world';

// The meaning of a query in plain SQL: what a slice, its market and its bases are, over lines alone.

type Metric = (typeof metrics)[number];

/** s: the slice, m: its market, c: buyers of the market, e: everyone. */
const formulas: Record<Metric, string> = {
  value_sales: 's.amount / 1e2',
  unit_sales: 's.units',
  value_share: '1e2 * s.amount / nullif(m.amount, 0)',
  unit_share: '1e2 * s.units / nullif(m.units, 0)',
  trips: 's.trips',
  buyers: 's.buyers',
  penetration: '1e2 * s.buyers / nullif(e.shoppers, 0)',
  relative_penetration: '1e2 * s.buyers / nullif(c.shoppers, 0)',
  buy_rate: 's.identified / 1e2 / nullif(s.buyers, 0)',
  frequency: '1e0 * s.identified_trips / nullif(s.buyers, 0)',
  spend_per_trip: 's.basket_amount / 1e2 / nullif(s.trips, 0)',
  average_price: 's.amount / 1e2 / nullif(s.units, 0)',
  on_deal_value: '1e2 * s.promoted / nullif(s.amount, 0)',
  coverage: '1e2 * s.identified / nullif(s.amount, 0)',
};

const columns: Record<string, string> = {
  amount: 'sum(amount)',
  units: 'sum(units)',
  trips: 'count(DISTINCT basket_id) FILTER (WHERE purchase)',
  identified_trips: 'count(DISTINCT basket_id) FILTER (WHERE purchase AND shopper_no IS NOT NULL)',
  buyers: 'count(DISTINCT shopper_no) FILTER (WHERE purchase)',
  identified: 'coalesce(sum(amount) FILTER (WHERE shopper_no IS NOT NULL), 0)',
  basket_amount: 'coalesce(sum(amount) FILTER (WHERE basket_id IS NOT NULL), 0)',
  promoted: 'coalesce(sum(amount) FILTER (WHERE promotion > 0), 0)',
};

const keys: Record<string, string> = {
  manufacturer: 'manufacturer_id::text',
  brand: 'brand_id::text',
  category: 'category_id::text',
  product: 'product_id::text',
  region: 'region_id::text',
  channel: 'channel_id::text',
  store: 'store_id::text',
  promotion: "CASE WHEN promotion > 0 THEN 'Promoted' WHEN promotion = 0 THEN 'Not promoted' END",
  'product:tier': 'product_tier',
  'store:format': 'store_format',
  'shopper:age_band': 'shopper_age_band',
};
/** Break-downs whose every row has a market and a base of its own. */
const splitting = ['region', 'channel', 'store', 'store:format', 'shopper:age_band'];

export function sqlOf(asked: Asked, { root }: World): string {
  const { filters, by, grain } = asked;
  const before = comparisonRange(asked, asked.compare ?? 'none', plainCalendar, null);
  const list = (column: string, ids?: readonly (number | string)[]): string[] => (ids ? [oneOf(column, ids)] : []);
  const attribute = (of: string, column: string): string[] =>
    (filters.attributes ?? []).filter((one) => one.of === of).map(({ values }) => oneOf(column, values));
  const members = [
    ...list('brand_id', filters.brand),
    ...list('manufacturer_id', filters.manufacturer),
    ...list('product_id', filters.product),
    ...attribute('product', 'product_tier'),
  ];
  const places = [
    before ? `(${within(asked)} OR ${within(before)})` : within(asked),
    ...list('region_id', filters.region),
    ...list('channel_id', filters.channel),
    ...list('store_id', filters.store),
    ...attribute('store', 'store_format'),
    ...attribute('shopper', 'shopper_age_band'),
  ];
  const deals = filters.promotion ? [filters.promotion === 'promoted' ? 'promotion > 0' : 'promotion = 0'] : [];
  const market = asked.market.includes(root) ? [] : [oneOf('category_id', asked.market)];

  // As the product names what belongs to no member.
  const key = by ? `coalesce(${keys[by]}, '${by === 'promotion' ? 'Not stated' : '(none)'}')` : "''";
  const period = grain ? `date_trunc('${grain}', date)::date::text` : "''";
  const side = before ? `CASE WHEN ${within(asked)} THEN 'now' ELSE 'before' END` : "''";
  const own = splitting.includes(by ?? '');
  const scope = (name: string, ownKey: boolean, select: string, where: string[]): string =>
    `${name} AS (SELECT ${ownKey ? key : "''"} AS key, ${period} AS period, ${side} AS side, ${select}
       FROM line WHERE ${where.join(' AND ')} GROUP BY 1, 2, 3)`;
  const join = (name: string, ownKey: boolean): string =>
    `LEFT JOIN ${name} ON ${ownKey ? `${name}.key = s.key AND ` : ''}${name}.period = s.period AND ${name}.side = s.side`;

  const wanted = asked.metrics.map((id) => formulas[id as Metric]);
  const uses = (alias: string): boolean => wanted.some((text) => text.includes(`${alias}.`));
  const needed = Object.entries(columns).filter(([name]) => wanted.some((text) => text.includes(`s.${name}`)));
  const named = (found: [string, string][]): string => found.map(([name, text]) => `${text} AS ${name}`).join(', ');
  const shoppers = 'count(DISTINCT shopper_no) AS shoppers';
  const sums = named(Object.entries(columns).filter(([name]) => name === 'amount' || name === 'units'));
  const ownMarket = own || by === 'promotion';
  const scopes = [
    scope('s', true, named(needed), [...places, ...deals, ...members, ...list('category_id', filters.category)]),
    ...(uses('m') ? [scope('m', ownMarket, sums, [...places, ...deals, ...market])] : []),
    ...(uses('c') ? [scope('c', own, shoppers, ['purchase', ...places, ...market])] : []),
    ...(uses('e') ? [scope('e', own, shoppers, ['purchase', ...places])] : []),
  ];
  const names = [...(by ? ['s.key'] : []), ...(grain ? ['s.period'] : []), ...(before ? ['s.side'] : [])];
  return `WITH ${scopes.join(',\n')}
    SELECT ${names.join(" || '|' || ") || "''"} AS key, ${asked.metrics
      .map((id, at) => `${wanted[at]} AS ${id}`)
      .join(', ')}
    FROM s ${uses('m') ? join('m', ownMarket) : ''} ${uses('c') ? join('c', own) : ''} ${uses('e') ? join('e', own) : ''}`;
}
