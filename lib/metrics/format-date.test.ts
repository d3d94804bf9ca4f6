import { describe, expect, it } from 'vitest';
import { grains, type Calendar } from './calendar';
import { formatPeriod, shortPeriod } from './format-date';
import { periodsOf } from './periods';

const calendar: Calendar = { weekStart: 7, fiscalYearStart: 2, retail: { pattern: '4-5-4', yearEnd: 'nearest' } };

describe('shortPeriod', () => {
  it.each(grains.filter((grain) => grain !== 'day'))('makes of a %s what an axis says of it', (grain) => {
    const starts = periodsOf(grain, { from: '2023-10-01', to: '2025-02-28' }, calendar);
    expect(starts.map((start) => shortPeriod(formatPeriod(grain, start, calendar)))).toEqual(
      starts.map((start) => formatPeriod(grain, start, calendar, true)),
    );
  });

  it('leaves other text alone', () => {
    for (const text of ['March Hare 2025', 'Mayfield', 'Weekend – Deli', 'All other brands']) {
      expect(shortPeriod(text)).toBe(text);
    }
  });
});
