import {
  about,
  cents,
  grouped,
  money,
  placeName,
  ratio,
  shoppersOf,
  total,
  units,
  type Cells,
  type Naive,
  type Question,
} from './naive-study';
import type { RandomLine } from './random-sales';
import type { Range } from '@/lib/metrics/periods';

// Why it changed, by loops over the lines.

const identified = (lines: readonly RandomLine[]): RandomLine[] => lines.filter(({ shopper }) => shopper !== null);

/** L(a, b) = (a − b) ÷ ln(a ÷ b). */
const logMean = (a: number, b: number): number => (Math.abs(a / b - 1) < 1e-12 ? a : (a - b) / Math.log(a / b));

/**
 * Parts of the change of the last of a chain of quantities, each the product of the one before it and a factor. A quantity
 * without a logarithm is left out; null where the first or last has none.
 */
function partsOf(
  before: (number | null)[],
  now: (number | null)[],
): { from: number; to: number; part: number }[] | null {
  const has = (at: number): boolean => (before[at] ?? 0) > 0 && (now[at] ?? 0) > 0;
  const last = before.length - 1;
  if (!has(0) || !has(last)) return null;
  const mean = logMean(now[last] ?? 0, before[last] ?? 0);
  const parts = [];
  let from = -1;
  for (let to = 0; to <= last; to++) {
    if (!has(to)) continue;
    const growth = (now[to] ?? 0) / (before[to] ?? 0);
    const sooner = from < 0 ? 1 : (now[from] ?? 0) / (before[from] ?? 0);
    parts.push({ from, to, part: mean * Math.log(growth / sooner) });
    from = to;
  }
  return parts;
}

const revenueNames: Record<string, string> = {
  '-1 0': 'Buyers',
  '0 1': 'Frequency',
  '0 2': 'Units per buyer',
  '0 3': 'Buy rate',
  '1 2': 'Units per trip',
  '1 3': 'Spend per trip',
  '2 3': 'Price per unit',
};

export function revenueChange(q: Question): Naive {
  const { now, before } = q.asked;
  const chain = (lines: RandomLine[]): (number | null)[] => {
    const known = identified(lines);
    return [shoppersOf(known).size, q.has.basket ? q.trips(known) : null, units(known), cents(known)];
  };
  const [first, second] = [q.slice(before), q.slice(now)];
  const parts = partsOf(chain(first), chain(second));
  const change = money(cents(second) - cents(first));
  const ofKnown = money(cents(identified(second)) - cents(identified(first)));
  const bars: Record<string, Cells> = parts
    ? Object.fromEntries(
        parts.map(({ from, to, part }) => [revenueNames[`${from} ${to}`], { amount: about(money(part)) }]),
      )
    : { 'Identified sales': { amount: ofKnown } };
  return {
    figures: { before: money(cents(first)), now: money(cents(second)), change },
    tables: { bars: { ...bars, 'Anonymous sales': { amount: change - ofKnown } } },
    sums: { bars: { amount: change } },
  };
}

const shareNames: Record<string, string> = {
  '-1 0': 'Relative penetration',
  '0 1': 'Heavy usage',
  '1 2': 'Share of requirements',
  '0 2': 'Loyalty and heavy usage',
};

export function shareChange(q: Question): Naive {
  const look = (range: Range) => {
    const [mine, all] = [q.slice(range), q.market(range)];
    const [buyers, marketBuyers] = [shoppersOf(mine), shoppersOf(all)];
    const by = (lines: RandomLine[], who: Set<number>): number =>
      cents(lines.filter(({ shopper }) => shopper !== null && who.has(shopper)));
    const theirs = by(all, marketBuyers);
    return {
      total: ratio(cents(mine), cents(all), 100),
      identified: ratio(cents(identified(mine)), cents(identified(all)), 100) ?? 0,
      buyers: ratio(by(mine, buyers), theirs, 100) ?? 0,
      chain: [
        ratio(buyers.size, marketBuyers.size),
        ratio(by(all, buyers), theirs),
        ratio(by(mine, buyers), theirs, 100),
      ],
    };
  };
  const [first, second] = [look(q.asked.before), look(q.asked.now)];
  if (first.total === null || second.total === null) return { tables: { bars: {} } };
  const moved = (of: 'identified' | 'buyers'): number => second[of] - first[of];
  const change = second.total - first.total;
  const parts = partsOf(first.chain, second.chain);
  const bars: Record<string, Cells> = parts
    ? Object.fromEntries(
        parts.map(({ from, to, part }) => [shareNames[`${from} ${to}`], { points: about(part, 1e-7) }]),
      )
    : { 'Share among buyers': { points: about(moved('buyers'), 1e-7) } };
  return {
    figures: { before: first.total, now: second.total, change },
    tables: {
      bars: {
        ...bars,
        'Shoppers with nothing but returns': { points: about(moved('identified') - moved('buyers'), 1e-7) },
        'Identified against all sales': { points: about(change - moved('identified'), 1e-7) },
      },
    },
    sums: { bars: { points: change } },
  };
}

export function shareByPlace(q: Question): Naive {
  const { by, now, before } = q.asked;
  const look = (range: Range) => {
    const place = (line: RandomLine): string => placeName(by, line);
    const all = q.market(range);
    return {
      all: cents(all),
      own: cents(q.slice(range)),
      mine: grouped(q.slice(range), place),
      market: grouped(all, place),
    };
  };
  const [first, second] = [look(before), look(now)];
  const shares = { before: ratio(first.own, first.all, 100), now: ratio(second.own, second.all, 100) };
  const none = shares.before === null || shares.now === null;
  const mean = ((shares.before ?? 0) + (shares.now ?? 0)) / 2;
  const rows: Record<string, Cells> = {};
  for (const place of new Set([...first.market.keys(), ...second.market.keys()])) {
    const of = ({ mine, market, all }: typeof first) => {
      const [own, whole] = [cents(mine.get(place) ?? []), cents(market.get(place) ?? [])];
      return { own, whole, share: ratio(own, whole, 100), weight: whole / all, ofAll: (100 * own) / all };
    };
    const [a, b] = [of(first), of(second)];
    const split = a.whole > 0 && b.whole > 0;
    const within = split ? ((a.weight + b.weight) / 2) * ((b.share ?? 0) - (a.share ?? 0)) : null;
    const mix = split ? (((a.share ?? 0) + (b.share ?? 0)) / 2 - mean) * (b.weight - a.weight) : null;
    const part = (points: number | null) => (none || points === null ? null : about(points, 1e-7));
    rows[place] = {
      before: a.share,
      now: b.share,
      within: part(within),
      mix: part(mix),
      whole: part(split ? (within ?? 0) + (mix ?? 0) : b.ofAll - a.ofAll - mean * (b.weight - a.weight)),
    };
  }
  const change = none ? null : (shares.now ?? 0) - (shares.before ?? 0);
  return {
    figures: { ...shares, change },
    tables: { places: rows },
    ...(change !== null && { sums: { places: { whole: change } } }),
  };
}

export function priceVolumeMix(q: Question): Naive {
  const [first, second] = [q.slice(q.asked.before), q.slice(q.asked.now)];
  const items = [...grouped([...first, ...second], ({ product }) => product).keys()].map((product) => {
    const of = (lines: RandomLine[]) => lines.filter((line) => line.product === product);
    const [a, b] = [of(first), of(second)];
    return { q1: units(a), r1: cents(a), q2: units(b), r2: cents(b) };
  });
  const sold = (quantity: number, amount: number): boolean => quantity > 0 && amount > 0;
  const none = (quantity: number, amount: number): boolean => quantity === 0 && amount === 0;
  const some = items.filter(({ q1, r1, q2, r2 }) => !none(q1, r1) || !none(q2, r2));
  const stay = some.filter(({ q1, r1, q2, r2 }) => sold(q1, r1) && sold(q2, r2));
  const fresh = some.filter(({ q1, r1, q2, r2 }) => none(q1, r1) && sold(q2, r2));
  const gone = some.filter(({ q1, r1, q2, r2 }) => sold(q1, r1) && none(q2, r2));
  const rest = some.filter((one) => ![...stay, ...fresh, ...gone].includes(one));
  const sum = (list: typeof items, of: (item: (typeof items)[number]) => number): number => total(list.map(of));
  const [Q1, Q2, R1] = [sum(stay, ({ q1 }) => q1), sum(stay, ({ q2 }) => q2), sum(stay, ({ r1 }) => r1)];
  const price = sum(stay, ({ q1, r1, q2, r2 }) => q2 * (r2 / q2 - r1 / q1));
  const volume = stay.length > 0 ? ((Q2 - Q1) * R1) / Q1 : 0;
  const mix = sum(stay, ({ q1, r1, q2 }) => (q2 - q1) * (r1 / q1)) - volume;
  const change = (list: typeof items): number => money(sum(list, ({ r1, r2 }) => r2 - r1));
  const bar = (part: number): Cells => ({ amount: about(money(part)), products: stay.length });
  return {
    figures: { change: change(items) },
    tables: {
      bars: {
        Price: bar(price),
        Volume: bar(volume),
        Mix: bar(mix),
        'New products': { amount: change(fresh), products: fresh.length },
        'Lost products': { amount: change(gone), products: gone.length },
        ...(rest.length > 0 && { 'Products without a price': { amount: change(rest), products: rest.length } }),
      },
    },
    sums: { bars: { amount: change(items) } },
  };
}
