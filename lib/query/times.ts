import { isRetail, toDays, toText } from '@/lib/metrics/calendar';
import { addDays, periodsOf, startOf, type Range } from '@/lib/metrics/periods';
import type { Cut } from './cut';
import type { Facts } from './facts';

// Days since 1970, which is how rows are kept in memory.

/** The days in the spans, ascending. */
export function daysIn(spans: readonly Range[]): number[] {
  const days: number[] = [];
  for (const { from, to } of [...spans].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = toDays(to);
    for (let day = toDays(from); day <= last; day++) days.push(day);
  }
  return days;
}

/** Whether a day lies in one of the spans, which are few: mostly one. */
export function dayIn(spans: readonly Range[]): (day: number) => boolean {
  const [first, ...others] = spans;
  if (!first) return () => false;
  const [from, to] = [toDays(first.from), toDays(first.to)];
  if (others.length === 0) return (day) => day >= from && day <= to;
  const inOthers = dayIn(others);
  return (day) => (day >= from && day <= to) || inOthers(day);
}

/** First days of the months, or years, that the spans touch, ascending. */
export function firstsIn(span: 'month' | 'year', spans: readonly Range[]): number[] {
  const months = spans.flatMap((range) => periodsOf('month', range));
  const firsts = span === 'month' ? months : months.map((month) => `${month.slice(0, 4)}-01-01`);
  return [...new Set(firsts)].sort().map(toDays);
}

/** While a workspace stands its facts are the same, and so are the periods of its days. */
const known = new WeakMap<Facts, Map<string, Map<number, string | null>>>();

/** The first day of the period of a day, of periods as the cut has them; null without a grain. */
export function periodsBy({ grain, daysOn = 0 }: Cut, facts: Facts): (day: number) => string | null {
  if (grain === null) return () => null;
  const { calendar, data } = facts;
  const grains = known.get(facts) ?? new Map<string, Map<number, string | null>>();
  known.set(facts, grains);
  const periods = grains.get(`${grain} ${daysOn}`) ?? new Map<number, string | null>();
  grains.set(`${grain} ${daysOn}`, periods);
  const held = data && { ...data, to: addDays(data.to, daysOn) };
  const starts = isRetail(grain) && held ? periodsOf(grain, held, calendar) : [];
  const find = (date: string): string | null =>
    isRetail(grain) ? (starts.findLast((start) => start <= date) ?? null) : startOf(grain, date, calendar);
  return (day) => {
    let period = periods.get(day);
    if (period === undefined) periods.set(day, (period = find(toText(day + daysOn))));
    return period;
  };
}
