import { describe, expect, it } from 'vitest';
import type { AnalysisTable } from '@/lib/contract/analyses';
import { plotOf, stepsOf } from './plot';

type Part = [string, number | null];

const table = (rows: Part[], total: number | null): AnalysisTable => ({
  id: 'parts',
  title: 'Parts',
  columns: [
    { id: 'part', label: 'Part', unit: 'text' },
    { id: 'amount', label: 'Amount', unit: 'money' },
    { id: 'share', label: 'Share', unit: 'percent' },
  ],
  rows: rows.map((row) => [...row, 5]),
  total: ['All', total, null],
});
const steps = (...given: [...Part[], number | null]) => {
  const total = given.at(-1) as number | null;
  const plot = plotOf(table(given.slice(0, -1) as Part[], total), { x: 'part', y: ['amount'] });
  return plot && stepsOf(plot).map(({ name, span, total: isTotal }) => [name, ...span, isTotal]);
};

describe('plotOf', () => {
  it('draws one unit: what is in another has no place on its axis', () => {
    const plot = plotOf(table([['Price', 3]], 3), { x: 'part', y: ['amount', 'share'] });
    expect(plot?.series.map(({ id }) => id)).toEqual(['amount']);
  });
});

describe('a waterfall', () => {
  it('goes step by step to the total, which stands on zero', () => {
    expect(steps(['Price', 20], ['Volume', -50], ['Mix', 10], -20)).toEqual([
      ['Price', 0, 20, false],
      ['Volume', 20, -30, false],
      ['Mix', -30, -20, false],
      ['All', 0, -20, true],
    ]);
  });

  it('leaves out a part that is not known, and a total that is none', () => {
    expect(steps(['Price', -5], ['Mix', null], ['Volume', 2], null)).toEqual([
      ['Price', 0, -5, false],
      ['Volume', -5, -3, false],
    ]);
  });
});
