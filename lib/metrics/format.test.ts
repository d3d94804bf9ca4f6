import { describe, expect, it } from 'vitest';
import { formatChange, formatMetric, formatPoints, formatUnit, roundParts } from './format';

describe('formatUnit', () => {
  it('writes money in the currency, and short where it is asked to', () => {
    expect(formatUnit('money', 1234.5, { currency: 'EUR' })).toBe('€1,234.50');
    expect(formatUnit('money', 27_927_722.58, { currency: 'USD', compact: true })).toBe('$27.9M');
    expect(formatUnit('money', 1234.5, { currency: 'JPY' })).toBe('¥1,235');
    expect(formatUnit('money', -5, { currency: 'USD' })).toBe('−$5.00');
  });

  it('says n/a where there is no value', () => {
    expect(formatUnit('money', null)).toBe('n/a');
    expect(formatUnit('percent', undefined)).toBe('n/a');
    expect(formatUnit('ratio', Number.NaN)).toBe('n/a');
    expect(formatUnit('count', Number.POSITIVE_INFINITY)).toBe('n/a');
  });

  it('writes each unit in its own way', () => {
    expect(formatUnit('percent', 64.444)).toBe('64.4%');
    expect(formatUnit('count', 1280)).toBe('1,280');
    expect(formatUnit('count', 123_456, { compact: true })).toBe('123K');
    expect(formatUnit('units', 1.5)).toBe('1.5');
    expect(formatUnit('volume', 1.5, { volumeUnit: 'kg' })).toBe('1.5 kg');
    expect(formatUnit('index', 116.4)).toBe('116');
    expect(formatMetric('frequency', 1)).toBe('1.00');
  });
});

describe('formatChange', () => {
  it('is in points for a percentage, in percent for anything else', () => {
    expect(formatChange('value_share', 1.234)).toBe('+1.2 pts');
    expect(formatChange('value_sales', -3.35)).toMatch(/^−3\.[34]%$/);
    expect(formatChange('value_sales', 12345)).toBe('+12,345%');
    expect(formatChange('value_sales', null)).toBe('n/a');
  });

  it('gives what rounds to zero no sign', () => {
    expect(formatChange('value_sales', -0.01)).toBe('0.0%');
    expect(formatPoints(0.001)).toBe('0.00 pts');
  });
});

describe('roundParts', () => {
  it('adds up to the rounded whole', () => {
    expect(roundParts([33.333, 33.333, 33.334], 1)).toEqual([33.3, 33.3, 33.4]);
    const parts = [14.95, 14.95, 14.95, 55.15];
    const rounded = roundParts(parts, 1);
    expect(rounded.reduce<number>((sum, part) => sum + (part ?? 0), 0)).toBeCloseTo(100, 9);
  });

  it('holds for losses, and leaves what is missing missing', () => {
    const rounded = roundParts([-1.26, 0.55, null, 2.71], 1);
    expect(rounded[2]).toBeNull();
    expect(rounded.reduce<number>((sum, part) => sum + (part ?? 0), 0)).toBeCloseTo(2, 9);
  });
});
