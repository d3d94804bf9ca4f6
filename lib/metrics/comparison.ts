// Which dates stand beside which, and whether what was seen of both is alike.

import { isRetail, retailPeriodOf, toDays, toText, type Calendar, type Grain } from './calendar';
import { addDays, addMonths, endOf, isWhole, lengthOf, periodsOf, startOf, within, type Range } from './periods';

export const comparisons = [
  'none',
  'previous_period',
  'previous_to_date',
  'previous_year',
  'previous_year_weekdays',
] as const;
export type Comparison = (typeof comparisons)[number] | Range;

/** 52 weeks: the same weekdays a year earlier. */
export const WEEKDAY_YEAR = 364;

/** The earlier range, and where in it a day of the later one stands. */
interface Earlier {
  range: Range;
  at: (date: string) => string;
}

const byMonths = (range: Range, months: number): Earlier => {
  const at = (date: string): string => addMonths(date, -months);
  const to = endOf('month', range.to) === range.to ? endOf('month', at(range.to)) : at(range.to);
  return { range: { from: at(range.from), to }, at };
};
const byDays = (range: Range, days: number): Earlier => {
  const at = (date: string): string => addDays(date, -days);
  return { range: { from: at(range.from), to: at(range.to) }, at };
};
const fromStart = (range: Range, earlier: Range): Earlier => ({
  range: earlier,
  at: (date) => addDays(earlier.from, lengthOf({ from: range.from, to: date }) - 1),
});

const isRetailRange = (range: Range, calendar: Calendar): boolean =>
  calendar.retail !== null && isWhole('retail_month', range, calendar);

/** The same period of the retail year before. */
function retailYearBefore(grain: Grain, start: string, calendar: Calendar): string {
  if (!isRetail(grain)) throw new Error(`${grain} is no period of a retail calendar`);
  const { year, month } = retailPeriodOf(grain, start, calendar);
  const before = retailPeriodOf('retail_year', toText(year.start - 1), calendar);
  return toText(before.year.months[month]!);
}

/**
 * As many whole months before as the range has where it is made of whole months (of the calendar, else of the retail one),
 * else as many days. A range of whole quarters or years so gets the whole quarters or years before it.
 */
function periodBefore(range: Range, calendar: Calendar): Earlier {
  if (isWhole('month', range, calendar)) return byMonths(range, periodsOf('month', range).length);
  if (!isRetailRange(range, calendar)) return byDays(range, lengthOf(range));
  const months = periodsOf('retail_month', range, calendar).length;
  let from = range.from;
  for (let month = 0; month < months; month++) from = startOf('retail_month', addDays(from, -1), calendar);
  return fromStart(range, { from, to: addDays(range.from, -1) });
}

/** The same dates a year earlier; whole months of the retail calendar stand beside the same months of the retail year before. */
function yearBefore(range: Range, calendar: Calendar): Earlier {
  if (!isWhole('month', range, calendar) && isRetailRange(range, calendar)) {
    const last = startOf('retail_month', range.to, calendar);
    return fromStart(range, {
      from: retailYearBefore('retail_month', range.from, calendar),
      to: endOf('retail_month', retailYearBefore('retail_month', last, calendar), calendar),
    });
  }
  // February 29 becomes 28, and a range that ends a February ends it a year earlier too.
  return byMonths(range, 12);
}

/** The shortest period that starts with the range and holds it; null where none does. */
export function startedPeriod(range: Range, calendar: Calendar): Grain | null {
  const retail = calendar.retail !== null;
  const grains: Grain[] = retail
    ? ['week', 'month', 'retail_month', 'quarter', 'retail_quarter', 'year', 'retail_year']
    : ['week', 'month', 'quarter', 'year'];
  return (
    grains.find(
      (grain) => startOf(grain, range.from, calendar) === range.from && endOf(grain, range.from, calendar) >= range.to,
    ) ?? null
  );
}

/** The first days of the period before the one that the range has begun: as many as the range has. */
function toDateBefore(range: Range, calendar: Calendar): Earlier | null {
  const grain = startedPeriod(range, calendar);
  if (!grain) return null;
  const to = addDays(range.from, -1);
  const period = { from: startOf(grain, to, calendar), to };
  const months = { month: 1, quarter: 3, year: 12 }[grain as string];
  const earlier = months === undefined ? fromStart(range, period) : { ...byMonths(range, months), range: period };
  const whole = endOf(grain, range.from, calendar) === range.to;
  const end = earlier.at(range.to);
  return { ...earlier, range: whole || end > to ? period : { from: period.from, to: end } };
}

function earlierOf(range: Range, comparison: Exclude<Comparison, Range>, calendar: Calendar): Earlier | null {
  switch (comparison) {
    case 'none':
      return null;
    case 'previous_period':
      return periodBefore(range, calendar);
    case 'previous_to_date':
      return toDateBefore(range, calendar);
    case 'previous_year':
      return yearBefore(range, calendar);
    case 'previous_year_weekdays':
      return byDays(range, WEEKDAY_YEAR);
  }
}

/**
 * The dates to compare with. A range that is not over on the newest date with data is compared to that date: with the same
 * part of the earlier range. Null for no comparison, and for "to date" of a range that starts no period.
 */
export function comparisonRange(
  range: Range,
  comparison: Comparison,
  calendar: Calendar,
  newest: string | null,
): Range | null {
  if (typeof comparison === 'object') return comparison;
  const earlier = earlierOf(range, comparison, calendar);
  if (!earlier || newest === null || newest >= range.to || newest < range.from) return earlier?.range ?? null;
  const to = earlier.at(newest);
  return { from: earlier.range.from, to: to < earlier.range.to ? to : earlier.range.to };
}

/**
 * Which period of the comparison stands beside which: by the calendar for a year earlier (weeks excepted, as they do not
 * keep their dates), by weekdays 52 weeks earlier, else first beside first.
 */
export function pairPeriods(
  grain: Grain,
  range: Range,
  other: Range,
  comparison: Comparison,
  calendar: Calendar,
): Map<string, string> {
  const mine = periodsOf(grain, range, calendar);
  if (comparison === 'previous_year_weekdays') {
    return new Map(mine.map((start) => [start, addDays(start, -WEEKDAY_YEAR)]));
  }
  const theirs = periodsOf(grain, other, calendar);
  if (comparison === 'previous_year' && grain !== 'week') {
    const known = new Set(theirs);
    const before = (start: string): string =>
      isRetail(grain) ? retailYearBefore(grain, start, calendar) : startOf(grain, addMonths(start, -12), calendar);
    const pairs = mine.map((start) => [start, before(start)] as const);
    return new Map(pairs.filter(([, start]) => known.has(start)));
  }
  return new Map(mine.flatMap((start, index) => (theirs[index] ? [[start, theirs[index]]] : [])));
}

/** A period and the part of it that was seen. */
export interface Seen {
  start: string;
  end: string;
  seen: Range;
}

/** How far into its period a day lies: in months and days, as months differ in length, else in days. */
function depth(grain: Grain, start: string, date: string): string {
  if (grain !== 'month' && grain !== 'quarter' && grain !== 'year') return String(toDays(date) - toDays(start));
  const months = (Number(date.slice(0, 4)) - Number(start.slice(0, 4))) * 12 + Number(date.slice(5, 7));
  return `${months - Number(start.slice(5, 7))}-${date.slice(8)}`;
}

/** The same part of both periods was seen: only then is one compared with the other. */
export function isEven(grain: Grain, one: Seen, other: Seen): boolean {
  const at = ({ start }: Seen, date: string): string => depth(grain, start, date);
  const ended = (period: Seen): boolean => period.seen.to === period.end;
  const lastOfMonth = ({ seen }: Seen): boolean => endOf('month', seen.to) === seen.to;
  const months = (period: Seen): string | undefined => at(period, period.seen.to).split('-')[0];
  const calendarMonths = grain === 'quarter' || grain === 'year';
  const sameEnd =
    (ended(one) && ended(other)) ||
    at(one, one.seen.to) === at(other, other.seen.to) ||
    (calendarMonths && lastOfMonth(one) && lastOfMonth(other) && months(one) === months(other));
  return at(one, one.seen.from) === at(other, other.seen.from) && sameEnd;
}

export const seenOf = (grain: Grain, start: string, inside: Range, calendar: Calendar): Seen | null => {
  const period = { from: start, to: endOf(grain, start, calendar) };
  const seen = within(period, inside);
  return seen && { start, end: period.to, seen };
};
