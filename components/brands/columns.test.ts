import { describe, expect, it } from 'vitest';
import { metricIds } from '@/lib/metrics/catalog';
import { columns, metricsOf, nextSort, shownColumns, sortOf, standardColumns } from './columns';

describe('columns', () => {
  it('are all of the catalog, once, and few enough for one query', () => {
    expect(new Set(columns.map(({ id }) => id)).size).toBe(columns.length);
    expect(columns.every(({ metric }) => metricIds.includes(metric))).toBe(true);
    expect(metricsOf(columns).length).toBeLessThanOrEqual(20);
  });

  it('show changes only beside a comparison', () => {
    expect(shownColumns(standardColumns, true).map(({ id }) => id)).toEqual(standardColumns);
    expect(shownColumns(standardColumns, false).some(({ change }) => change)).toBe(false);
  });

  it('ask for each metric once', () => {
    const shown = shownColumns(['value_sales', 'change:value_sales', 'buyers'], true);
    expect(metricsOf(shown)).toEqual(['value_sales', 'value_share', 'buyers']);
  });
});

describe('sort', () => {
  const shown = shownColumns(standardColumns, true);

  it('takes what is shown, and nothing else', () => {
    expect(sortOf('change:value_share', shown)).toBe('change:value_share');
    expect(sortOf('-name', shown)).toBe('-name');
    expect(sortOf(null, shown)).toBe('-value_sales');
    expect(sortOf('-coverage', shown)).toBe('-value_sales');
    expect(sortOf('-change:value_sales', shownColumns(standardColumns, false))).toBe('-value_sales');
  });

  it('turns round when pressed again', () => {
    expect(nextSort('-value_sales', 'frequency')).toBe('-frequency');
    expect(nextSort('-frequency', 'frequency')).toBe('frequency');
    expect(nextSort('frequency', 'frequency')).toBe('-frequency');
    expect(nextSort('-value_sales', 'name')).toBe('name');
    expect(nextSort('name', 'name')).toBe('-name');
  });
});
