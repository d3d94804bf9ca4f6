import { anyDateReader } from '@/lib/values/date';
import { dateFormOf, formReader } from '@/lib/values/date-form';
import { weeks } from '@/lib/values/synonyms';
import { wordsOf } from '@/lib/values/words';

/** So many dates tell their form. */
const LOOKED_AT = 500;

/** Whether a column of dates names weeks, by its name or as all of many days are the same weekday. */
export function isWeekly(column: string | undefined, values: readonly string[]): boolean {
  if (column !== undefined && wordsOf(column).some((word) => weeks.has(word))) return true;
  const form = dateFormOf(values.slice(0, LOOKED_AT), column);
  const readers = form ? [formReader(form)] : [anyDateReader('dmy'), anyDateReader('mdy')];
  return readers.some((read) => {
    const days = new Set<number>();
    for (const value of values) {
      const found = read(value);
      if (typeof found !== 'string') days.add(Math.round(Date.parse(found.date) / 86_400_000));
    }
    const weekdays = new Set([...days].map((day) => day % 7));
    return days.size >= 4 && weekdays.size === 1;
  });
}
