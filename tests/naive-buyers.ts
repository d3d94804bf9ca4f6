import { formatPeriod } from '@/lib/metrics/format-date';
import { plainCalendar } from '@/lib/metrics/calendar';
import type { Range } from '@/lib/metrics/periods';
import {
  bothOf,
  cents,
  dateAfter,
  daysBetween,
  isPurchase,
  money,
  ratio,
  shoppersOf,
  total,
  type Cells,
  type Naive,
  type Question,
} from './naive-study';

// Who comes, goes and comes back, by loops over the lines.

const always: Range = { from: '0000-01-01', to: '9999-12-31' };
const monthOf = (date: string): string => `${date.slice(0, 7)}-01`;
const nextMonth = (month: string): string => monthOf(dateAfter(month, 31));
const lastOf = (month: string): string => dateAfter(nextMonth(month), -1);
const monthName = (month: string): string => formatPeriod('month', month, plainCalendar);

function monthsOf({ from, to }: Range): string[] {
  const months = [];
  for (let month = monthOf(from); month <= to; month = nextMonth(month)) months.push(month);
  return months;
}

const buyersIn = (q: Question, range: Range): Set<number> | null =>
  q.observed(range) ? shoppersOf(q.slice(range)) : null;

function flow(before: Set<number> | null, now: Set<number> | null): Cells {
  if (!before || !now) return { buyers: now?.size ?? null, new: null, retained: null, lapsed: null, retention: null };
  const retained = bothOf(now, before);
  return {
    buyers: now.size,
    new: now.size - retained,
    retained,
    lapsed: before.size - retained,
    retention: ratio(retained, before.size, 100),
  };
}

export function buyerFlow(q: Question): Naive {
  const { now, before } = q.asked;
  const observed = q.observed(now);
  const rows = (observed ? monthsOf(observed) : []).map((month): [string, Cells] => {
    const part = (one: string): Range => ({
      from: one < now.from ? now.from : one,
      to: lastOf(one) > now.to ? now.to : lastOf(one),
    });
    // Whole months alone are compared, with the whole one before, wherever the dates begin.
    const ago = monthOf(dateAfter(month, -1));
    const isWhole = now.from <= month && lastOf(month) <= now.to && q.data.from <= ago && lastOf(month) <= q.data.to;
    const earlier = isWhole ? shoppersOf(q.slice({ from: ago, to: lastOf(ago) })) : null;
    return [monthName(month), flow(earlier, shoppersOf(q.slice(part(month))))];
  });
  const past = buyersIn(q, before);
  return {
    figures: { ...flow(past, buyersIn(q, now)), before: past?.size ?? null },
    tables: { flow: Object.fromEntries(rows) },
  };
}

/** Days of purchase of each who first bought within the dates, from the first date with data. */
function triers(q: Question, observed: Range): number[][] {
  const lines = q.slice(always).filter(isPurchase);
  return [...shoppersOf(lines)].flatMap((shopper) => {
    const days = [...new Set(lines.filter((line) => line.shopper === shopper).map(({ date }) => date))].sort();
    if ((days[0] ?? '') < observed.from) return [];
    const seen = days.filter((day) => day <= observed.to).map((day) => daysBetween(observed.from, day));
    return seen.length > 0 ? [seen] : [];
  });
}

/** Of the triers with so many days left, those with so many further purchase days within them. */
function depth(q: Question, observed: Range, days: number, times: number) {
  const length = daysBetween(observed.from, observed.to) + 1;
  const eligible = triers(q, observed).filter(([first = 0]) => first + days < length);
  const again = eligible.filter(([first = 0, ...later]) => later.filter((day) => day <= first + days).length >= times);
  return { eligible: eligible.length, repeaters: again.length };
}

export function repeat(q: Question): Naive {
  const { now, before, weeks } = q.asked;
  const observed = q.observed(now);
  const lines = q.slice(now);
  const buyers = shoppersOf(lines);
  const counted = q.has.basket && lines.some(({ shopper }) => shopper !== null);
  const twice = [...buyers].filter((one) => q.trips(lines.filter(({ shopper }) => shopper === one)) >= 2).length;
  const known = observed !== null && q.observed(before) !== null;
  const earlier = shoppersOf(q.slice(before));
  const again = bothOf(earlier, buyers);
  const tried = observed ? depth(q, observed, weeks * 7, 1) : null;
  return {
    tables: {
      rates: {
        '(a) On 2 or more trips|Buyers': {
          base: observed ? buyers.size : null,
          repeaters: counted ? twice : null,
          percent: counted ? ratio(twice, buyers.size, 100) : null,
        },
        '(b) Bought again|Buyers of the comparison': {
          base: known ? earlier.size : null,
          repeaters: known ? again : null,
          percent: known ? ratio(again, earlier.size, 100) : null,
        },
        [`(c) Second purchase day within ${weeks} ${weeks === 1 ? 'week' : 'weeks'}|Triers`]: {
          base: tried?.eligible ?? null,
          repeaters: tried?.repeaters ?? null,
          percent: tried && ratio(tried.repeaters, tried.eligible, 100),
        },
      },
    },
  };
}

export function trialRepeat(q: Question): Naive {
  const { now, weeks } = q.asked;
  const observed = q.observed(now);
  if (!observed) return { figures: { triers: null, trial: null, repeat: null }, tables: { trial: {}, depth: {} } };
  const firsts = triers(q, observed).map(([first = 0]) => first);
  const base = shoppersOf(q.market(now)).size;
  const trial: Record<string, Cells> = {};
  let before = 0;
  const monday = dateAfter(observed.from, -((new Date(observed.from).getUTCDay() + 6) % 7));
  for (let week = monday; week <= observed.to; week = dateAfter(week, 7)) {
    const cumulative = firsts.filter((first) => first <= daysBetween(observed.from, dateAfter(week, 6))).length;
    const cells = { triers: cumulative - before, cumulative, percent: ratio(cumulative, base, 100) };
    trial[formatPeriod('week', week, plainCalendar)] = cells;
    before = cumulative;
  }
  const depths: Record<string, Cells> = {};
  for (let week = 1; week <= weeks; week++) {
    const [one, two, three] = [1, 2, 3].map((times) => depth(q, observed, week * 7, times));
    if (!one?.eligible) break;
    const percent = (of: typeof one | undefined): number | null =>
      of === undefined ? null : ratio(of.repeaters, of.eligible, 100);
    depths[String(week)] = { eligible: one.eligible, r1: percent(one), r2: percent(two), r3: percent(three) };
  }
  return {
    figures: {
      triers: firsts.length,
      trial: ratio(firsts.length, base, 100),
      repeat: Object.values(depths).at(-1)?.['r1'] ?? null,
    },
    tables: { trial, depth: depths },
  };
}

export function cohorts(q: Question): Naive {
  const { now } = q.asked;
  const observed = q.observed(now);
  const months = observed ? monthsOf(observed) : [];
  const ended = (month: string): boolean => lastOf(month) <= now.to && lastOf(month) <= q.data.to;
  const lines = q.slice({ from: always.from, to: now.to });
  const first = new Map<number, string>();
  for (const { shopper, date } of lines.filter(isPurchase)) {
    if (shopper !== null && (first.get(shopper) ?? date) >= date) first.set(shopper, date);
  }
  const activeIn = (month: string): Set<number> => shoppersOf(lines.filter(({ date }) => monthOf(date) === month));
  const rows = months.map((month, at): [string, Cells] => {
    const mine = new Set([...first].flatMap(([shopper, date]) => (monthOf(date) === month ? [shopper] : [])));
    const cells = months.map((_, age) => {
      const later = months[at + age];
      const seen = later !== undefined && (later !== months.at(-1) || ended(later));
      return [`p${age}`, seen ? ratio(bothOf(mine, activeIn(later)), mine.size, 100) : null];
    });
    const censored = at === 0 && month <= q.data.from;
    return [monthName(month) + (censored ? ' (left-censored)' : ''), { size: mine.size, ...Object.fromEntries(cells) }];
  });
  const whole = rows.filter(([name]) => !name.includes('censored'));
  return {
    figures: { new: whole.length > 0 ? total(whole.map(([, { size }]) => Number(size))) : null },
    tables: { cohorts: Object.fromEntries(rows) },
  };
}

export function concentrationOfBuyers(q: Question): Naive {
  const lines = q.slice(q.asked.now);
  if (!q.observed(q.asked.now)) return { figures: { buyers: null }, tables: { groups: {}, pareto: {} } };
  const spends = [...shoppersOf(lines)]
    .map((one) => q.measured(lines.filter(({ shopper }) => shopper === one)))
    .sort((a, b) => b - a);
  const all = total(spends);
  /** Who spends as much as the last of the top so many percent. */
  const isTop =
    (percent: number) =>
    (spend: number): boolean =>
      spend >= (spends[Math.ceil((spends.length * percent) / 100) - 1] ?? Infinity);
  const group = (test: (spend: number) => boolean): Cells => {
    const mine = spends.filter(test);
    return {
      buyers: mine.length,
      percentOfBuyers: ratio(mine.length, spends.length, 100),
      sales: q.shown(total(mine)),
      percentOfSales: ratio(total(mine), all, 100),
      each: ratio(q.shown(total(mine)), mine.length),
    };
  };
  const [heavy, half] = [isTop(20), isTop(50)];
  return {
    figures: { buyers: spends.length, top20: ratio(total(spends.filter(heavy)), all, 100) },
    tables: {
      groups: {
        'Heavy (top 20 %)': group(heavy),
        'Medium (next 30 %)': group((spend) => half(spend) && !heavy(spend)),
        'Light (the rest)': group((spend) => !half(spend)),
      },
      pareto: Object.fromEntries([1, 5, 10, 20, 50].map((percent) => [`${percent} %`, group(isTop(percent))])),
    },
  };
}

export function rfm(q: Question): Naive {
  const observed = q.observed(q.asked.now);
  const lines = q.slice(q.asked.now);
  const buyers = [...shoppersOf(lines)].map((one) => {
    const mine = lines.filter(({ shopper }) => shopper === one);
    const last =
      mine
        .filter(isPurchase)
        .map(({ date }) => date)
        .sort()
        .at(-1) ?? '';
    return {
      recency: observed ? -daysBetween(last, observed.to) : 0,
      frequency: q.has.basket ? q.trips(mine) : mine.filter(isPurchase).length,
      monetary: cents(mine),
    };
  });
  const score = (of: keyof (typeof buyers)[number], mine: number): number =>
    1 + Math.floor((5 * buyers.filter((other) => other[of] < mine).length) / buyers.length);
  const segments = new Map<string, number[]>();
  for (const { recency, frequency, monetary } of buyers) {
    const key = [score('recency', recency), score('frequency', frequency), score('monetary', monetary)].join('|');
    segments.set(key, [...(segments.get(key) ?? []), monetary]);
  }
  const rows = [...segments].map(([key, spends]): [string, Cells] => [
    key,
    { buyers: spends.length, sales: money(total(spends)), each: money(total(spends)) / spends.length },
  ]);
  return { figures: { buyers: observed ? buyers.length : null }, tables: { segments: Object.fromEntries(rows) } };
}
