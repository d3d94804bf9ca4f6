import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { ExplainProvider } from './explain-context';
import { KpiTile } from './KpiTile';
import { plainCalendar } from '@/lib/metrics/calendar';

vi.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams() }));

const response = (total: Partial<QueryRow>, meta: Partial<QueryResponse['meta']> = {}): QueryResponse => ({
  rows: [],
  totals: [{ member: null, period: null, values: {}, ...total }],
  nextCursor: null,
  rowCount: 0,
  meta: {
    dataVersion: 4,
    newestDate: '2024-12-31',
    currency: 'EUR',
    currencyScale: 2,
    calendar: plainCalendar,
    range: { from: '2024-01-01', to: '2024-12-31' },
    compareRange: null,
    market: null,
    metrics: {},
    lowBase: 50,
    ...meta,
  },
});

function tile(props: Parameters<typeof KpiTile>[0]) {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <ExplainProvider>
          <KpiTile {...props} />
        </ExplainProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return document.querySelector('[data-metric], [aria-busy], button')?.textContent;
}

afterEach(cleanup);

describe('a tile', () => {
  it('shows the number short, says it in full, and what it was', () => {
    const text = tile({
      metric: 'value_sales',
      response: response(
        { values: { value_sales: 123_456.78 }, previous: { value_sales: 100_000 }, change: { value_sales: 23.46 } },
        { compareRange: { from: '2023-01-01', to: '2023-12-31' }, metrics: { value_sales: { state: 'ok' } } },
      ),
    });
    expect(text).toBe('Value sales€123K↑ +23.5%from €100K');
    expect(screen.getByRole('button', { name: 'Value sales: €123,456.78. Explain' })).toBeTruthy();
  });

  it('says n/a, never 0, where there is no value', () => {
    const text = tile({ metric: 'frequency', response: response({ values: { frequency: null } }) });
    expect(text).toBe('Frequencyn/a');
  });

  it('says why a metric is not in the data, and opens into it', () => {
    const reason = 'The data names no shoppers.';
    const metrics = { buyers: { state: 'unavailable' as const, reason } };
    const text = tile({ metric: 'buyers', response: response({ values: { buyers: null } }, { metrics }) });
    expect(text).toBe(`BuyersNot in this data${reason}`);
    fireEvent.click(screen.getByRole('button'));
    expect(screen.getByRole('dialog', { name: 'Buyers' }).textContent).toContain(reason);
  });

  it('marks a low base', () => {
    const low = { values: { buyers: 12 }, lowBase: ['buyers' as const] };
    expect(tile({ metric: 'buyers', response: response(low) })).toBe('Buyerslow base12');
    cleanup();
    expect(tile({ metric: 'buyers', response: response({ values: { buyers: 12 } }) })).toBe('Buyers12');
  });

  it('tells the part of sales that a shopper metric rests on', () => {
    const metrics = { frequency: { state: 'ok' as const, coverage: 84.96 } };
    const text = tile({ metric: 'frequency', response: response({ values: { frequency: 2 } }, { metrics }) });
    expect(text).toBe('Frequency2.0085.0% of sales identified');
  });

  it('waits, and says when it could not be read', () => {
    expect(tile({ metric: 'buyers', response: undefined })).toBe('Buyers');
    expect(document.querySelector('[aria-busy="true"]')).toBeTruthy();
    cleanup();
    tile({ metric: 'buyers', response: undefined, failed: true });
    expect(document.body.textContent).toContain('Buyers–could not be read');
    expect(document.querySelector('[aria-busy="true"]')).toBeNull();
  });

  it('opens into leaves in their own units, however they are called', () => {
    const metrics = {
      units_per_trip: {
        state: 'ok' as const,
        leaves: [
          { label: 'Unit sales', unit: 'units' as const, value: 1234.5 },
          { label: 'Units with a basket worth', unit: 'money' as const, value: 1234.5, previous: 7 },
          { label: 'Trips', unit: 'count' as const, value: 1000 },
        ],
      },
    };
    tile({ metric: 'units_per_trip', response: response({ values: { units_per_trip: 1.2345 } }, { metrics }) });
    fireEvent.click(screen.getByRole('button'));
    const panel = screen.getByRole('dialog', { name: 'Units per trip' });
    const told = (label: string) => panel.querySelector(`dt:has(+ dd)`) && find(panel, label);
    expect(told('Unit sales')).toBe('1,234.5');
    expect(told('Units with a basket worth')).toBe('€1,234.50was €7.00');
    expect(told('Trips')).toBe('1,000');
  });

  it('opens its sums into their lines and its counts into what is counted, but for a viewer not into shoppers', () => {
    const leaves = [
      { label: 'Identified sales', unit: 'money' as const, value: 24, previous: 20 },
      { label: 'Buyers', unit: 'count' as const, value: 3, previous: 2 },
    ];
    const slice = { filters: { brand: [7] }, compare: 'previous_year' as const };
    const meta = { slice, metrics: { buy_rate: { state: 'ok' as const, leaves } } };
    tile({ metric: 'buy_rate', response: response({ values: { buy_rate: 8 } }, meta) });
    fireEvent.click(screen.getByRole('button'));
    const asked = (name: string): unknown => {
      const { pathname, searchParams } = new URL(
        screen.getByRole('link', { name }).getAttribute('href') ?? '',
        'http://a',
      );
      const { from, filters, only, when } = JSON.parse(searchParams.get('q') ?? '') as Record<string, unknown>;
      return [pathname, searchParams.get('of'), from, filters, only, when];
    };
    const common = ['/lines', 'Identified sales', '2024-01-01', { brand: [7] }, 'identified'];
    expect(asked('Identified sales: its lines')).toEqual([...common, 'now']);
    expect(asked('Identified sales of the comparison: its lines')).toEqual([...common, 'before']);
    expect(screen.queryByRole('link', { name: /shoppers/ })).toBeNull();
  });
});

const find = (panel: HTMLElement, label: string): string | null | undefined =>
  [...panel.querySelectorAll('dt')].find((term) => term.textContent === label)?.nextElementSibling?.textContent;
