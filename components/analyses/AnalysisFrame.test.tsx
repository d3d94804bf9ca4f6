import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiFailure } from '@/lib/client/failure';
import type { AnalysisChart, AnalysisResponse, AnalysisTable } from '@/lib/contract/analyses';
import { AnalysisFrame } from './AnalysisFrame';
import { plainCalendar } from '@/lib/metrics/calendar';

const brands: AnalysisTable = {
  id: 'brands',
  title: 'Loyalty by brand',
  columns: [
    { id: 'brand', label: 'Brand', unit: 'text' },
    { id: 'buyers', label: 'Buyers', unit: 'count' },
    { id: 'penetration', label: 'Penetration', unit: 'percent' },
    { id: 'requirements', label: 'Share of requirements', unit: 'percent', note: 'Of what its buyers spend.' },
  ],
  rows: [
    ['Alba', 120, 40, 31.25],
    ['Brio', 60, 20, null],
    ['Cala', 30, 10, 12.5],
  ],
  total: ['All', 150, null, null],
};

const months: AnalysisTable = {
  id: 'months',
  title: 'Buyers by month',
  columns: [
    { id: 'month', label: 'Month', unit: 'text' },
    { id: 'new', label: 'New', unit: 'count' },
    { id: 'lapsed', label: 'Lapsed', unit: 'count' },
  ],
  rows: [
    ['Jan 2024', 10, null],
    ['Feb 2024', 12, 4],
  ],
};

const flows: AnalysisTable = {
  id: 'flows',
  title: 'Flows between brands',
  columns: [
    { id: 'from', label: 'From', unit: 'text' },
    { id: 'to', label: 'To', unit: 'text' },
    { id: 'amount', label: 'Switched', unit: 'money' },
  ],
  rows: [
    ['Alba', 'Brio', 12.5],
    ['Brio', 'Alba', 3],
    ['Alba', 'Cala', null],
  ],
};

function response(table: AnalysisTable, chart: Omit<AnalysisChart, 'table'> | null): AnalysisResponse {
  return {
    analysis: 'loyalty',
    state: 'ok',
    figures: [],
    tables: [table],
    chart: chart && { ...chart, table: table.id },
    notes: [],
    meta: {
      dataVersion: 1,
      newestDate: '2024-12-31',
      currency: 'EUR',
      currencyScale: 2,
      calendar: plainCalendar,
      range: { from: '2024-01-01', to: '2024-12-31' },
      compareRange: { from: '2023-01-01', to: '2023-12-31' },
      market: 'Drinks',
      coverage: 81.25,
      sources: [],
    },
  };
}

function show(data: AnalysisResponse | undefined, error: Error | null = null) {
  const { unmount } = render(
    <MantineProvider env="test">
      <AnalysisFrame
        query={{ data, error, isPending: false, isPlaceholderData: false, dataUpdatedAt: 0, refetch: () => undefined }}
        label="Loyalty"
        onDefinition={() => undefined}
        address={(number) => {
          if ('baskets' in number) return `/baskets ${number.baskets.with} of ${number.of}`;
          return `/shoppers?${'figure' in number ? number.figure : Object.values(number).join('-')}`;
        }}
        {...(data?.tables[0] && { table: data.tables[0].id })}
      />
    </MantineProvider>,
  );
  return unmount;
}

const cells = (row: HTMLElement): (string | null)[] =>
  [...row.querySelectorAll('th, td')].map(({ textContent }) => textContent);
const rows = (): (string | null)[][] => screen.getAllByRole('row').map(cells);

// Nothing is laid out here, and a chart without a size is not drawn.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 600, 340));
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('the frame of an analysis', () => {
  it.each([
    ['bars', brands, { kind: 'bars', x: 'brand', y: ['requirements'] }, '.recharts-bar-rectangle path', 2],
    ['bars, several', months, { kind: 'bars', x: 'month', y: ['new', 'lapsed'] }, '.recharts-bar-rectangle path', 3],
    ['lines', months, { kind: 'lines', x: 'month', y: ['new', 'lapsed'] }, '.recharts-line-curve', 2],
    ['waterfall', months, { kind: 'waterfall', x: 'month', y: ['new'] }, '.recharts-bar-rectangle path', 2],
    ['points', brands, { kind: 'points', x: 'penetration', y: ['requirements'] }, '.recharts-scatter-symbol', 2],
  ] as const)('draws %s, cells without a number included', (_, table, chart, mark, marks) => {
    show(response(table, { ...chart, y: [...chart.y] }));
    const drawing = screen.getByRole('img', { name: new RegExp(`^${table.title}`) });
    expect(drawing.querySelectorAll(mark)).toHaveLength(marks);
    expect(within(screen.getByRole('table')).getAllByRole('row')).toHaveLength(
      1 + table.rows.length + (table === brands ? 1 : 0),
    );
  });

  it('colours a matrix as it stands in a table', () => {
    show(response(brands, { kind: 'heat', x: 'brand', y: ['penetration', 'requirements'] }));
    expect(rows()).toEqual([
      ['Brand', 'Buyers', 'Penetration', 'Share of requirements'],
      ['Alba', '120', '40.0%', '31.3%'],
      ['Brio', '60', '20.0%', ''],
      ['Cala', '30', '10.0%', '12.5%'],
    ]);
  });

  it('makes a matrix of a list of flows, blank where nothing flowed', () => {
    show(response(flows, { kind: 'heat', x: 'to', y: ['from', 'amount'] }));
    expect(rows()).toEqual([
      ['From ↓  To →', 'Alba', 'Brio', 'Cala'],
      ['Alba', '', '€12.50', ''],
      ['Brio', '€3.00', '', ''],
    ]);
  });

  it('shows the table alone where there is one point', () => {
    show(response({ ...brands, rows: brands.rows.slice(0, 1) }, { kind: 'bars', x: 'brand', y: ['requirements'] }));
    expect(screen.queryByRole('img')).toBeNull();
    expect(screen.getByRole('table')).toBeTruthy();
  });

  it('shows the table where the answer names columns that it does not hold', () => {
    show(response(brands, { kind: 'bars', x: 'brand', y: ['nothing'] }));
    expect(screen.getByRole('table')).toBeTruthy();
  });

  it('turns into its table, with n/a for what is not known and the total last', () => {
    show(response(brands, { kind: 'bars', x: 'brand', y: ['requirements'] }));
    fireEvent.click(screen.getByRole('button', { name: /table, export and definition/ }));
    fireEvent.click(screen.getByRole('menuitem', { name: 'Show table' }));
    expect(cells(screen.getAllByRole('row')[2]!)).toEqual(['Brio', '60', '20.0%', 'n/a']);
    expect(cells(screen.getAllByRole('row').at(-1)!)).toEqual(['All', '150', 'n/a', 'n/a']);
    expect(screen.getByText('Share of requirements: Of what its buyers spend.')).toBeTruthy();
  });

  it('offers no chart for a table without one', () => {
    show(response(brands, null));
    expect(within(screen.getByRole('table')).getByText('Cala')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /table, export and definition/ }));
    expect(screen.queryByRole('menuitem', { name: /Show/ })).toBeNull();
    expect(screen.getByRole('menuitem', { name: 'Download CSV' })).toBeTruthy();
  });

  it('opens the shoppers of numbers that have some, in the rows that have them', () => {
    const opens = { columns: ['buyers', 'requirements'], rows: 2 };
    show(response({ ...brands, opens }, null));
    expect(screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['120', '/shoppers?brands-0-buyers'],
      ['31.3%', '/shoppers?brands-0-requirements'],
      ['60', '/shoppers?brands-1-buyers'],
    ]);
  });

  it('opens who made a flow', () => {
    const counted = { ...flows, columns: [...flows.columns, { id: 'who', label: 'Shoppers', unit: 'count' as const }] };
    const rows = counted.rows.map((row, at) => [...row, 3 - at]);
    const table = { ...counted, rows, opens: { columns: ['who'], rows: 3 } };
    show(response(table, { kind: 'heat', x: 'to', y: ['from', 'amount'] }));
    expect(screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['€12.50', '/shoppers?flows-0-who'],
      ['€3.00', '/shoppers?flows-1-who'],
    ]);
  });

  it('opens the baskets that hold two', () => {
    const pairs = {
      ...flows,
      columns: [...flows.columns, { id: 'baskets', label: 'Baskets', unit: 'count' as const }],
    };
    const rows = flows.rows.map((row, at) => [...row, at]);
    const asked = {
      from: '2024-01-01',
      to: '2024-12-31',
      filters: {},
      compare: 'none',
      scope: 'slice',
      when: 'now',
    } as const;
    const of = rows.map((_, at) => ({ ...asked, by: 'brand' as const, member: '1', with: String(at) }));
    show(
      response(
        { ...pairs, rows, baskets: { column: 'baskets', of } },
        { kind: 'heat', x: 'to', y: ['from', 'amount'] },
      ),
    );
    expect(screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['€12.50', '/baskets 0 of Flows between brands · Alba, Brio'],
      ['€3.00', '/baskets 1 of Flows between brands · Brio, Alba'],
    ]);
  });

  it('leaves out of the bars what has no number', () => {
    const rows = [...brands.rows.slice(0, 2), ['Dora', 5, 1, null]];
    show(response({ ...brands, rows }, { kind: 'bars', x: 'brand', y: ['requirements'] }));
    expect(screen.queryByRole('img')).toBeNull();
    expect(screen.getByRole('table')).toBeTruthy();
  });

  it('names dates, comparison, market and coverage', () => {
    show(response(brands, null));
    expect(screen.getByText(/2024.* against .*2023 · Market: Drinks · 81\.3% of sales identified/)).toBeTruthy();
  });

  it('says why it is unavailable, empty or failed', () => {
    const whole = response(brands, null);
    let gone = show({ ...whole, state: 'unavailable', reason: 'No line names a shopper.', tables: [] });
    expect(screen.getByText('No line names a shopper.')).toBeTruthy();
    gone();
    gone = show({ ...whole, tables: [{ ...brands, rows: [] }] });
    expect(screen.getByText('Nothing to show for this slice')).toBeTruthy();
    gone();
    show(undefined, new ApiFailure('timed_out', 'The analysis ran past its time limit.', { requestId: 'r7' }));
    expect(screen.getByText('The analysis ran past its time limit.')).toBeTruthy();
    expect(screen.getByText(/r7/)).toBeTruthy();
  });
});
