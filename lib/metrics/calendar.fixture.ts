import fc from 'fast-check';
import { retailPatterns, retailYearEnds, type Calendar } from './calendar';
import { addDays, type Range } from './periods';

// Random calendars and dates.

export const anyCalendar: fc.Arbitrary<Calendar> = fc.record({
  weekStart: fc.integer({ min: 1, max: 7 }),
  fiscalYearStart: fc.integer({ min: 1, max: 12 }),
  retail: fc.option(
    fc.record({ pattern: fc.constantFrom(...retailPatterns), yearEnd: fc.constantFrom(...retailYearEnds) }),
    { freq: 3 },
  ),
});
export const anyDate = fc.integer({ min: -10_000, max: 60_000 }).map((days) => addDays('1970-01-01', days));
export const anyRange = fc
  .tuple(anyDate, fc.integer({ min: 0, max: 1500 }))
  .map(([from, days]): Range => ({ from, to: addDays(from, days) }));
