import { z } from 'zod';

/** Whether the runtime knows the time zone; its list leaves names out that are as good. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** Which day and time of day a time stamp is. It holds for files that are checked from then on. */
export const clock = z.strictObject({
  /** Times that say their own zone, such as 23:30Z, and seconds since 1970 are turned into this one. Null: they stay as they are. */
  timeZone: z.string().max(60).refine(isTimeZone, 'a time zone such as Europe/Berlin or UTC, or null').nullable(),
  /** Hour at which a business day starts: what was sold earlier belongs to the day before. */
  dayStart: z.int('a whole number').min(0, 'an hour, 0 to 12').max(12, 'an hour, 0 to 12'),
});
export type Clock = z.output<typeof clock>;

/** Times as they stand, days from midnight to midnight. */
export const plainClock: Clock = { timeZone: null, dayStart: 0 };
