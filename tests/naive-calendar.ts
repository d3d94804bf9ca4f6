import type { Calendar, Grain } from '@/lib/metrics/calendar';
import { pairPeriods, type Comparison } from '@/lib/metrics/comparison';
import type { Range } from '@/lib/metrics/periods';

// Periods by walking from day to day, from the words of docs/metrics.md: shares no code with lib/metrics.

const step = (date: string, days: number): string => {
  const at = new Date(`${date}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
};
/** 1 is Monday, 7 Sunday. */
const weekday = (date: string): number => new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
const back = (date: string, is: (day: string) => boolean): string => {
  let day = date;
  while (!is(day)) day = step(day, -1);
  return day;
};
const monthOf = (day: string): number => Number(day.slice(5, 7));
const isFirst = (day: string): boolean => day.endsWith('-01');

/** The first day of a retail year follows one of these days. */
function endsRetailYear(day: string, { weekStart, fiscalYearStart, retail }: Calendar): boolean {
  if (weekday(step(day, 1)) !== weekStart) return false;
  const starts = (date: string): boolean => isFirst(date) && monthOf(date) === fiscalYearStart;
  // The end of the month is the day before the fiscal year starts.
  const from = retail?.yearEnd === 'last' ? 1 : -2;
  const to = retail?.yearEnd === 'last' ? 7 : 4;
  for (let days = from; days <= to; days++) if (starts(step(day, days))) return true;
  return false;
}

function retailStart(grain: Grain, date: string, calendar: Calendar): string {
  const year = back(date, (day) => endsRetailYear(step(day, -1), calendar));
  if (grain === 'retail_year') return year;
  const weeks = (calendar.retail?.pattern ?? '').split('-').map(Number);
  const sizes = Array.from({ length: 12 }, (_, month) => weeks[month % 3] ?? 0);
  let start = year;
  for (let month = 0; month < 12; month += grain === 'retail_month' ? 1 : 3) {
    const size = grain === 'retail_month' ? (sizes[month] ?? 0) : 13;
    const next = step(start, 7 * size);
    const last = month + (grain === 'retail_month' ? 1 : 3) === 12;
    if (date < next || last) return start;
    start = next;
  }
  return start;
}

export function naiveStart(grain: Grain, date: string, calendar: Calendar): string {
  const months = { month: 1, quarter: 3, year: 12 }[grain as string];
  if (grain === 'day') return date;
  if (grain === 'week') return back(date, (day) => weekday(day) === calendar.weekStart);
  if (months === undefined) return retailStart(grain, date, calendar);
  return back(date, (day) => isFirst(day) && (monthOf(day) - calendar.fiscalYearStart + 12) % months === 0);
}

interface Asked {
  grain: Grain | undefined;
  now: Range;
  before: Range | null;
  compare: Comparison;
  calendar: Calendar;
  data: Range;
}

/** Which period a day of either range counts to, and which period of the comparison is set beside one. */
export function naivePeriods({ grain, now, before, compare, calendar, data }: Asked) {
  const weekdays = compare === 'previous_year_weekdays';
  const pairs = grain && before ? pairPeriods(grain, now, before, compare, calendar) : null;
  const starts = new Map<string, string>();
  /** By weekdays, a day of the comparison counts to the period that it is compared with. */
  const periodOf = (range: Range, date: string): string | null => {
    if (!grain) return null;
    const day = weekdays && range !== now ? step(date, 364) : date;
    const start = starts.get(day) ?? naiveStart(grain, day, calendar);
    starts.set(day, start);
    return start;
  };
  /** Some day of the period lies in the comparison and in the data. */
  const touched = new Set<string | null>();
  if (before) {
    const to = before.to < data.to ? before.to : data.to;
    for (let day = before.from > data.from ? before.from : data.from; day <= to; day = step(day, 1)) {
      touched.add(periodOf(before, day));
    }
  }
  const pairOf = (period: string | null): string | null | undefined => {
    if (period === null) return null;
    const paired = weekdays ? period : pairs?.get(period);
    return paired !== undefined && touched.has(paired) ? paired : undefined;
  };
  return { periodOf, pairOf };
}
