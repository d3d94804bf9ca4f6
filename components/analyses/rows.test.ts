import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnalysisTable } from '@/lib/contract/analyses';
import { rowsOf, shown } from './rows';

const unit = 'points' as const;
const sumOf = (rows: AnalysisTable['rows'], at: number): number => rows.reduce((sum, row) => sum + Number(row[at]), 0);
const places = (rows: AnalysisTable['rows'], change: number): AnalysisTable => ({
  id: 'places',
  title: 'Change of share by region',
  columns: [
    { id: 'place', label: 'Region', unit: 'text' },
    { id: 'within', label: 'Within', unit },
    { id: 'mix', label: 'Mix', unit },
    { id: 'whole', label: 'In all', unit },
  ],
  adds: { of: ['within', 'mix'], is: 'whole' },
  rows,
  total: ['Change', sumOf(rows, 1), sumOf(rows, 2), change],
});
const hundredths = (cell: unknown): number => Math.round(Number(cell) * 100);

describe('parts of a change of share', () => {
  it('are shown so that they add up, and exported as they are', () => {
    const table = places(
      [
        ['North', 0.004, 0.004, 0.008],
        ['South', 0.004, 0.004, 0.008],
        ['West', null, null, 0.004],
        ['East', null, null, null],
      ],
      0.02,
    );
    // Each by itself would be 0.00, 0.00 and 0.01.
    const { rows, raw } = rowsOf(table, {});
    expect(rows.slice(0, 4)).toEqual([
      ['North', '0.01 pts', '0.01 pts', '0.02 pts'],
      ['South', '0.00 pts', '0.00 pts', '0.00 pts'],
      ['West', 'n/a', 'n/a', '0.00 pts'],
      ['East', 'n/a', 'n/a', 'n/a'],
    ]);
    expect(raw?.[0]).toEqual(['North', 0.004, 0.004, 0.008]);
  });

  it('add up along and down the table, each within a hundredth of what it is', () => {
    const part = fc.double({ min: -5, max: 5, noNaN: true });
    const row = fc.oneof(
      fc.tuple(part, part).map(([within, mix]) => ['', within, mix, within + mix]),
      part.map((whole) => ['', null, null, whole]),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const change = rows.reduce((sum, [, , , whole]) => sum + Number(whole), 0);
        const { rows: found, total } = shown(places(rows, change));
        for (const [at, [, within, mix, whole]] of found.entries()) {
          if (within !== null) expect(hundredths(within) + hundredths(mix)).toBe(hundredths(whole));
          for (const column of [1, 2]) {
            const [before, after] = [rows[at]?.[column], found[at]?.[column]];
            if (before !== null) expect(Math.abs(Number(after) - Number(before))).toBeLessThan(0.01);
          }
        }
        for (const column of [1, 2, 3])
          expect(found.reduce((sum, row) => sum + hundredths(row[column]), 0)).toBe(hundredths(total?.[column]));
        expect(Math.abs(Number(total?.[3]) - change)).toBeLessThan(0.00501);
      }),
    );
  });

  it('leave other tables alone', () => {
    const { adds: _, ...table } = places([['North', 0.004, 0.004, 0.008]], 0.008);
    expect(shown(table)).toBe(table);
  });
});
