// What a week, a quarter and a year are in a workspace. Dates are YYYY-MM-DD text without a time zone, counted in days of UTC.

export const grains = [
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'retail_month',
  'retail_quarter',
  'retail_year',
] as const;
export type Grain = (typeof grains)[number];
export type RetailGrain = Extract<Grain, `retail_${string}`>;

export const isRetail = (grain: Grain): grain is RetailGrain => grain.startsWith('retail_');

export const retailPatterns = ['4-4-5', '4-5-4', '5-4-4'] as const;
export const retailYearEnds = ['last', 'nearest'] as const;

/** Years of whole weeks: 52, and now and then 53, the last of which belongs to the last month. */
export interface RetailCalendar {
  /** Weeks of the three months of each quarter. */
  pattern: (typeof retailPatterns)[number];
  /**
   * The year ends on the last day of a week: the last such day of the month before the fiscal year's, or the one nearest to
   * that month's end.
   */
  yearEnd: (typeof retailYearEnds)[number];
}

export interface Calendar {
  /** First day of the week: 1 is Monday, 7 Sunday. */
  weekStart: number;
  /** Month in which the fiscal year starts, 1 to 12. Quarters count from it. */
  fiscalYearStart: number;
  retail: RetailCalendar | null;
}

export const plainCalendar: Calendar = { weekStart: 1, fiscalYearStart: 1, retail: null };

const DAY = 86_400_000;
// The few thousand dates of a workspace are asked for again and again.
const days = new Map<string, number>();
const texts = new Map<number, string>();
const most = 20_000;

export function toDays(date: string): number {
  let known = days.get(date);
  if (known === undefined) {
    if (days.size >= most) days.clear();
    days.set(date, (known = Date.parse(`${date}T00:00:00Z`) / DAY));
  }
  return known;
}

export function toText(day: number): string {
  let known = texts.get(day);
  if (known === undefined) {
    if (texts.size >= most) texts.clear();
    texts.set(day, (known = new Date(day * DAY).toISOString().slice(0, 10)));
  }
  return known;
}
/** Months and days may lie outside their usual range, and are carried. */
export const dayOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / DAY;

/** First day of the week that the day lies in. */
export function weekOf(day: number, weekStart: number): number {
  // Day 0, 1970-01-01, was a Thursday.
  const since = (day + 4 - weekStart) % 7;
  return day - (since < 0 ? since + 7 : since);
}

/** A retail year by the calendar year that the fiscal year beside it starts in. */
export interface RetailYear {
  year: number;
  start: number;
  weeks: 52 | 53;
  /** First days of its twelve months, and of the year after. */
  months: number[];
}

function retailOf({ retail }: Calendar): RetailCalendar {
  if (!retail) throw new Error('The workspace has no retail calendar.');
  return retail;
}

function startOfRetailYear(year: number, calendar: Calendar): number {
  const fiscal = dayOf(year, calendar.fiscalYearStart, 1);
  return weekOf(retailOf(calendar).yearEnd === 'nearest' ? fiscal + 3 : fiscal, calendar.weekStart);
}

/** The retail year that the date lies in. */
export function retailYearOf(date: string, calendar: Calendar): RetailYear {
  const day = toDays(date);
  let year = Number(date.slice(0, 4)) + 1;
  while (startOfRetailYear(year, calendar) > day) year--;
  const start = startOfRetailYear(year, calendar);
  const weeks = (startOfRetailYear(year + 1, calendar) - start) / 7 === 53 ? 53 : 52;
  const quarter = retailOf(calendar).pattern.split('-').map(Number);
  const months = [start];
  for (let month = 0; month < 12; month++) months.push(months[month]! + 7 * quarter[month % 3]!);
  if (weeks === 53) months[12]! += 7;
  return { year, start, weeks, months };
}

/** Where in its retail year a date lies: the month from 0, and the first days of this and of the next period. */
export function retailPeriodOf(
  grain: RetailGrain,
  date: string,
  calendar: Calendar,
): { year: RetailYear; month: number; start: string; next: string } {
  const year = retailYearOf(date, calendar);
  const day = toDays(date);
  const size = { retail_month: 1, retail_quarter: 3, retail_year: 12 }[grain];
  const within = year.months.findLastIndex((start) => start <= day);
  const month = Math.floor(within / size) * size;
  return { year, month, start: toText(year.months[month]!), next: toText(year.months[month + size]!) };
}
