import { describe, expect, it } from 'vitest';
import { metricOf } from './catalog';
import {
  changeOf,
  contributionOf,
  divide,
  metricValue,
  noLeaves,
  shareOfGrowth,
  volumeUnit,
  type Leaves,
  type Scoped,
} from './compute';

const leaves = (sums: Partial<Leaves['sums']>, counts: Partial<Leaves> = {}): Leaves => ({
  ...noLeaves,
  ...counts,
  sums: { ...noLeaves.sums, ...sums },
});
const scoped = (slice: Leaves, market: Leaves | null = null): Scoped => ({
  slice,
  promoted: null,
  market,
  all: null,
  universe: null,
});

describe('a quotient', () => {
  it('of nothing, or by nothing, is not a number to show', () => {
    expect(divide(1, 0)).toBeNull();
    expect(divide(null, 1)).toBeNull();
    expect(divide(1, null)).toBeNull();
    expect(divide(0, 4)).toBe(0);
    expect(divide(1, 4, 100)).toBe(25);
  });
  it('lacks its market where there is none', () => {
    expect(metricValue(metricOf('value_share'), scoped(leaves({ amount: 5 })))).toBeNull();
    expect(metricValue(metricOf('value_share'), scoped(leaves({ amount: 5 }), leaves({ amount: 20 })))).toBe(25);
  });
});

describe('volume', () => {
  it('has a price where all units sold have a pack size, and none where the value of others would be divided by it', () => {
    const price = (sums: Partial<Leaves['sums']>) =>
      metricValue(metricOf('average_price_per_volume'), scoped(leaves(sums)));
    expect(price({ amount: 30, units: 5, sizedUnits: 5, volumeKg: 1.5 })).toBe(20);
    expect(price({ amount: 30, units: 5, sizedUnits: 4, volumeKg: 1.2 })).toBeNull();
    expect(price({ amount: 30, units: 5, sizedUnits: 0 })).toBeNull();
  });
  it('is in kg or l, never in both', () => {
    expect(volumeUnit(leaves({ volumeKg: 2 }))).toBe('kg');
    expect(volumeUnit(leaves({ volumeL: 2 }))).toBe('l');
    expect(volumeUnit(leaves({}))).toBeNull();
    expect(volumeUnit(leaves({ volumeKg: 1, volumeL: 2 }))).toBe('mixed');
    expect(metricValue(metricOf('volume_sales'), scoped(leaves({ volumeKg: 1, volumeL: 2 })))).toBeNull();
  });
  it('has a share only in a market of its own unit', () => {
    const share = (slice: Leaves, market: Leaves) => metricValue(metricOf('volume_share'), scoped(slice, market));
    expect(share(leaves({ volumeKg: 1 }), leaves({ volumeKg: 4 }))).toBe(25);
    expect(share(leaves({ volumeKg: 1 }), leaves({ volumeKg: 4, volumeL: 1 }))).toBeNull();
    expect(share(leaves({}), leaves({ volumeL: 4 }))).toBe(0);
  });
});

describe('a change', () => {
  it('is in points for percentages, in percent for the rest', () => {
    expect(changeOf(metricOf('value_share'), 25, 20)).toBe(5);
    expect(changeOf(metricOf('value_sales'), 25, 20)).toBe(25);
    expect(changeOf(metricOf('value_share'), 25, 0)).toBe(25);
  });
  it('has no base at or below nothing', () => {
    expect(changeOf(metricOf('value_sales'), 25, 0)).toBeNull();
    expect(changeOf(metricOf('value_sales'), 25, -5)).toBeNull();
    expect(changeOf(metricOf('value_sales'), null, 5)).toBeNull();
    expect(changeOf(metricOf('value_sales'), 5, null)).toBeNull();
  });
});

describe('contributions', () => {
  it('add up to the growth of the market', () => {
    const brands = [
      [120, 100],
      [80, 90],
      [50, 10],
    ] as const;
    const total = brands.reduce((sum, [now, before]) => sum + (contributionOf(now, before, 200) ?? NaN), 0);
    expect(total).toBeCloseTo(((250 - 200) / 200) * 100, 10);
    expect(contributionOf(1, 2, 0)).toBeNull();
  });
  it('as a share of growth, exist only where both move one way', () => {
    expect(shareOfGrowth(110, 100, 240, 200)).toBe(25);
    expect(shareOfGrowth(90, 100, 160, 200)).toBe(25);
    expect(shareOfGrowth(90, 100, 240, 200)).toBeNull();
    expect(shareOfGrowth(110, 100, 200, 200)).toBeNull();
  });
});
