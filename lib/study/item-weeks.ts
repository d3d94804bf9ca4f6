import 'server-only';
import { addDays, lengthOf, startOf } from '@/lib/metrics/periods';
import type { Items } from '@/lib/query/join-items';
import type { Study } from './study';

/** What an item sold in a store in a week: amounts in the minor unit, units in thousandths. */
export interface ItemWeek {
  week: number;
  amount: number;
  units: number;
  promotedUnits: number;
}

/** Weeks of the calendar, counted from the one that the dates begin in. */
export interface Weeks {
  of(day: number): number;
  /** First date of the week. */
  startsAt(week: number): string;
  /** All of the week's days lie within the dates. */
  isWhole(week: number): boolean;
}

export function weeksOf({ range, calendar, resolved }: Study): Weeks {
  const start = startOf('week', range.from, calendar);
  const shift = lengthOf({ from: start, to: range.from }) - 1;
  const days = lengthOf(range);
  // The one date of weekly data stands for its week, wherever in it that date lies.
  const weekly = resolved.facts.grain === 'week';
  return {
    of: (day) => Math.floor((day + shift) / 7),
    startsAt: (week) => addDays(start, 7 * week),
    isWhole: (week) => weekly || (week * 7 >= shift && (week + 1) * 7 <= shift + days),
  };
}

/** By store, an entry a week with lines. */
export function byStoreAndWeek(item: Items, weeks: Weeks): Map<number, ItemWeek[]> {
  const stores = new Map<number, Map<number, ItemWeek>>();
  item.store.forEach((store, at) => {
    const sold = stores.get(store) ?? new Map<number, ItemWeek>();
    if (sold.size === 0) stores.set(store, sold);
    const week = weeks.of(item.day[at] ?? 0);
    const sums = sold.get(week) ?? { week, amount: 0, units: 0, promotedUnits: 0 };
    sold.set(week, sums);
    sums.amount += item.amount[at] ?? 0;
    sums.units += item.units[at] ?? 0;
    sums.promotedUnits += item.promoted_units[at] ?? 0;
  });
  return new Map([...stores].map(([store, sold]) => [store, [...sold.values()].sort((a, b) => a.week - b.week)]));
}
