import { describe, expect, it } from 'vitest';
import { anyDateReader, patternReader } from './date';
import { dateFormOf, formReader, type DateForm } from './date-form';
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
