import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naiveStart } from '@/tests/naive-calendar';
import { grains, isRetail, plainCalendar, type Calendar } from './calendar';
import { anyCalendar, anyDate, anyRange } from './calendar.fixture';
import { formatPeriod } from './format-date';
import { addDays, addMonths, endOf, lengthOf, periodsOf, splitMonths, startOf, within } from './periods';

const grain = fc.constantFrom(...grains);
const settings = { seed: 7, numRuns: 300 };
const known = (by: (typeof grains)[number], calendar: Calendar): boolean => !isRetail(by) || calendar.retail !== null;

describe('periods', () => {
  it('start on Mondays, firsts of months, quarters and years', () => {
    const start = (by: (typeof grains)[number], date: string): string => startOf(by, date, plainCalendar);
    expect(start('week', '2024-02-29')).toBe('2024-02-26');
    expect(start('week', '2024-02-26')).toBe('2024-02-26');
    expect(start('week', '2024-03-03')).toBe('2024-02-26');
    expect(start('week', '1969-12-31')).toBe('1969-12-29');
    expect(start('month', '2024-02-29')).toBe('2024-02-01');
    expect(start('quarter', '2024-12-31')).toBe('2024-10-01');
    expect(start('year', '2024-12-31')).toBe('2024-01-01');
    expect(endOf('month', '2023-02-01')).toBe('2023-02-28');
    expect(endOf('quarter', '2023-11-05', plainCalendar)).toBe('2023-12-31');
  });
  it('follow the first day of the week and the first month of the fiscal year', () => {
    const calendar = { weekStart: 7, fiscalYearStart: 7, retail: null };
    expect(startOf('week', '2024-02-29', calendar)).toBe('2024-02-25');
    expect(startOf('year', '2024-06-30', calendar)).toBe('2023-07-01');
    expect(endOf('year', '2023-07-01', calendar)).toBe('2024-06-30');
    expect(startOf('quarter', '2024-02-29', { ...calendar, fiscalYearStart: 2 })).toBe('2024-02-01');
    expect(endOf('quarter', '2024-01-31', { ...calendar, fiscalYearStart: 2 })).toBe('2024-01-31');
  });
  it('cover each day once, in every calendar, and each has a name of its own', () => {
    fc.assert(
      fc.property(anyRange, grain, anyCalendar, (all, by, calendar) => {
        fc.pre(known(by, calendar));
        const starts = periodsOf(by, all, calendar);
        expect(starts[0]).toBe(startOf(by, all.from, calendar));
        expect(starts.map((start) => startOf(by, start, calendar))).toEqual(starts);
        expect(starts.slice(0, -1).map((start) => addDays(endOf(by, start, calendar), 1))).toEqual(starts.slice(1));
        expect(endOf(by, starts.at(-1) ?? '', calendar) >= all.to).toBe(true);
        const named = by === 'day' || by === 'week' ? starts.slice(0, 20) : starts;
        expect(new Set(named.map((start) => formatPeriod(by, start, calendar))).size).toBe(named.length);
      }),
      { ...settings, numRuns: 40 },
    );
  });
  it('are those that a walk from day to day finds', () => {
    fc.assert(
      fc.property(anyDate, grain, anyCalendar, (one, by, calendar) => {
        fc.pre(known(by, calendar));
        expect(startOf(by, one, calendar)).toBe(naiveStart(by, one, calendar));
      }),
      settings,
    );
  });
});

describe('a retail calendar', () => {
  // The National Retail Federation's: 4-5-4, weeks from Sunday, the year ends on the Saturday nearest to the end of January.
  const nrf: Calendar = { weekStart: 7, fiscalYearStart: 2, retail: { pattern: '4-5-4', yearEnd: 'nearest' } };
  it('has the years that retailers publish', () => {
    const starts = ['2012-01-29', '2013-02-03', '2017-01-29', '2018-02-04', '2022-01-30', '2023-01-29', '2024-02-04'];
    expect(starts.map((start) => startOf('retail_year', start, nrf))).toEqual(starts);
    const weeks = (start: string) => lengthOf({ from: start, to: endOf('retail_year', start, nrf) }) / 7;
    expect(starts.map(weeks)).toEqual([53, 52, 53, 52, 52, 53, 52]);
    expect(periodsOf('retail_month', { from: '2024-02-04', to: '2024-08-03' }, nrf)).toEqual([
      '2024-02-04',
      '2024-03-03',
      '2024-04-07',
      '2024-05-05',
      '2024-06-02',
      '2024-07-07',
    ]);
    // The 53rd week of 2023 lengthens its January from four weeks to five.
    expect(endOf('retail_month', '2023-12-31', nrf)).toBe('2024-02-03');
    expect(formatPeriod('retail_month', '2023-12-31', nrf)).toBe('P12 2023/24');
    expect(formatPeriod('retail_quarter', '2024-02-04', nrf)).toBe('RQ1 2024/25');
  });
  it('can end on the last such day of a month', () => {
    // Apple's: the last Saturday of September.
    const last: Calendar = { weekStart: 7, fiscalYearStart: 10, retail: { pattern: '4-4-5', yearEnd: 'last' } };
    expect(endOf('retail_year', '2023-03-01', last)).toBe('2023-09-30');
    expect(endOf('retail_year', '2024-03-01', last)).toBe('2024-09-28');
    expect(endOf('retail_year', '2017-03-01', last)).toBe('2017-09-30');
    expect(lengthOf({ from: startOf('retail_year', '2017-03-01', last), to: '2017-09-30' })).toBe(53 * 7);
  });
  it('has years of 52 or 53 weeks, months of 4 or 5, or of 6 at the end of a longer year', () => {
    fc.assert(
      fc.property(anyDate, anyCalendar, (one, calendar) => {
        fc.pre(calendar.retail !== null);
        const year = { from: startOf('retail_year', one, calendar), to: endOf('retail_year', one, calendar) };
        const months = periodsOf('retail_month', year, calendar).map(
          (from) => lengthOf({ from, to: endOf('retail_month', from, calendar) }) / 7,
        );
        const usual = [1, 2, 3, 4].flatMap(() => (calendar.retail?.pattern ?? '').split('-').map(Number));
        const longer = lengthOf(year) / 7 - 52;
        expect([0, 1]).toContain(longer);
        expect(months).toEqual(usual.map((weeks, month) => (month === 11 ? weeks + longer : weeks)));
        expect(periodsOf('retail_quarter', year, calendar)).toHaveLength(4);
      }),
      settings,
    );
  });
});

describe('a range', () => {
  it('splits into whole months and the days around them, none lost, none twice', () => {
    fc.assert(
      fc.property(anyRange, (all) => {
        const { months, edges } = splitMonths(all);
        const pieces = [...edges, ...(months ? [months] : [])].sort((a, b) => (a.from < b.from ? -1 : 1));
        expect(pieces[0]?.from).toBe(all.from);
        expect(pieces.at(-1)?.to).toBe(all.to);
        pieces.slice(1).forEach((piece, index) => expect(piece.from).toBe(addDays(pieces[index]?.to ?? '', 1)));
        if (months) {
          expect(startOf('month', months.from)).toBe(months.from);
          expect(endOf('month', months.to)).toBe(months.to);
        }
        for (const edge of edges) {
          const whole = startOf('month', edge.from) === edge.from && endOf('month', edge.from) === edge.to;
          expect(whole).toBe(false);
        }
      }),
      settings,
    );
  });
  it('meets bounds', () => {
    const bounds = { from: '2024-01-01', to: '2024-01-31' };
    expect(within({ from: '2023-12-01', to: '2024-01-05' }, bounds)).toEqual({ from: '2024-01-01', to: '2024-01-05' });
    expect(within({ from: '2024-02-01', to: '2024-02-05' }, bounds)).toBeNull();
  });
  it('of no days is nothing', () =>
    expect(splitMonths({ from: '2024-01-02', to: '2024-01-01' })).toEqual({ months: null, edges: [] }));
});

it('adds months within the shorter month', () => {
  expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
  expect(addMonths('2024-03-31', -13)).toBe('2023-02-28');
});
