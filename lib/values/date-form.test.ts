import { describe, expect, it } from 'vitest';
import { anyDateReader, patternReader } from './date';
import { dateFormOf, formReader, type DateForm } from './date-form';
import { countFault, mappingFaults } from '@/lib/mapping/mapping-faults';
import { mapping } from '@/lib/contract/imports';
import { dayOfWeek } from './week';

describe('dates that are numbers', () => {
  it.each<[DateForm | null, string[], string?]>([
    ['excel', ['45296', '45297.5', '45300']],
    ['epoch', ['1704412800', '1704499200']],
    ['epoch-ms', ['1704412800000', '1704499200000']],
    ['year-week', ['202401', '202452']],
    ['year-week', ['202401', '202405'], 'Week'],
    [null, ['202401', '202405'], 'Month'],
    [null, ['20240105', '20240106']],
    [null, ['2024-01-05']],
    [null, ['1', '2', '3']],
    [null, ['45296', 'x', '3']],
    [null, ['', '']],
  ])('%s of %j (%s)', (form, values, name) => expect(dateFormOf(values, name)).toBe(form));

  it.each<[DateForm, string, string, string | null]>([
    ['excel', '45296', '2024-01-05', null],
    ['excel', '45296.604166667', '2024-01-05', '14:30:00'],
    ['epoch', '1704465000', '2024-01-05', '14:30:00'],
    ['epoch-ms', '1704465000250', '2024-01-05', '14:30:00'],
    ['year-week', '202405', '2024-01-29', null],
    ['year-week', '202053', '2020-12-28', null],
  ])('%s reads %s', (form, text, date, time) => expect(formReader(form)(text)).toEqual({ date, time }));

  it.each<[DateForm, string]>([
    ['excel', '2024-01-05'],
    ['excel', '99999'],
    ['epoch', '1704412800000'],
    ['epoch-ms', 'now'],
    ['year-week', '202354'],
    ['year-week', '202353'],
  ])('%s takes %s for none', (form, text) => expect(formReader(form)(text)).toMatch(/write it like/));

  it('is chosen by name, as patterns are', () =>
    expect(patternReader('excel')?.('45296')).toMatchObject({ date: '2024-01-05' }));
});

describe('weeks', () => {
  it.each([
    ['2024-W05', '2024-01-29'],
    ['2024W05', '2024-01-29'],
    ['2024-W05-3', '2024-01-31'],
    ['2021-W01', '2021-01-04'],
    ['2020-W53', '2020-12-28'],
    ['2024 KW 5', '2024-01-29'],
    ['KW 5/2024', '2024-01-29'],
    ['W05 2024', '2024-01-29'],
  ])('%s begins on %s', (text, date) => expect(anyDateReader(null)(text)).toEqual({ date, time: null }));
  it('says that a year has no such week', () => {
    expect(anyDateReader(null)('2024-W53')).toBe('There is no such week in the year');
    expect(dayOfWeek(2024, 0)).toBeNull();
  });
});

describe('months by name', () => {
  it.each([
    ['5. März 2024', '2024-03-05'],
    ['5 août 2024', '2024-08-05'],
    ['5 de enero de 2024', '2024-01-05'],
    ['12 dicembre 2024', '2024-12-12'],
    ['1er janvier 2024', '2024-01-01'],
    ['10 juin 2024', '2024-06-10'],
    ['10 juillet 2024', '2024-07-10'],
    ['3rd May 2024', '2024-05-03'],
    ['Fri Jan 05 2024', '2024-01-05'],
    ['Monday, 5 Feb 2024', '2024-02-05'],
    ['1-out-24', '2024-10-01'],
  ])('%s is %s', (text, date) => expect(anyDateReader(null)(text)).toEqual({ date, time: null }));
  it.each(['5 Oat 2024', 'Pack 5, 2024'])('%s is none', (text) =>
    expect(anyDateReader(null)(text)).toBe('Not a date; write it like 2024-03-31'),
  );
});

describe('numbered weeks and days', () => {
  it.each([
    ['week 1 = 2024-01-01', '1', '2024-01-01'],
    ['week 1 = 2024-01-01', '53', '2024-12-30'],
    ['week 40 = 1990-06-14', '46', '1990-07-26'],
    ['week 40 = 1990-06-14', '39', '1990-06-07'],
    ['Day 1=2024-02-28', '3', '2024-03-01'],
    ['day 0 = 2024-02-28', '007', '2024-03-06'],
  ])('%s makes %s %s', (format, text, date) => expect(patternReader(format)?.(text)).toEqual({ date, time: null }));
  it.each([
    ['week 1 = 2024-01-01', '2024-01-08', 'Not a numbered week; write it like 1'],
    ['day 1 = 2024-01-01', '1.5', 'Not a numbered day; write it like 1'],
    ['day 1 = 2024-01-01', '', 'Not a numbered day; write it like 1'],
  ])('%s takes %j for none', (format, text, reason) => expect(patternReader(format)?.(text)).toBe(reason));
  it.each(['week 1 = 2024-02-30', 'week = 2024-01-01', 'month 1 = 2024-01-01', 'week 1 = 01/02/2024'])(
    '%s is no format, and what would be right is said',
    (dateFormat) => {
      const fault = mappingFaults(
        'transactions',
        mapping.parse({ columns: { date: 'w', brand: 'b', amount: 'a' }, dateFormat }),
        ['w', 'b', 'a'],
      );
      expect(fault).toEqual([{ field: 'mapping.dateFormat', message: expect.stringContaining('week 1 = 2024-01-01') }]);
    },
  );
  it('are told of where dates are looked for', () =>
    expect(anyDateReader(null)('47')).toBe(
      'Not a date; where weeks or days are numbered, choose a date format such as week 1 = 2024-01-01',
    ));
  it('are asked for where a column of bare numbers is to be the date', () => {
    const fault = (date: string, samples: string[], dateFormat = 'auto') =>
      countFault(mapping.parse({ columns: { date }, dateFormat }), [{ name: date, samples }]);
    expect(fault('week', ['40', '46'])).toBe(
      'the column "week" holds numbers; say on which day one of them begins, such as week 1 = 2024-01-01',
    );
    expect(fault('week', ['40', '46'], 'week 1 = 2024-01-01')).toBeNull();
    expect(fault('week', ['202405', '202406'])).toBeNull();
    expect(fault('date', ['45296', '45297'])).toBeNull();
    expect(fault('date', ['2024-01-01', '7'])).toBeNull();
    expect(fault('date', [])).toBeNull();
  });
});
