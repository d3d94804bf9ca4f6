import { describe, expect, it } from 'vitest';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { developmentOf, developmentTable } from './development';
import { plainCalendar } from '@/lib/metrics/calendar';

const row = (name: string, sales: number, share: number | null): QueryRow => ({
  member: { id: 1, name },
  period: null,
  values: { value_sales: sales, value_share: share },
});
// Market 60 in the north and 40 in the south; the brand sells 15 and 5 there.
const data: QueryResponse = {
  rows: [row('North', 15, 25), row('South', 5, 12.5), row('West', 0, null)],
  totals: [row('', 20, 20)],
  nextCursor: null,
  rowCount: 3,
  meta: {
    dataVersion: 1,
    newestDate: null,
    currency: 'USD',
    currencyScale: 2,
    calendar: plainCalendar,
    range: { from: '2024-01-01', to: '2024-12-31' },
    compareRange: null,
    market: 'Coffee',
    metrics: {},
    lowBase: 50,
  },
};

describe('development index', () => {
  it('is the part of the brand made there over the part of the market', () => {
    const [north, south, west] = data.rows.map((one) => developmentOf(one, data));
    expect(north).toBeCloseTo((15 / 20 / (60 / 100)) * 100, 9);
    expect(south).toBeCloseTo((5 / 20 / (40 / 100)) * 100, 9);
    expect(west).toBeNull();
  });

  it('stands in the table, in full in the export', () => {
    const table = developmentTable(data, 'Region');
    expect(table.columns.map(({ label }) => label)).toEqual([
      'Region',
      'Value sales',
      'Value share',
      'Development index',
    ]);
    expect([table.rows[0]?.[0], table.rows[0]?.[3]]).toEqual(['North', '125']);
    expect(table.raw?.[1]).toEqual(['South', 5, 12.5, 62.5]);
  });
});
