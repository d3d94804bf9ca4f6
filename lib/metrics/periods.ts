// Calendar arithmetic on YYYY-MM-DD text. A calendar date has no time zone: everything here counts days in UTC.

import { dayOf, isRetail, retailPeriodOf, toDays, toText, weekOf, type Calendar, type Grain } from './calendar';

export interface Range {
  from: string;
  to: string;
}

const yearOf = (date: string): number => Number(date.slice(0, 4));
const monthOf = (date: string): number => Number(date.slice(5, 7));

export const addDays = (date: string, days: number): string => toText(toDays(date) + days);
/** Days in the range, both ends counted. */
export const lengthOf = (range: Range): number => toDays(range.to) - toDays(range.from) + 1;

/** The same day so many months on; a day the month lacks becomes its last. */
export function addMonths(date: string, months: number): string {
  const first = toText(dayOf(yearOf(date), monthOf(date) + months, 1));
  const last = endOf('month', first);
  const day = Math.min(Number(date.slice(8)), Number(last.slice(8)));
  return first.slice(0, 8) + String(day).padStart(2, '0');
}

/** Grains that are the same in every calendar. */
type Fixed = 'day' | 'month';
const months = { month: 1, quarter: 3, year: 12 } as const;

/** First day of the period that the date lies in. */
export function startOf(grain: Fixed, date: string): string;
export function startOf(grain: Grain, date: string, calendar: Calendar): string;
export function startOf(grain: Grain, date: string, calendar?: Calendar): string {
  if (grain === 'day') return date;
  if (grain === 'month') return `${date.slice(0, 7)}-01`;
  const { weekStart, fiscalYearStart } = calendar!;
  if (grain === 'week') return toText(weekOf(toDays(date), weekStart));
  if (isRetail(grain)) return retailPeriodOf(grain, date, calendar!).start;
  const sinceStart = (monthOf(date) - fiscalYearStart + 12) % months[grain];
  return toText(dayOf(yearOf(date), monthOf(date) - sinceStart, 1));
}

/** First day of the next period. */
function next(grain: Grain, start: string, calendar?: Calendar): string {
  if (grain === 'day') return addDays(start, 1);
  if (grain === 'week') return addDays(start, 7);
  if (isRetail(grain)) return retailPeriodOf(grain, start, calendar!).next;
  return toText(dayOf(yearOf(start), monthOf(start) + months[grain], 1));
}

/** Last day of the period that the date lies in. */
export function endOf(grain: Fixed, date: string): string;
export function endOf(grain: Grain, date: string, calendar: Calendar): string;
export function endOf(grain: Grain, date: string, calendar?: Calendar): string {
  return addDays(next(grain, startOf(grain, date, calendar!), calendar), -1);
}

/** First days of all periods that the range touches. */
export function periodsOf(grain: Fixed, range: Range): string[];
export function periodsOf(grain: Grain, range: Range, calendar: Calendar): string[];
export function periodsOf(grain: Grain, range: Range, calendar?: Calendar): string[] {
  const starts: string[] = [];
  const first = startOf(grain, range.from, calendar!);
  for (let start = first; start <= range.to; start = next(grain, start, calendar)) starts.push(start);
  return starts;
}

/** The range is made of whole periods. */
export const isWhole = (grain: Grain, range: Range, calendar: Calendar): boolean =>
  startOf(grain, range.from, calendar) === range.from && endOf(grain, range.to, calendar) === range.to;

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

/** From the first day of the range's first week to the last of its last. */
export const wholeWeeks = (range: Range, calendar: Calendar): Range => ({
  from: startOf('week', range.from, calendar),
  to: endOf('week', range.to, calendar),
});
