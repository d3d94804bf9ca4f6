import { createLoader } from 'nuqs/server';
import { describe, expect, it } from 'vitest';
import { grainFor, inView, offeredGrains, presetRange, resolveView } from './view';
import { plainCalendar } from '@/lib/metrics/calendar';
import { viewParams } from './view-params';

const load = createLoader(viewParams);
const extent = { from: '2023-01-01', to: '2024-12-31', grain: 'receipt', meta: { calendar: plainCalendar } } as const;
const of = (search: string, held: Parameters<typeof resolveView>[1] = extent) => resolveView(load(`?${search}`), held);

describe('resolveView', () => {
  it('counts presets back from the newest date', () => {
    expect(of('')?.range).toEqual({ from: '2024-01-01', to: '2024-12-31' });
    expect(of('period=last_4_weeks')?.range).toEqual({ from: '2024-12-04', to: '2024-12-31' });
    expect(presetRange('last_month', { from: '2023-01-01', to: '2024-12-30' }, plainCalendar)).toEqual({
      from: '2024-11-01',
      to: '2024-11-30',
    });
    expect(presetRange('last_quarter', { from: '2023-01-01', to: '2024-12-31' }, plainCalendar)).toEqual({
      from: '2024-10-01',
      to: '2024-12-31',
    });
  });

  it('never reaches past the data by itself', () => {
    expect(of('', { ...extent, from: '2024-12-04' })?.range).toEqual({ from: '2024-12-04', to: '2024-12-31' });
  });

  it('compares with what there is data for', () => {
    expect(of('')?.compare).toBe('previous_year');
    expect(of('', { ...extent, from: '2023-12-31' })?.compare).toBe('none');
    expect(of('period=last_4_weeks', { ...extent, from: '2024-10-01' })?.compare).toBe('previous_period');
    expect(of('compare=2023-01-01..2023-02-01')?.compareRange).toEqual({ from: '2023-01-01', to: '2023-02-01' });
  });

  it('takes custom dates, and leaves wrong ones aside', () => {
    expect(of('from=2024-02-01&to=2024-02-29')).toMatchObject({ preset: 'custom', range: { from: '2024-02-01' } });
    expect(of('from=2024-02-30&to=x')?.preset).toBe('last_12_months');
    expect(of('from=2024-03-01&to=2024-02-01')?.preset).toBe('last_12_months');
  });

  it('gathers filters', () => {
    const attr = ['product:flavour:Dark%2520%26%2520mild', 'product:flavour:Vanilla', 'store:size:XL'].join(',');
    const view = of(`brand=3,7&promotion=promoted&attr=${attr}`);
    expect(view?.filters).toEqual({
      brand: [3, 7],
      promotion: 'promoted',
      attributes: [
        { of: 'product', name: 'flavour', values: ['Dark & mild', 'Vanilla'] },
        { of: 'store', name: 'size', values: ['XL'] },
      ],
    });
    expect(view && inView(view, { metrics: ['buyers'] })).toMatchObject({ filters: { brand: [3, 7] } });
  });

  it('gathers what is left out', () => {
    const view = of('brand=3&group=9&not_region=2,5&not_attr=store:size:XL');
    expect(view?.filters).toEqual({
      brand: [3],
      group: [9],
      exclude: { region: [2, 5], attributes: [{ of: 'store', name: 'size', values: ['XL'] }] },
    });
  });

  it('gathers groups of shoppers, and leaves wrong ones aside', () => {
    const groups = [
      'buyers:brand:3.7:2024-01-01..2024-03-31',
      'non_buyers:::2024-01-01..2024-01-31',
      'buyers:brand:x:y',
    ];
    expect(of(`shoppers=${groups.join(',')}`)?.filters.shoppers).toEqual([
      { are: 'buyers', brand: [3, 7], from: '2024-01-01', to: '2024-03-31' },
      { are: 'non_buyers', from: '2024-01-01', to: '2024-01-31' },
    ]);
  });

  it('is null without data', () => {
    expect(of('', { from: null, to: null, grain: null, meta: extent.meta })).toBeNull();
  });
});

describe('grains', () => {
  it('never shows days of weekly data', () => {
    const month = { from: '2024-12-01', to: '2024-12-28' };
    expect(grainFor(month, 'receipt', plainCalendar)).toBe('day');
    expect(grainFor(month, 'week', plainCalendar)).toBe('week');
    expect(offeredGrains(month, 'week', plainCalendar)).not.toContain('day');
    const day = { from: '2024-03-01', to: '2024-03-01' };
    expect(offeredGrains(day, 'receipt', plainCalendar)).toEqual(['day']);
    expect(offeredGrains(day, 'week', plainCalendar)).toEqual(['week']);
    expect(of('period=last_4_weeks&grain=day', { ...extent, grain: 'week' })?.grain).toBe('week');
  });
});
