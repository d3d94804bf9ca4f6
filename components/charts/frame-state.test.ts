import { describe, expect, it } from 'vitest';
import { ApiFailure } from '@/lib/client/failure';
import type { QueryResponse } from '@/lib/contract/query';
import { frameState, type Reading } from './frame-state';
import { toCsv } from './save';
import { plainCalendar } from '@/lib/metrics/calendar';

const response = (more: Partial<QueryResponse['meta']> = {}, value: number | null = 5): QueryResponse => ({
  rows: [{ member: null, period: null, values: { value_sales: value } }],
  totals: [],
  nextCursor: null,
  rowCount: 1,
  meta: {
    dataVersion: 1,
    newestDate: '2024-12-31',
    currency: 'USD',
    currencyScale: 2,
    calendar: plainCalendar,
    range: { from: '2024-01-01', to: '2024-12-31' },
    compareRange: null,
    market: null,
    metrics: { value_sales: { state: 'ok' } },
    lowBase: 50,
    ...more,
  },
});
const reading = (more: Partial<Reading>): Reading => ({
  data: undefined,
  error: null,
  isPending: false,
  isPlaceholderData: false,
  dataUpdatedAt: 0,
  ...more,
});
const kindOf = (more: Partial<Reading>) => frameState(reading(more), ['value_sales'], 60_000);

describe('frameState', () => {
  it('waits, then shows', () => {
    expect(kindOf({ isPending: true }).kind).toBe('pending');
    expect(kindOf({ data: response() }).kind).toBe('ready');
  });

  it('fails with the request id only where there is nothing to show', () => {
    const error = new ApiFailure('unavailable', 'The database cannot be reached right now.', { requestId: 'r1' });
    expect(kindOf({ error })).toEqual({ kind: 'failed', message: error.message, requestId: 'r1' });
    expect(kindOf({ error, data: response() })).toMatchObject({ kind: 'stale', why: 'down', ageSeconds: 60 });
  });

  it('tells a stale answer and its age', () => {
    const cache = { state: 'stale', generatedAt: '', ageSeconds: 90, reason: 'source unavailable' } as const;
    expect(kindOf({ data: response({ cache }) })).toMatchObject({ kind: 'stale', why: 'down', ageSeconds: 90 });
    expect(kindOf({ data: response(), isPlaceholderData: true })).toMatchObject({ why: 'updating' });
  });

  it('keeps apart what is empty and what the data lacks', () => {
    expect(kindOf({ data: response({}, null) }).kind).toBe('empty');
    const metrics = { value_sales: { state: 'unavailable', reason: 'No prices.' } } as const;
    expect(kindOf({ data: response({ metrics }) })).toMatchObject({ kind: 'unavailable', reason: 'No prices.' });
  });
});

describe('toCsv', () => {
  it('quotes what needs it and defuses formulas, but not negative numbers', () => {
    const columns = [{ label: 'Brand' }, { label: 'Sales', numeric: true }];
    const csv = toCsv({
      columns,
      rows: [],
      raw: [
        ['A "b", c', -1.5],
        ['=1+1', null],
      ],
    });
    expect(csv).toBe('Brand,Sales\r\n"A ""b"", c",-1.5\r\n\'=1+1,');
  });
});
