import { z } from 'zod';
import { retailPatterns, retailYearEnds } from '@/lib/metrics/calendar';

/** What weeks, quarters and years are here. */
export const calendar = z.strictObject({
  /** First day of the week: 1 is Monday, 7 Sunday. */
  weekStart: z.int('a whole number').min(1, '1 (Monday) to 7 (Sunday)').max(7, '1 (Monday) to 7 (Sunday)'),
  /** Month that fiscal years start in; quarters count from it. */
  fiscalYearStart: z.int('a whole number').min(1, 'a month, 1 to 12').max(12, 'a month, 1 to 12'),
  /**
   * Years of 52 or 53 whole weeks, quarters of 13, months of 4 or 5. They end on the last day of a week: the last one of the
   * month before the fiscal year's, or the one nearest to its end. A 53rd week belongs to the last month. Null: none.
   */
  retail: z.strictObject({ pattern: z.enum(retailPatterns), yearEnd: z.enum(retailYearEnds) }).nullable(),
});
export type CalendarSettings = z.output<typeof calendar>;
