import { describe, expect, it } from 'vitest';
import { metricIds, metricOf } from '@/lib/metrics/catalog';
import { holdings, lacking } from './holdings';

const everything = {
  shoppers: true,
  baskets: true,
  stores: true,
  regions: true,
  channels: true,
  promotions: true,
  packSizes: true,
};

describe('what the data cannot tell', () => {
  it('is nothing where it holds everything', () => {
    expect(lacking({ has: everything, universe: 1_000_000, grain: 'receipt' })).toEqual([]);
  });

  it('names every metric that rests on shoppers, once, where there are none', () => {
    const found = lacking({ has: { ...everything, shoppers: false }, universe: 1, grain: 'receipt' });
    const labels = metricIds.filter((id) => metricOf(id).needs.includes('shopper')).map((id) => metricOf(id).label);
    expect(found).toHaveLength(1);
    expect(found[0]?.metrics).toEqual(labels);
    expect(found[0]?.why).toContain('no line carries a shopper');
  });

  it('says of weekly data that receipts cannot be known', () => {
    const found = lacking({ has: { ...everything, baskets: false }, universe: 1, grain: 'week' });
    expect(found.map(({ why }) => why)).toContain('the data is by week, so receipts are not known.');
  });

  it('names a metric under its first missing need only', () => {
    const none = Object.fromEntries(Object.keys(everything).map((name) => [name, false])) as typeof everything;
    const named = lacking({ has: none, universe: null, grain: null }).flatMap(({ metrics }) => metrics);
    expect(new Set(named).size).toBe(named.length);
    expect(holdings({ has: none, universe: null, grain: null }).some(({ there }) => there)).toBe(false);
  });
});
