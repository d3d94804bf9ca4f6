import { describe, expect, it } from 'vitest';
import { formatPeriod, shortPeriod } from './format-date';
import { periodsOf } from './periods';

describe('shortPeriod', () => {
  it.each(['week', 'month', 'quarter', 'year'] as const)('makes of a %s what an axis says of it', (grain) => {
    const starts = periodsOf(grain, { from: '2023-10-01', to: '2025-02-28' });
    expect(starts.map((start) => shortPeriod(formatPeriod(grain, start)))).toEqual(
      starts.map((start) => formatPeriod(grain, start, true)),
    );
  });

  it('leaves other text alone', () => {
    for (const text of ['March Hare 2025', 'Mayfield', 'Weekend – Deli', 'All other brands']) {
      expect(shortPeriod(text)).toBe(text);
    }
  });
});
