// Calendar arithmetic on YYYY-MM-DD text. A calendar date has no time zone: everything here counts days in UTC.

export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'year';
export interface Range {
  from: string;
  to: string;
}

const DAY = 86_400_000;
const number = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
const text = (days: number): string => new Date(days * DAY).toISOString().slice(0, 10);

const yearOf = (date: string): number => Number(date.slice(0, 4));
const monthOf = (date: string): number => Number(date.slice(5, 7));
const make = (year: number, month: number, day: number): string => text(Date.UTC(year, month - 1, day) / DAY);

export const addDays = (date: string, days: number): string => text(number(date) + days);
/** Days in the range, both ends counted. */
export const lengthOf = (range: Range): number => number(range.to) - number(range.from) + 1;

/** The same day so many months on; a day the month lacks becomes its last. */
export function addMonths(date: string, months: number): string {
  const first = make(yearOf(date), monthOf(date) + months, 1);
  const last = endOf('month', first);
  const day = Math.min(Number(date.slice(8)), Number(last.slice(8)));
  return first.slice(0, 8) + String(day).padStart(2, '0');
}

/** First day of the period that the date lies in. Weeks start on Monday. */
export function startOf(grain: Grain, date: string): string {
  switch (grain) {
    case 'day':
      return date;
    case 'week':
      // 1970-01-01 was a Thursday.
      return addDays(date, -((((number(date) + 3) % 7) + 7) % 7));
    case 'month':
      return `${date.slice(0, 7)}-01`;
    case 'quarter':
      return make(yearOf(date), Math.floor((monthOf(date) - 1) / 3) * 3 + 1, 1);
    case 'year':
      return `${date.slice(0, 4)}-01-01`;
  }
}

/** First day of the next period. */
function next(grain: Grain, start: string): string {
  if (grain === 'day') return addDays(start, 1);
  if (grain === 'week') return addDays(start, 7);
  const months = { month: 1, quarter: 3, year: 12 }[grain];
  return make(yearOf(start), monthOf(start) + months, 1);
}

/** Last day of the period that the date lies in. */
export const endOf = (grain: Grain, date: string): string => addDays(next(grain, startOf(grain, date)), -1);

/** First days of all periods that the range touches. */
export function periodsOf(grain: Grain, range: Range): string[] {
  const starts: string[] = [];
  for (let start = startOf(grain, range.from); start <= range.to; start = next(grain, start)) starts.push(start);
  return starts;
}

export interface Split {
  /** Whole months, as one range from a first to a last day of month. */
  months: Range | null;
  /** The days left over at either end. */
  edges: Range[];
}

/** Cuts a range into whole calendar months and the days around them. */
export function splitMonths(range: Range): Split {
  if (range.from > range.to) return { months: null, edges: [] };
  const start = startOf('month', range.from) === range.from ? range.from : addDays(endOf('month', range.from), 1);
  const end = endOf('month', range.to) === range.to ? range.to : addDays(startOf('month', range.to), -1);
  if (start > end) return { months: null, edges: [range] };
  const edges: Range[] = [];
  if (range.from < start) edges.push({ from: range.from, to: addDays(start, -1) });
  if (range.to > end) edges.push({ from: addDays(end, 1), to: range.to });
  return { months: { from: start, to: end }, edges };
}

/** The part of the range that lies within the bounds; null where there is none. */
export function within(range: Range, bounds: Range): Range | null {
  const from = range.from > bounds.from ? range.from : bounds.from;
  const to = range.to < bounds.to ? range.to : bounds.to;
  return from <= to ? { from, to } : null;
}

/**
 * The period before: as many whole months as the range has where it is made of whole months, else as many days. A range
 * of whole quarters or years so gets the whole quarters or years before it.
 */
export function previousPeriod(range: Range): Range {
  const to = addDays(range.from, -1);
  const { months, edges } = splitMonths(range);
  if (months && edges.length === 0) {
    return { from: addMonths(range.from, -periodsOf('month', range).length), to };
  }
  return { from: addDays(range.from, -lengthOf(range)), to };
}

/** The same dates a year earlier; February 29 becomes 28, and a range that ends a February ends it a year earlier too. */
export function previousYear(range: Range): Range {
  const to = addMonths(range.to, -12);
  const endsFebruary = monthOf(range.to) === 2 && endOf('month', range.to) === range.to;
  return { from: addMonths(range.from, -12), to: endsFebruary ? endOf('month', to) : to };
}

export type Comparison = 'none' | 'previous_period' | 'previous_year' | Range;

export function comparisonRange(range: Range, comparison: Comparison): Range | null {
  if (comparison === 'none') return null;
  if (comparison === 'previous_period') return previousPeriod(range);
  if (comparison === 'previous_year') return previousYear(range);
  return comparison;
}

/**
 * Which period of the comparison stands beside which: by the calendar for a year earlier (weeks excepted, as they do not
 * keep their dates), else first beside first.
 */
export function pairPeriods(grain: Grain, range: Range, other: Range, comparison: Comparison): Map<string, string> {
  const mine = periodsOf(grain, range);
  const theirs = periodsOf(grain, other);
  if (comparison === 'previous_year' && grain !== 'week') {
    const known = new Set(theirs);
    const pairs = mine.map((start) => [start, startOf(grain, addMonths(start, -12))] as const);
    return new Map(pairs.filter(([, start]) => known.has(start)));
  }
  return new Map(mine.flatMap((start, index) => (theirs[index] ? [[start, theirs[index]]] : [])));
}
