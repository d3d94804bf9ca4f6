import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  comparisonRange,
  endOf,
  lengthOf,
  pairPeriods,
  periodsOf,
  previousPeriod,
  previousYear,
  splitMonths,
  startOf,
  within,
  type Grain,
  type Range,
} from './periods';

const grains: Grain[] = ['day', 'week', 'month', 'quarter', 'year'];
const date = fc.integer({ min: -10_000, max: 60_000 }).map((days) => addDays('1970-01-01', days));
const range = fc
  .tuple(date, fc.integer({ min: 0, max: 1500 }))
  .map(([from, days]): Range => ({ from, to: addDays(from, days) }));
const grain = fc.constantFrom(...grains);
const settings = { seed: 7, numRuns: 300 };

describe('periods', () => {
  it('start on Mondays, firsts of months, quarters and years', () => {
    expect(startOf('week', '2024-02-29')).toBe('2024-02-26');
    expect(startOf('week', '2024-02-26')).toBe('2024-02-26');
    expect(startOf('week', '2024-03-03')).toBe('2024-02-26');
    expect(startOf('week', '1969-12-31')).toBe('1969-12-29');
    expect(startOf('month', '2024-02-29')).toBe('2024-02-01');
    expect(startOf('quarter', '2024-12-31')).toBe('2024-10-01');
    expect(startOf('year', '2024-12-31')).toBe('2024-01-01');
    expect(endOf('month', '2023-02-01')).toBe('2023-02-28');
    expect(endOf('quarter', '2023-11-05')).toBe('2023-12-31');
  });
  it('cover each day once', () => {
    fc.assert(
      fc.property(range, grain, (all, by) => {
        const starts = periodsOf(by, all);
        expect(starts[0]).toBe(startOf(by, all.from));
        expect(starts.map((start) => startOf(by, start))).toEqual(starts);
        expect(starts.slice(0, -1).map((start) => addDays(endOf(by, start), 1))).toEqual(starts.slice(1));
        expect(endOf(by, starts.at(-1) ?? '') >= all.to).toBe(true);
      }),
      settings,
    );
  });
  it('agree with the calendar of the language, whatever the time zone', () => {
    fc.assert(
      fc.property(date, (one) => {
        const utc = new Date(`${one}T12:00:00Z`);
        expect((utc.getUTCDay() + 6) % 7).toBe(lengthOf({ from: startOf('week', one), to: one }) - 1);
      }),
      settings,
    );
  });
});

describe('a range', () => {
  it('splits into whole months and the days around them, none lost, none twice', () => {
    fc.assert(
      fc.property(range, (all) => {
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

describe('a comparison', () => {
  it.each([
    ['2024-03-01', '2024-03-31', '2024-02-01', '2024-02-29'],
    ['2024-04-01', '2024-06-30', '2024-01-01', '2024-03-31'],
    ['2024-01-01', '2024-12-31', '2023-01-01', '2023-12-31'],
    ['2024-03-05', '2024-03-11', '2024-02-27', '2024-03-04'],
  ])('%s to %s stands after %s to %s', (from, to, before, until) => {
    expect(previousPeriod({ from, to })).toEqual({ from: before, to: until });
  });
  it('with the previous period touches it and is no longer', () => {
    fc.assert(
      fc.property(range, (all) => {
        const before = previousPeriod(all);
        expect(addDays(before.to, 1)).toBe(all.from);
        const { months, edges } = splitMonths(all);
        if (months && edges.length === 0)
          expect(periodsOf('month', before)).toHaveLength(periodsOf('month', all).length);
        else expect(lengthOf(before)).toBe(lengthOf(all));
      }),
      settings,
    );
  });
  it('with the year before keeps the dates; the end of February stays its end', () => {
    expect(previousYear({ from: '2024-02-29', to: '2024-03-31' })).toEqual({ from: '2023-02-28', to: '2023-03-31' });
    expect(previousYear({ from: '2025-02-01', to: '2025-02-28' })).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(previousYear({ from: '2025-02-01', to: '2025-02-27' })).toEqual({ from: '2024-02-01', to: '2024-02-27' });
    expect(comparisonRange({ from: '2024-01-01', to: '2024-01-02' }, 'none')).toBeNull();
  });
  it('sets periods side by side', () => {
    const year = { from: '2024-01-01', to: '2024-03-31' };
    const pairs = pairPeriods('month', year, previousYear(year), 'previous_year');
    expect([...pairs]).toEqual([
      ['2024-01-01', '2023-01-01'],
      ['2024-02-01', '2023-02-01'],
      ['2024-03-01', '2023-03-01'],
    ]);
    const before = previousPeriod(year);
    expect(pairPeriods('month', year, before, 'previous_period').get('2024-01-01')).toBe('2023-10-01');
    const days = { from: '2024-02-28', to: '2024-03-01' };
    expect([...pairPeriods('day', days, previousYear(days), 'previous_year')]).toEqual([
      ['2024-02-28', '2023-02-28'],
      ['2024-02-29', '2023-02-28'],
      ['2024-03-01', '2023-03-01'],
    ]);
  });
  it('adds months within the shorter month', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2024-03-31', -13)).toBe('2023-02-28');
  });
});
