import type { Range } from '@/lib/metrics/periods';
import {
  about,
  brandName,
  cents,
  isPurchase,
  money,
  total,
  type Cells,
  type Naive,
  type Question,
} from './naive-study';
import { brands, type RandomLine } from './random-sales';

// Between which brands sales moved, shopper by shopper.

const identified = (lines: readonly RandomLine[]): RandomLine[] => lines.filter(({ shopper }) => shopper !== null);

const nothing = () => ({ change: 0, newToMarket: 0, returned: 0, lostFromMarket: 0, increase: 0, decrease: 0 });

/** Who gained from whom, shopper by shopper, unrounded: by brand what it gained otherwise, and the flows between brands. */
function moves(q: Question, measure: (lines: readonly RandomLine[]) => number) {
  const [first, second] = [identified(q.market(q.asked.before)), identified(q.market(q.asked.now))];
  const names = [...new Set([...first, ...second].map(brandName))];
  const parts = Object.fromEntries(names.map((name) => [name, nothing()]));
  const start = q.asked.before.from < q.asked.now.from ? q.asked.before.from : q.asked.now.from;
  const earlier = identified(q.market({ from: '1970-01-01', to: '2199-12-31' }))
    .filter((line) => line.date < start && isPurchase(line))
    .map(({ shopper }) => shopper);
  const flows = new Map<string, number>();
  for (const shopper of new Set([...first, ...second].map((line) => line.shopper))) {
    const spent = (lines: RandomLine[], name: string): number =>
      measure(lines.filter((line) => line.shopper === shopper && brandName(line) === name));
    const list = names.map((name) => ({ name, a: spent(first, name), b: spent(second, name) }));
    const changes = list.map(({ name, a, b }) => ({ name, gain: Math.max(0, b - a), loss: Math.max(0, a - b) }));
    const [gains, losses] = [total(changes.map(({ gain }) => gain)), total(changes.map(({ loss }) => loss))];
    const switched = Math.min(gains, losses);
    for (const { name, a, b } of list) parts[name]!.change += b - a;
    if (list.every(({ a }) => a === 0)) {
      const came = earlier.includes(shopper) ? 'returned' : 'newToMarket';
      for (const { name, b } of list) parts[name]![came] += b;
    } else if (list.every(({ b }) => b === 0)) for (const { name, a } of list) parts[name]!.lostFromMarket += a;
    else
      for (const to of changes) {
        if (gains > 0) parts[to.name]!.increase += to.gain * (1 - switched / gains);
        if (losses > 0) parts[to.name]!.decrease += to.loss * (1 - switched / losses);
        for (const from of changes) {
          const flow = switched === 0 ? 0 : (switched * (from.loss / losses) * to.gain) / gains;
          const key = `${from.name}|${to.name}`;
          if (flow > 0) flows.set(key, (flows.get(key) ?? 0) + flow);
        }
      }
  }
  return { names, parts, flow: (from: string, to: string): number => flows.get(`${from}|${to}`) ?? 0 };
}

export function switching(q: Question): Naive {
  const { names, parts, flow } = moves(q, (lines) => q.measured(lines));
  const unit = q.shown(1);
  const table = (name: string): Cells => {
    const { change, newToMarket, returned, lostFromMarket, increase, decrease } = parts[name]!;
    const sum = (of: (other: string) => number): number => q.shown(total(names.map(of)));
    return {
      change: q.shown(change),
      newToMarket: q.shown(newToMarket + returned),
      lostFromMarket: -q.shown(lostFromMarket),
      switchedIn: about(
        sum((other) => flow(other, name)),
        names.length * unit,
      ),
      switchedOut: about(-sum((other) => flow(name, other)), names.length * unit),
      increase: about(q.shown(increase), unit),
      decrease: about(-q.shown(decrease), unit),
    };
  };
  const rows = names.flatMap((from) =>
    names.map((to) => [`${from}|${to}`, { amount: about(q.shown(flow(from, to)), unit) }]),
  );
  return {
    tables: {
      brands: Object.fromEntries(names.map((name) => [name, table(name)])),
      flows: Object.fromEntries(rows) as Record<string, Cells>,
    },
  };
}

export function launch(q: Question): Naive {
  const { brand, now, before } = q.asked;
  const { names, parts, flow } = moves(q, cents);
  const own = brands[brand]?.name ?? '';
  const mine = parts[own] ?? nothing();
  const anonymous = (range: Range): number => cents(q.slice(range).filter(({ shopper }) => shopper === null));
  const moved = anonymous(now) - anonymous(before);
  const sources: Record<string, number> = {
    'Buyers new to the market': mine.newToMarket,
    'Buyers back in the market': mine.returned,
    'The same shoppers buying more': mine.increase,
    'Lost: left or bought less': -mine.lostFromMarket - mine.decrease,
    'Anonymous sales': moved,
    ...Object.fromEntries(
      names.filter((name) => name !== own).map((name) => [`From ${name}`, flow(name, own) - flow(own, name)]),
    ),
  };
  const change = money(mine.change + moved);
  return {
    figures: { change },
    tables: {
      sources: Object.fromEntries(
        Object.entries(sources).map(([name, amount]) => [name, { amount: about(money(amount), 0.02) }]),
      ),
    },
    sums: { sources: { amount: change } },
  };
}
