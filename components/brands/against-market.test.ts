import { describe, expect, it } from 'vitest';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { againstMarket, marketGrowth, marketSales } from './against-market';
import { plainCalendar } from '@/lib/metrics/calendar';

const row = (period: string | null, sales: number, share: number | null, more: Partial<QueryRow> = {}): QueryRow => ({
  member: null,
  period,
  values: { value_sales: sales, value_share: share },
  ...more,
});
const answer = (totals: QueryRow[]): QueryResponse => ({
  rows: totals,
  totals,
  nextCursor: null,
  rowCount: totals.length,
  meta: {
    dataVersion: 1,
    newestDate: '2024-04-30',
    currency: 'USD',
    currencyScale: 2,
    calendar: plainCalendar,
    range: { from: '2024-01-10', to: '2024-04-30' },
    compareRange: null,
    market: 'Coffee',
    metrics: {},
    lowBase: 50,
  },
});

describe('againstMarket', () => {
  it('sets both to 100 in the first whole period with sales of both', () => {
    const { base, points } = againstMarket(
      answer([
        row('2024-01-01', 7, 10, { incomplete: true }),
        row('2024-02-01', 20, 10),
        row('2024-03-01', 30, 12),
        row('2024-04-01', 0, 0),
      ]),
      'month',
    );
    expect(base).toBe('2024-02-01');
    expect(points.map(({ values }) => values)).toEqual([
      { brand: null, market: null },
      { brand: 100, market: 100 },
      { brand: 150, market: 125 },
      // The brand sold nothing: its market cannot be told from a share of nothing.
      { brand: 0, market: null },
    ]);
  });

  it('has no base where every period is cut short', () => {
    const { base, points } = againstMarket(answer([row('2024-01-01', 7, 10, { incomplete: true })]), 'month');
    expect(base).toBeNull();
    expect(points.every(({ values }) => values.brand === null && values.market === null)).toBe(true);
  });
});

describe('market', () => {
  it('follows from sales and share', () => {
    expect(marketSales({ value_sales: 29, value_share: 50 })).toBeCloseTo(58, 9);
    expect(marketSales({ value_sales: 29, value_share: null })).toBeNull();
    const both = row(null, 30, 25, { previous: { value_sales: 20, value_share: 20 } });
    expect(marketGrowth(both)).toBeCloseTo(20, 9);
    expect(marketGrowth(row(null, 30, 25))).toBeNull();
  });
});
