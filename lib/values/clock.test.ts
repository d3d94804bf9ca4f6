import { describe, expect, it } from 'vitest';
import { clockReader, zoneOf } from './clock';

const read = (timeZone: string | null, dayStart: number, date: string, time: string | null, ahead: number | null) => {
  const told = clockReader({ timeZone, dayStart })({ date, time }, ahead);
  return `${told.date} ${told.time ?? '-'}${told.zoned ? ' zoned' : ''}${told.before ? ' before' : ''}`;
};

describe('a moment', () => {
  it.each([
    // Berlin is an hour ahead in winter and two in summer; on March 31, 2024 the clock jumps at 01:00 UTC.
    ['Europe/Berlin', 0, '2024-01-31', '23:30:00', 0, '2024-02-01 00:30:00 zoned'],
    ['Europe/Berlin', 0, '2024-07-31', '21:59:59', 0, '2024-07-31 23:59:59'],
    ['Europe/Berlin', 0, '2024-07-31', '22:00:00', 0, '2024-08-01 00:00:00 zoned'],
    ['Europe/Berlin', 0, '2024-03-31', '00:59:59', 0, '2024-03-31 01:59:59'],
    ['Europe/Berlin', 0, '2024-03-31', '01:00:00', 0, '2024-03-31 03:00:00'],
    ['Europe/Berlin', 0, '2024-10-27', '00:59:00', 0, '2024-10-27 02:59:00'],
    ['Europe/Berlin', 0, '2024-10-27', '01:00:00', 0, '2024-10-27 02:00:00'],
    ['America/New_York', 0, '2024-01-01', '03:00:00', 60, '2023-12-31 21:00:00 zoned'],
    ['Asia/Kathmandu', 0, '2024-01-01', '18:20:00', 0, '2024-01-02 00:05:00 zoned'],
    ['UTC', 0, '2024-01-01', '00:30:00', 120, '2023-12-31 22:30:00 zoned'],
  ])('that says its zone is put into %s: from %#', (timeZone, dayStart, date, time, ahead, expected) => {
    expect(read(timeZone, dayStart, date, time, ahead)).toBe(expected);
  });

  it('stays as it is where it says no zone, or the workspace has none', () => {
    expect(read('Europe/Berlin', 0, '2024-01-31', '23:30:00', null)).toBe('2024-01-31 23:30:00');
    expect(read(null, 0, '2024-01-31', '23:30:00', -300)).toBe('2024-01-31 23:30:00');
  });

  it.each([
    ['03:59:59', '2024-02-29 03:59:59 before'],
    ['04:00:00', '2024-03-01 04:00:00'],
    ['00:00:00', '2024-02-29 00:00:00 before'],
    [null, '2024-03-01 -'],
  ])('at %s of a business day from 4 to 4 is of the day %s', (time, expected) => {
    expect(read(null, 4, '2024-03-01', time, null)).toBe(expected);
  });

  it('is put into its zone first, then into its business day', () => {
    // 01:30 in Berlin on February 1: the night of January 31.
    expect(read('Europe/Berlin', 4, '2024-02-01', '00:30:00', 0)).toBe('2024-01-31 01:30:00 before');
    // 02:30 in New York, the night of the day before.
    expect(read('America/New_York', 3, '2024-01-02', '07:30:00', 0)).toBe('2024-01-01 02:30:00 before');
  });
});

it.each([
  ['2024-03-31T23:30:00Z', 0],
  ['2024-03-31 23:30:00 +02:00', 120],
  ['2024-03-31T23:30:00-0530', -330],
  ['14:05 UTC', 0],
  ['2024-03-31T23:30:00', null],
  ['31/03/2024 14:05', null],
])('the zone of %s', (text, ahead) => {
  expect(zoneOf(text)).toBe(ahead);
});
