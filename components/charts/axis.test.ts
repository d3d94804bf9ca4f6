import { describe, expect, it } from 'vitest';
import { roundMarks } from './axis';

describe('the marks of an axis', () => {
  it.each([
    [0, 3_650, [0, 1_000, 2_000, 3_000, 4_000]],
    [0, 52.4, [0, 20, 40, 60]],
    [0, 10, [0, 2, 4, 6, 8, 10]],
    [0, 0.9, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [72, 212, [50, 100, 150, 200, 250]],
    [-30, 45, [-40, -20, 0, 20, 40, 60]],
    [0, 0, [0, 1]],
    [100, 100, [100, 120]],
  ])('are round and hold %d to %d', (low, high, marks) => {
    expect(roundMarks(low, high)).toEqual(marks);
  });
});
