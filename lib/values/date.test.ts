import { describe, expect, it } from 'vitest';
import { DayOrderVote, anyDateReader, orderOf, parseTime, patternReader } from './date';

const auto = anyDateReader('dmy');

describe('dates in any form', () => {
  it.each([
    ['2024-01-05', '2024-01-05', null],
    ['2024-1-5', '2024-01-05', null],
    ['2024/01/05', '2024-01-05', null],
    ['20240105', '2024-01-05', null],
    ['5.1.24', '2024-01-05', null],
    ['05/01/2024', '2024-01-05', null],
    ['31/12/99', '1999-12-31', null],
    ['5 Jan 2024', '2024-01-05', null],
    ['05-JAN-24', '2024-01-05', null],
    ['January 5, 2024', '2024-01-05', null],
    ['2024-02-29', '2024-02-29', null],
    ['2024-01-05 08:26:00', '2024-01-05', '08:26:00'],
    ['2024-01-05T08:26:59.123Z', '2024-01-05', '08:26:59'],
    ['2024-01-05T08:26+02:00', '2024-01-05', '08:26:00'],
    ['05/01/2024 2:05 PM', '2024-01-05', '14:05:00'],
    ['Jan 5, 2024 2:05:10 PM PDT', '2024-01-05', '14:05:10'],
    ['Week Ending 05-01-24', '2024-01-05', null],
    ['Week of: 2024-01-05', '2024-01-05', null],
    ['W/E 05/01/2024', '2024-01-05', null],
    ['WE 5 Jan 2024', '2024-01-05', null],
  ])('reads %s', (text, date, time) => expect(auto(text)).toEqual({ date, time }));

  it.each([
    ['2024-02-30', 'no such day'],
    ['2023-02-29', 'no such day'],
    ['1900-02-29', 'outside 1970'],
    ['2024-13-01', 'no such day'],
    ['2024-04-31', 'no such day'],
    ['2024-00-10', 'no such day'],
    ['31/02/2024', 'no such day'],
    ['2200-01-01', 'outside 1970'],
    ['yesterday', 'Not a date'],
    ['', 'Not a date'],
    ['2024-01-05 25:00', 'time of day'],
    ['12', 'Not a date'],
    ['2024-01/05', 'Not a date'],
    ['5 Foo 2024', 'Not a date'],
  ])('refuses %j: %s', (text, reason) => expect(auto(text)).toContain(reason));

  it('goes by the order given, and refuses to guess without one', () => {
    expect(anyDateReader('mdy')('03/04/2024')).toMatchObject({ date: '2024-03-04' });
    expect(anyDateReader('dmy')('03/04/2024')).toMatchObject({ date: '2024-04-03' });
    expect(anyDateReader(null)('03/04/2024')).toContain('choose the date format');
    expect(anyDateReader(null)('13/04/2024')).toMatchObject({ date: '2024-04-13' });
    expect(anyDateReader(null)('04/13/2024')).toMatchObject({ date: '2024-04-13' });
  });
});

describe('the order of day and month', () => {
  it('follows from one value only where the other reading is impossible', () => {
    expect(orderOf('13/04/2024')).toBe('dmy');
    expect(orderOf('04/13/2024')).toBe('mdy');
    expect(orderOf('03/04/2024')).toBe('either');
    expect(orderOf('04/04/2024')).toBeNull();
    expect(orderOf('2024-04-13')).toBeNull();
  });
  it('is settled by the column, a stray value notwithstanding', () => {
    const vote = new DayOrderVote();
    for (const text of ['03/04/2024', '25/04/2024', '26/04/2024', '04/27/2024']) vote.add(text);
    expect(vote.result('mdy')).toEqual({ order: 'dmy', settled: true, proofs: 2 });
  });
  it('stays open where no value tells', () => {
    const vote = new DayOrderVote();
    vote.add('03/04/2024');
    expect(vote.result('mdy')).toMatchObject({ order: 'mdy', settled: false });
    expect(new DayOrderVote().result('mdy')).toBeNull();
  });
});

describe('patterns', () => {
  it('read exactly what they say', () => {
    expect(patternReader('DD/MM/YYYY HH:mm')!('05/01/2024 14:05')).toEqual({ date: '2024-01-05', time: '14:05:00' });
    expect(patternReader('MM/DD/YY')!('01/05/24')).toEqual({ date: '2024-01-05', time: null });
    expect(patternReader('DD-MMM-YYYY')!('05-Mar-2024')).toEqual({ date: '2024-03-05', time: null });
    expect(patternReader('YYYYMMDD')!('20240230')).toContain('no such day');
    expect(patternReader('DD/MM/YYYY')!('2024-01-05')).toBe('Not a date written as DD/MM/YYYY');
  });
  it.each(['', 'YYYY', 'YYYY-MM', 'hello', 'DD/DD/YYYY', 'YYYYY-MM-DD'])('must name a full date: %j', (pattern) =>
    expect(patternReader(pattern)).toBeNull(),
  );
});

it.each([
  ['14:05', '14:05:00'],
  ['9:05:30', '09:05:30'],
  ['12:00 am', '00:00:00'],
  ['12:30 p.m.', '12:30:00'],
  ['0930', '09:30:00'],
  ['8h05', '08:05:00'],
  ['14 h 30', '14:30:00'],
  ['24:00', null],
  ['13:00 pm', null],
  ['noon', null],
])('reads the time %s as %s', (text, wanted) => expect(parseTime(text)).toBe(wanted));
