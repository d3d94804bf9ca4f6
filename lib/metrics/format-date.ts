import { isRetail, retailPeriodOf, type Calendar, type Grain, type RetailGrain } from './calendar';
import { addDays, addMonths, startOf, type Range } from './periods';

// Dates as people read them. A calendar date has no time zone: it is written in UTC, where it was counted.

// To make a formatter takes a thousand times as long as to use it.
const formatters = new Map<string, Intl.DateTimeFormat>();

function written(date: string, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
  formatters.set(key, known);
  return known.format(new Date(`${date}T00:00:00Z`));
}

const yearOf = (date: string): string => date.slice(0, 4);

/** 5 Mar 2024 */
export const formatDate = (date: string): string =>
  written(date, { day: 'numeric', month: 'short', year: 'numeric' }).replace('Sept', 'Sep');

const dayAndMonth = (date: string): string => written(date, { day: 'numeric', month: 'short' }).replace('Sept', 'Sep');

/** 5 Mar – 4 Apr 2024; the year twice where it changes. */
export function formatRange({ from, to }: Range): string {
  if (from === to) return formatDate(from);
  return `${yearOf(from) === yearOf(to) ? dayAndMonth(from) : formatDate(from)} – ${formatDate(to)}`;
}

/** 2024; a year that begins in another month than January has two: 2024/25. */
const formatYear = (year: number, { fiscalYearStart }: Calendar): string =>
  fiscalYearStart === 1 ? String(year) : `${year}/${String((year + 1) % 100).padStart(2, '0')}`;

function formatQuarter(start: string, calendar: Calendar): string {
  const year = startOf('year', start, calendar);
  const quarter = [0, 3, 6, 9].findIndex((months) => addMonths(year, months) === start) + 1;
  return `Q${quarter} ${formatYear(Number(yearOf(year)), calendar)}`;
}

function formatRetail(grain: RetailGrain, start: string, calendar: Calendar): string {
  const { year, month } = retailPeriodOf(grain, start, calendar);
  const name = formatYear(year.year, calendar);
  if (grain === 'retail_year') return `Retail ${name}`;
  return grain === 'retail_month' ? `P${month + 1} ${name}` : `RQ${month / 3 + 1} ${name}`;
}

/** A period by its first day. Short is for axes. */
export function formatPeriod(grain: Grain, start: string, calendar: Calendar, short = false): string {
  if (isRetail(grain)) return formatRetail(grain, start, calendar);
  switch (grain) {
    case 'day':
      return short
        ? dayAndMonth(start)
        : written(start, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
    case 'week':
      return short ? dayAndMonth(start) : `Week ${formatRange({ from: start, to: addDays(start, 6) })}`;
    case 'month':
      return written(start, { month: short ? 'short' : 'long', year: short ? '2-digit' : 'numeric' }).replace(
        'Sept ',
        'Sep ',
      );
    case 'quarter':
      return formatQuarter(start, calendar);
    case 'year':
      return formatYear(Number(yearOf(start)), calendar);
  }
}

/** Writes a period by its first day; short for axes. */
export type PeriodNames = (start: string, short?: boolean) => string;

export const periodNames =
  (grain: Grain, calendar: Calendar): PeriodNames =>
  (start, short = false) =>
    formatPeriod(grain, start, calendar, short);

/** A grain within a sentence: "retail month". */
export const grainName = (grain: Grain): string => grain.replace('_', ' ');

const months = /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d\d(\d\d)$/;
const week = /^Week (\d+ [A-Z][a-z]+)(?: \d{4})? – .*$/;

/** The text of a period as an axis has room for; other text stays as it is. */
export const shortPeriod = (text: string): string => text.replace(months, '$1 $2').replace(week, '$1');

/** "just now", "4 min", "3 h", "2 days". */
export function formatAge(seconds: number): string {
  if (seconds < 60) return 'less than a minute';
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
