const DAY = 86_400_000;

const WEEK = /^(\d{4})[-/ ]?\s?(?:W|WK|KW|week)[-. ]?(\d{1,2})(?:-?([1-7]))?$/i;
const WEEK_FIRST = /^(?:W|WK|KW|week)[-. ]?(\d{1,2})[-/, ]+\s?(\d{4})$/i;

/** The day of an ISO week, Monday unless another is named, as calendar text; null where the year has no such week. */
export function dayOfWeek(year: number, week: number, weekday = 1): string | null {
  // The week with 4 January is the first.
  const fourth = Date.UTC(year, 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY + (week - 1) * 7 * DAY;
  const thursday = new Date(monday + 3 * DAY);
  if (week < 1 || thursday.getUTCFullYear() !== year) return null;
  return new Date(monday + (weekday - 1) * DAY).toISOString().slice(0, 10);
}

/** "2024-W05", "2024W05-3", "KW 5/2024": the day; null where it is no week, `false` where there is no such one. */
export function readWeek(text: string): string | false | null {
  const parts = WEEK.exec(text);
  if (parts) return dayOfWeek(Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 1)) ?? false;
  const first = WEEK_FIRST.exec(text);
  return first ? (dayOfWeek(Number(first[2]), Number(first[1])) ?? false) : null;
}
