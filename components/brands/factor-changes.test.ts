import { describe, expect, it } from 'vitest';
import type { MetricId } from '@/lib/metrics/catalog';
import { factorChanges } from './factor-changes';

const ids: MetricId[] = ['buyers', 'frequency', 'identified_spend_per_trip', 'identified_sales'];
const of = (values: number[], previous: number[]) =>
  factorChanges(
    {
      member: null,
      period: null,
      values: Object.fromEntries(ids.map((id, index) => [id, values[index]])),
      previous: Object.fromEntries(ids.map((id, index) => [id, previous[index]])),
    },
    ids,
  );

describe('factorChanges', () => {
  it('multiply up to the change of the product, and their bars add up to its bar', () => {
    const [buyers, frequency, spend, sales] = of([120, 2.5, 8, 2400], [100, 2, 10, 2000]);
    expect((buyers?.times ?? 0) * (frequency?.times ?? 0) * (spend?.times ?? 0)).toBeCloseTo(sales?.times ?? 0, 12);
    const parts = (buyers?.length ?? 0) + (frequency?.length ?? 0) + (spend?.length ?? 0);
    expect(parts).toBeCloseTo(sales?.length ?? 0, 12);
    expect(Math.max(...[buyers, frequency, spend, sales].map((one) => Math.abs(one?.length ?? 0)))).toBe(1);
  });

  it('have no ratio from or to nothing', () => {
    expect(of([120, 2, 8, 1920], [0, 0, 0, 0]).map(({ times, length }) => [times, length])).toEqual(
      ids.map(() => [null, 0]),
    );
  });

  it('lie flat where nothing moved', () => {
    expect(of([1, 2, 3, 6], [1, 2, 3, 6]).map(({ length }) => length)).toEqual([0, 0, 0, 0]);
  });
});
