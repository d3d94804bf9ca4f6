import { expect, it } from 'vitest';
import { paced } from './progress';

/** What is said at these seconds of so much done. */
function told(...points: [seconds: number, stage: string, done: number, total: number | null][]) {
  let at = 0;
  const pace = paced(() => at * 1000);
  return points.map(([seconds, stage, done, total]) => {
    at = seconds;
    const { rate, secondsLeft } = pace({ stage, done, total });
    return [rate, secondsLeft];
  });
}

it('tells the pace once there are two moments to compare, and how long the rest takes at it', () => {
  expect(told([0, 'reading', 0, 100], [2, 'reading', 20, 100], [4, 'reading', 40, null])).toEqual([
    [null, null],
    [10, 8],
    [10, null],
  ]);
});

it('measures each stage by itself, and by what was done lately', () => {
  expect(told([0, 'a', 0, 10], [1, 'a', 5, 10], [2, 'b', 3, 10], [3, 'b', 4, 10])).toEqual([
    [null, null],
    [5, 1],
    [null, null],
    [1, 6],
  ]);
  const slower = told([0, 'a', 0, 2_000], [10, 'a', 1_000, 2_000], [40, 'a', 1_030, 2_000], [50, 'a', 1_040, 2_000]);
  expect(slower.at(-1)).toEqual([1, 960]);
});

it('says nothing of a stage that does not move', () => {
  expect(told([0, 'lines', 0, 100], [60, 'lines', 0, 100])).toEqual([
    [null, null],
    [null, null],
  ]);
});
