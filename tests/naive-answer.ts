import type { Breakdown, Filters, Grain } from '@/lib/contract/query';
import type { MetricId } from '@/lib/metrics/catalog';
import { plainCalendar, type Calendar } from '@/lib/metrics/calendar';
import { comparisonRange, type Comparison } from '@/lib/metrics/comparison';
import { addDays, type Range } from '@/lib/metrics/periods';
import { naivePeriods } from './naive-calendar';
import {
  attribute,
  both,
  brandOf,
  ownerOf,
  productOf,
  storeOf,
  tests,
  underAny,
  within,
  type Test,
} from './naive-filters';
import { groups, storeGroups } from './random-groups';
import { lacking } from './naive-lacking';
import { mixed, sum, value } from './naive-metrics';
import {
  categories,
  channels,
  manufacturers,
  northUniverse,
  regions,
  type RandomLine,
  type RandomSales,
} from './random-sales';

// Answers a query by plain loops over the lines, from the words of docs/metrics.md: shares no code with lib/query.

/** A query whose ids are positions in the lists of random-sales. */
export interface NaiveQuery {
  metrics: MetricId[];
  from: string;
  to: string;
  by?: Breakdown;
  grain?: Grain;
  filters: Filters;
  compare: Comparison;
  market?: 'slice' | 'sold' | number[] | { group: number };
}
export interface NaiveRow {
  values: Partial<Record<MetricId, number | null>>;
  previous: Partial<Record<MetricId, number | null>> | null;
}
export interface NaiveAnswer {
  rows: Map<string, NaiveRow>;
  totals: Map<string, NaiveRow>;
  unavailable: Set<MetricId>;
}

const named = (names: readonly string[], position: number | null | undefined): string | undefined =>
  position === null || position === undefined ? undefined : names[position];

/** The name of the row that a line falls in; undefined where it falls in none. */
function rowOf({ by, filters }: NaiveQuery): (line: RandomLine) => string | undefined {
  if (!by) return () => '';
  if (by.includes(':')) {
    const [of, name] = by.split(':') as ['product' | 'store' | 'shopper', string];
    return (line) => attribute(ownerOf(line, of), name) ?? '(none)';
  }
  if (by === 'category') {
    const asked = [...new Set(filters.category ?? [0])];
    const nodes = asked.filter((node) => !asked.some((other) => other !== node && within(node, other)));
    const children = categories.flatMap((one, id) => (nodes.length === 1 && one.parent === nodes[0] ? [id] : []));
    return (line) => {
      const own = productOf(line).category;
      const cell = (children.length > 0 ? children : nodes).find((node) => within(own, node));
      if (cell !== undefined) return categories[cell]?.name;
      return children.length > 0 && own === nodes[0] ? `${categories[own]?.name}, not divided further` : undefined;
    };
  }
  const pick: Record<string, (line: RandomLine) => string | undefined> = {
    manufacturer: (line) => named(manufacturers, brandOf(line).manufacturer),
    brand: (line) => brandOf(line).name,
    product: (line) => productOf(line).name,
    region: (line) => named(regions, storeOf(line)?.region),
    channel: (line) => named(channels, storeOf(line)?.channel),
    store: (line) => storeOf(line)?.name,
    promotion: (line) => (line.promotion === null ? 'Not stated' : line.promotion > 0 ? 'Promoted' : 'Not promoted'),
  };
  return (line) => pick[by]?.(line) ?? '(none)';
}

/** Each group is a slice of its own; the totals are of the whole slice. */
export function naiveAnswer(sales: RandomSales, query: NaiveQuery, calendar: Calendar = plainCalendar): NaiveAnswer {
  const { by, ...rest } = query;
  if (by !== 'group' && by !== 'store_group') return answerOf(sales, query, calendar);
  const of = by === 'group' ? groups : storeGroups;
  const market = query.market ?? (by === 'group' && !query.filters.category ? 'sold' : undefined);
  const whole: NaiveQuery = { ...rest, ...(market && { market }) };
  const { totals, unavailable } = answerOf(sales, whole, calendar);
  if (by === 'store_group' && query.metrics.includes('universe_penetration')) unavailable.add('universe_penetration');
  const rows = (query.filters[by] ?? [...of.keys()]).flatMap((position) => {
    const one = answerOf(sales, { ...whole, filters: { ...query.filters, [by]: [position] } }, calendar);
    return one.sold ? [...one.rows].map(([key, row]) => [`${of[position]?.name}${key}`, row] as const) : [];
  });
  return { rows: new Map(rows), totals, unavailable };
}

function answerOf(
  { lines, spans }: RandomSales,
  query: NaiveQuery,
  calendar: Calendar,
): NaiveAnswer & { sold: boolean } {
  const { by, grain, filters, market, compare } = query;
  const { members, places, promotion, category, kept } = tests(query.filters, lines, {
    group: groups,
    store_group: storeGroups,
  });
  const row = rowOf(query);
  const now: Range = { from: query.from, to: query.to };
  const dates = lines.map((line) => line.date).sort();
  const before = comparisonRange(now, compare, calendar, dates.at(-1) ?? null);
  const data = { from: dates[0] ?? '~', to: dates.at(-1) ?? '' };
  const { periodOf, pairOf } = naivePeriods({ grain, now, before, compare, calendar, data });
  const known = (range: Range): boolean => range.from <= data.to && range.to >= data.from;
  const inRange =
    (range: Range): Test =>
    (line) =>
      line.date >= range.from && line.date <= range.to;
  const slice = both(members, places, promotion, category);

  const ofMembers = by === 'brand' || by === 'manufacturer' || by === 'product';
  const { exclude = {} } = filters;
  const some = (...names: Exclude<keyof typeof exclude, 'attributes'>[]): boolean =>
    names.some((name) => filters[name] ?? exclude[name]);
  const filtered = some('brand', 'manufacturer', 'product', 'group');
  const attributed = (of: string): boolean =>
    [...(filters.attributes ?? []), ...(exclude.attributes ?? [])].some((one) => one.of === of);
  const narrowed = filtered || attributed('product');
  const mode = market ?? ((ofMembers || filtered) && !filters.category ? 'sold' : 'slice');
  const soldIn = (test: Test): number[] => {
    const of = (range: Range): number[] =>
      lines.filter(both(inRange(range), members, category, test)).map((line) => productOf(line).category);
    return [now, ...(before ? [before] : [])].filter(known).flatMap(of);
  };
  const inMarket = (name: string | null): Test => {
    if (Array.isArray(mode)) return underAny(mode);
    if (typeof mode === 'object') return (line) => groups[mode.group]?.holds(line) ?? false;
    const perMember = mode === 'sold' && ofMembers && name !== null;
    const sold = (): Test => both(kept, underAny(soldIn(perMember ? (line) => row(line) === name : () => true)));
    const nodes = mode === 'sold' ? sold() : category;
    return name !== null && by === 'category' && narrowed ? both(nodes, (line) => row(line) === name) : nodes;
  };
  const splits =
    by === 'region' ||
    by === 'channel' ||
    by === 'store' ||
    Boolean(by?.startsWith('store:') || by?.startsWith('shopper:'));

  const daysOf = (range: Range, period: string | null): number => {
    let days = 0;
    for (let day = range.from; day <= range.to; day = addDays(day, 1)) if (periodOf(range, day) === period) days += 1;
    return days;
  };
  /** Of the regions filtered, or of the row's; only the first has a universe of its own, the workspace 40. */
  const inRegions =
    filters.region || exclude.region
      ? [0, 1, null].filter(
          (region) =>
            (!filters.region || (region !== null && filters.region.includes(region))) &&
            (region === null || !exclude.region?.includes(region)),
        )
      : null;
  const whole = inRegions === null ? 40 : inRegions.every((region) => region === 0) ? northUniverse : null;
  const universeOf = (name: string | null): number | null =>
    by === 'region' && name !== null ? (name === regions[0] ? northUniverse : null) : whole;
  const measure = (range: Range, period: string | null, name: string | null): NaiveRow['values'] => {
    if (!known(range)) return Object.fromEntries(query.metrics.map((id) => [id, null]));
    const timed = lines.filter(both(inRange(range), (line) => periodOf(range, line.date) === period));
    const own: Test = (line) => name === null || row(line) === name;
    const base = timed.filter(both(places, (line) => !splits || own(line)));
    const priced = base.filter(both(inMarket(name), promotion, (line) => by !== 'promotion' || own(line)));
    const ofRow = timed.filter(both(slice, own));
    const weeks = daysOf(range, period) / 7;
    const scopes = {
      slice: ofRow,
      market: priced,
      anyPrice: base.filter(inMarket(name)),
      all: base,
      weeks,
      universe: universeOf(name),
    };
    const [s, m] = [sum(ofRow, spans), sum(priced, spans)];
    return Object.fromEntries(query.metrics.map((id) => [id, value(id, s, m, scopes, spans)]));
  };

  const periodsIn = (test: Test, range: Range): Set<string | null> =>
    new Set(lines.filter(both(inRange(range), test)).map((line) => periodOf(range, line.date)));
  const build = (name: string | null, test: Test): [string, NaiveRow][] => {
    const periods = periodsIn(test, now);
    if (!grain && before) periodsIn(test, before).forEach((period) => periods.add(period));
    if (!grain && name === null) periods.add(null);
    return [...periods].map((period) => {
      const paired = pairOf(period);
      const nothing = Object.fromEntries(query.metrics.map((id) => [id, null]));
      const previous = before && (paired === undefined ? nothing : measure(before, paired, name));
      return [`${by ? (name ?? '') : ''}|${period ?? ''}`, { values: measure(now, period, name), previous }];
    });
  };
  const names = [...new Set(lines.filter(slice).map(row))].filter((name) => name !== undefined);
  const totals = new Map(build(null, slice).map(([key, one]) => [key.slice(key.indexOf('|')), one]));
  const rows = by
    ? new Map(
        names.flatMap((name) =>
          build(
            name,
            both(slice, (line) => row(line) === name),
          ),
        ),
      )
    : totals;

  const unavailable = new Set<MetricId>();
  const ranges = before ? [now, before] : [now];
  const cells = ranges
    .filter(known)
    .flatMap((range) =>
      [...periodsIn(slice, range)]
        .filter(
          (period) =>
            range === now ||
            !grain ||
            [...periodsIn(slice, now)].some((mine) => mine !== null && pairOf(mine) === period),
        )
        .map((period) => lines.filter(both(slice, inRange(range), (line) => periodOf(range, line.date) === period))),
    );
  const noVolume =
    cells.some((cell) => mixed(sum(cell, spans))) ||
    (cells.length > 0 && cells.every((cell) => sum(cell, spans)['sized'] === 0));
  const placed =
    (splits && by !== 'region' && !by?.startsWith('shopper:')) ||
    some('channel', 'store', 'store_group') ||
    attributed('store');
  const lacks = lacking(lines, filters);
  for (const id of query.metrics) {
    if (lacks(id) || (id.includes('volume') && noVolume)) unavailable.add(id);
    if (id === 'sole_buyers' && typeof market === 'object') unavailable.add(id);
    const unknown = by === 'region' ? inRegions !== null && !inRegions.includes(0) : whole === null;
    if (id === 'universe_penetration' && (placed || filters.shoppers || unknown)) unavailable.add(id);
  }
  const sold = lines.some(both(slice, (line) => ranges.some((range) => inRange(range)(line))));
  return { rows, totals, unavailable, sold };
}
