import { describe, expect, it } from 'vitest';
import type { AnalysisTable } from '@/lib/contract/analyses';
import { plotOf, stepsOf } from './plot';

const table = (rows: [string, number | null][]): AnalysisTable => ({
  id: 'parts',
  title: 'Parts',
  columns: [
    { id: 'part', label: 'Part', unit: 'text' },
    { id: 'amount', label: 'Amount', unit: 'money' },
    { id: 'share', label: 'Share', unit: 'percent' },
  ],
  rows: rows.map((row) => [...row, 5]),
});
const steps = (...rows: [string, number | null][]) => {
  const plot = plotOf(table(rows), { x: 'part', y: ['amount'] });
  return plot && stepsOf(plot).map(({ name, span, level }) => [name, ...span, level]);
};

describe('plotOf', () => {
  it('draws one unit: what is in another has no place on its axis', () => {
    const plot = plotOf(table([['Price', 3]]), { x: 'part', y: ['amount', 'share'] });
    expect(plot?.series.map(({ id }) => id)).toEqual(['amount']);
  });
});

describe('a waterfall', () => {
  it('goes from one level to another', () => {
    expect(steps(['Before', 100], ['Price', 20], ['Volume', -50], ['Now', 70])).toEqual([
      ['Before', 0, 100, true],
      ['Price', 100, 120, false],
      ['Volume', 120, 70, false],
      ['Now', 0, 70, true],
    ]);
  });

  it('leaves out a part that is not known, and ends in the air where no row sums up', () => {
    expect(steps(['Price', -5], ['Mix', null], ['Volume', 2])).toEqual([
      ['Price', 0, -5, true],
      ['Volume', -5, -3, false],
    ]);
  });
});
