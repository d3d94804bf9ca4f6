import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainCalendar, type Calendar, type Grain } from './calendar';
import { anyCalendar, anyRange } from './calendar.fixture';
import { comparisonRange, isEven, pairPeriods, seenOf, type Comparison } from './comparison';
import { addDays, endOf, lengthOf, periodsOf, splitMonths, startOf, type Range } from './periods';

const settings = { seed: 11, numRuns: 300 };
const nrf: Calendar = { weekStart: 7, fiscalYearStart: 2, retail: { pattern: '4-5-4', yearEnd: 'nearest' } };

/** "from..to" of what a range is compared with; `newest`: the data ends there. */
function beside(from: string, to: string, comparison: Comparison, calendar = plainCalendar, newest = to) {
  const range = comparisonRange({ from, to }, comparison, calendar, newest);
  return range && `${range.from}..${range.to}`;
}

describe('the previous period', () => {
  it.each([
    ['2024-03-01', '2024-03-31', '2024-02-01..2024-02-29'],
    ['2024-02-01', '2024-02-29', '2024-01-01..2024-01-31'],
    ['2024-04-01', '2024-06-30', '2024-01-01..2024-03-31'],
    ['2024-01-01', '2024-12-31', '2023-01-01..2023-12-31'],
    ['2024-03-05', '2024-03-11', '2024-02-27..2024-03-04'],
  ])('of %s to %s is %s', (from, to, before) => {
    expect(beside(from, to, 'previous_period')).toBe(before);
  });
  it('touches it and is no longer', () => {
    fc.assert(
      fc.property(anyRange, (all) => {
        const before = comparisonRange(all, 'previous_period', plainCalendar, null) as Range;
        expect(addDays(before.to, 1)).toBe(all.from);
        const { months, edges } = splitMonths(all);
        if (months && edges.length === 0)
          expect(periodsOf('month', before)).toHaveLength(periodsOf('month', all).length);
        else expect(lengthOf(before)).toBe(lengthOf(all));
      }),
      settings,
    );
  });
  it('of retail months has as many of them', () => {
    // Retail December and January of 2023: five weeks, and five with the 53rd.
    expect(beside('2023-11-26', '2023-12-30', 'previous_period', nrf)).toBe('2023-10-29..2023-11-25');
    expect(beside('2024-02-04', '2024-03-02', 'previous_period', nrf)).toBe('2023-12-31..2024-02-03');
  });
});

describe('the year before', () => {
  it('keeps the dates; the end of February stays its end', () => {
    expect(beside('2024-02-29', '2024-03-31', 'previous_year')).toBe('2023-02-28..2023-03-31');
    expect(beside('2025-02-01', '2025-02-28', 'previous_year')).toBe('2024-02-01..2024-02-29');
    expect(beside('2025-02-01', '2025-02-27', 'previous_year')).toBe('2024-02-01..2024-02-27');
    expect(beside('2024-01-01', '2024-01-02', 'none')).toBeNull();
  });
  it('of retail months is the same months of the retail year before', () => {
    expect(beside('2024-03-03', '2024-04-06', 'previous_year', nrf)).toBe('2023-02-26..2023-04-01');
    // The whole of 2024, 52 weeks, beside 2023 with its 53.
    expect(beside('2024-02-04', '2025-02-01', 'previous_year', nrf)).toBe('2023-01-29..2024-02-03');
  });
  it('by weekdays lies 52 weeks back', () => {
    expect(beside('2024-03-04', '2024-03-10', 'previous_year_weekdays')).toBe('2023-03-06..2023-03-12');
    fc.assert(
      fc.property(anyRange, (all) => {
        const before = comparisonRange(all, 'previous_year_weekdays', plainCalendar, null) as Range;
        const weekday = (date: string) => new Date(`${date}T12:00:00Z`).getUTCDay();
        expect([weekday(before.from), lengthOf(before)]).toEqual([weekday(all.from), lengthOf(all)]);
      }),
      settings,
    );
  });
});

describe('to date', () => {
  it.each([
    ['week', '2024-03-04', '2024-03-06', '2024-02-26..2024-02-28'],
    ['month', '2024-03-01', '2024-03-15', '2024-02-01..2024-02-15'],
    ['month, where the one before is shorter', '2024-03-01', '2024-03-30', '2024-02-01..2024-02-29'],
    ['whole month', '2024-02-01', '2024-02-29', '2024-01-01..2024-01-31'],
    ['quarter', '2024-04-01', '2024-05-15', '2024-01-01..2024-02-15'],
    ['year', '2024-01-01', '2024-09-15', '2023-01-01..2023-09-15'],
  ])('is as much of the %s before', (_, from, to, before) => {
    expect(beside(from, to, 'previous_to_date')).toBe(before);
  });
  it('follows the calendar', () => {
    expect(beside('2024-02-04', '2024-05-11', 'previous_to_date', nrf)).toBe('2023-01-29..2023-05-06');
    expect(beside('2024-07-01', '2025-01-31', 'previous_to_date', { ...plainCalendar, fiscalYearStart: 7 })).toBe(
      '2023-07-01..2024-01-31',
    );
  });
  it('needs dates that start a period', () =>
    expect(beside('2024-03-05', '2024-03-15', 'previous_to_date')).toBeNull());
  it.each<[Comparison, string]>([
    ['previous_period', '2023-10-01..2023-11-15'],
    ['previous_year', '2023-01-01..2023-02-15'],
    ['previous_year_weekdays', '2023-01-02..2023-02-16'],
    ['previous_to_date', '2023-10-01..2023-11-15'],
    [{ from: '2023-01-01', to: '2023-03-31' }, '2023-01-01..2023-03-31'],
  ])('a range that is not over is compared by itself: %j', (comparison, before) => {
    expect(beside('2024-01-01', '2024-03-31', comparison, plainCalendar, '2024-02-15')).toBe(before);
  });
});

describe('periods side by side', () => {
  const pairs = (grain: Grain, range: Range, comparison: Comparison, calendar = plainCalendar) => [
    ...pairPeriods(grain, range, comparisonRange(range, comparison, calendar, null) as Range, comparison, calendar),
  ];
  it('are those of the calendar, or first beside first', () => {
    const year = { from: '2024-01-01', to: '2024-03-31' };
    expect(pairs('month', year, 'previous_year')).toEqual([
      ['2024-01-01', '2023-01-01'],
      ['2024-02-01', '2023-02-01'],
      ['2024-03-01', '2023-03-01'],
    ]);
    expect(pairs('month', year, 'previous_period')[0]).toEqual(['2024-01-01', '2023-10-01']);
    const days = { from: '2024-02-28', to: '2024-03-01' };
    expect(pairs('day', days, 'previous_year')).toEqual([
      ['2024-02-28', '2023-02-28'],
      ['2024-02-29', '2023-02-28'],
      ['2024-03-01', '2023-03-01'],
    ]);
  });
  it('of a retail calendar have the same number in their years', () => {
    const year = { from: '2024-02-04', to: '2025-02-01' };
    expect(pairs('retail_month', year, 'previous_year', nrf).slice(-2)).toEqual([
      ['2024-12-01', '2023-11-26'],
      ['2025-01-05', '2023-12-31'],
    ]);
  });
});

describe('evenness', () => {
  const even = (grain: Grain, [start, from, to]: string[], [other, otherFrom, otherTo]: string[]) => {
    const seen = (at = '', first = '', last = '') => {
      const found = seenOf(grain, at, { from: first, to: last }, plainCalendar);
      if (!found) throw new Error('nothing of it is seen');
      return found;
    };
    return isEven(grain, seen(start, from, to), seen(other, otherFrom, otherTo));
  };
  it.each<[boolean, Grain, string[], string[]]>([
    [true, 'month', ['2024-02-01', '2024-01-01', '2024-12-31'], ['2023-02-01', '2023-01-01', '2023-12-31']],
    [true, 'month', ['2024-03-01', '2024-03-01', '2024-03-15'], ['2023-03-01', '2023-03-01', '2023-03-15']],
    [false, 'month', ['2024-03-01', '2024-03-01', '2024-03-15'], ['2023-03-01', '2023-03-01', '2023-03-31']],
    [false, 'month', ['2024-03-01', '2024-03-05', '2024-03-31'], ['2023-03-01', '2023-03-01', '2023-03-31']],
    // A leap day lies between.
    [true, 'year', ['2024-01-01', '2024-01-01', '2024-05-31'], ['2023-01-01', '2023-01-01', '2023-05-31']],
    [true, 'year', ['2024-01-01', '2024-01-01', '2024-02-29'], ['2023-01-01', '2023-01-01', '2023-02-28']],
    [false, 'year', ['2024-01-01', '2024-01-01', '2024-05-31'], ['2023-01-01', '2023-01-01', '2023-05-30']],
    [false, 'week', ['2024-01-01', '2024-01-01', '2024-01-31'], ['2022-12-26', '2023-01-01', '2023-01-31']],
  ])('is %s of a %s seen %j beside %j', (expected, grain, mine, other) => {
    expect(even(grain, mine, other)).toBe(expected);
  });
  it('is had by every whole period', () => {
    fc.assert(
      fc.property(
        anyRange,
        anyCalendar,
        fc.constantFrom<Grain>('week', 'month', 'quarter', 'year'),
        (all, calendar, by) => {
          const seen = (date: string) => {
            const whole = { from: startOf(by, date, calendar), to: endOf(by, date, calendar) };
            return { start: whole.from, end: whole.to, seen: whole };
          };
          expect(isEven(by, seen(all.from), seen(all.to))).toBe(true);
        },
      ),
      settings,
    );
  });
});
