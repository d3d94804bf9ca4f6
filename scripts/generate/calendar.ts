// Two whole calendar years. 1 January 2024 is a Monday, so week 0 starts on day 0.

const first = Date.UTC(2024, 0, 1);
export const dayCount = 731;
export const weekCount = Math.ceil(dayCount / 7);

const dates = Array.from({ length: dayCount }, (_, day) => new Date(first + day * 86_400_000));
const isoDates = dates.map((date) => date.toISOString().slice(0, 10));

export const isoDate = (day: number): string => isoDates[day]!;
export const dayOf = (iso: string): number => (Date.parse(iso) - first) / 86_400_000;
export const weekOf = (day: number): number => Math.floor(day / 7);
/** 0 January 2024 … 23 December 2025. */
export const monthOf = (day: number): number => (dates[day]!.getUTCFullYear() - 2024) * 12 + dates[day]!.getUTCMonth();

/** How busy a weekday is, Monday first. */
export const weekdayIndex = [0.85, 0.82, 0.88, 0.98, 1.3, 1.52, 0.65] as const;

/** How many shoppers are in the stores at each hour from 7 to 21. */
export const hourIndex = [2, 4, 6, 8, 9, 8, 6, 6, 7, 9, 12, 11, 7, 4, 1] as const;
export const firstHour = 7;

/** Relative weight of each day for a category: month × weekday × growth in the second year. */
export function dayWeights(season: readonly number[], growth: number): Float64Array {
  return Float64Array.from(dates, (date, day) => {
    const month = monthOf(day);
    return season[month % 12]! * weekdayIndex[day % 7]! * (month >= 12 ? 1 + growth : 1);
  });
}
