import type { ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { NuqsTestingAdapter, type UrlUpdateEvent } from 'nuqs/adapters/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keyOf } from '@/lib/client/options';
import { getWorkspace } from '@/lib/contract/workspaces';
import { detail } from '@/lib/contract/workspaces.fixture';
import { FilterBar } from './FilterBar';

const search = vi.hoisted(() => ({ value: '' }));
vi.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams(search.value) }));

const asked: string[] = [];

/** The filter bar on an address; `url` is what it makes of the address. */
function bar(address: string, names: Record<string, { id: number; name: string }[]> = {}) {
  search.value = address;
  asked.length = 0;
  vi.stubGlobal('fetch', (input: string) => {
    asked.push(input);
    const kind = /v1\/(\w+)/.exec(input)?.[1] ?? '';
    const items = kind === 'attributes' ? [] : (names[kind] ?? []).map((item) => ({ ...item, ...rest[kind] }));
    return Promise.resolve(Response.json({ items, total: items.length, nextCursor: null }));
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(keyOf(getWorkspace, { query: { workspace: '' } }), detail);
  const url = { search: address };
  const onUrlUpdate = ({ queryString }: UrlUpdateEvent) => (url.search = decodeURIComponent(queryString));
  const around = (children: ReactNode) => (
    <NuqsTestingAdapter searchParams={address} onUrlUpdate={onUrlUpdate} hasMemory>
      <QueryClientProvider client={client}>
        <MantineProvider env="test">{children}</MantineProvider>
      </QueryClientProvider>
    </NuqsTestingAdapter>
  );
  render(around(<FilterBar />));
  return url;
}
const rest: Record<string, object> = {
  brands: { manufacturer: null, categories: [], products: 1 },
  stores: { code: 's', region: null, channel: null, attributes: {} },
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the filter bar', () => {
  it('shows what the address says', async () => {
    bar('?from=2024-03-01&to=2024-03-31&compare=previous_period&grain=week&promotion=promoted&attr=product:size:big');
    expect(screen.getByRole('button', { name: '1 Mar – 31 Mar 2024' })).toBeTruthy();
    expect(screen.getByRole('button', { name: /^vs previous period/ }).textContent).toContain('1 Feb – 29 Feb 2024');
    expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Periods' }).value).toBe('By week');
    expect(screen.getByTitle('Promotion: on')).toBeTruthy();
    expect(screen.getByTitle('size: big')).toBeTruthy();
  });

  it('names the members of a link, read by their ids alone', async () => {
    bar('?brand=900,7', {
      brands: [
        { id: 7, name: 'Zenith' },
        { id: 900, name: 'Aurora' },
      ],
    });
    expect(screen.getByTitle('Brand: 2 chosen')).toBeTruthy();
    expect((await screen.findByTitle('Brand: Aurora, Zenith')).textContent).toContain('Aurora, Zenith');
    expect(asked.map((one) => new URL(one, 'http://x').searchParams.get('ids')).filter(Boolean)).toEqual(['900,7']);
  });

  it('writes dates and comparison into the address', async () => {
    const url = bar('?grain=week&brand=7');
    fireEvent.click(screen.getByRole('button', { name: /^Last 12 months/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Year to date' }));
    await waitFor(() => expect(url.search).toBe('?brand=7&period=year_to_date'));
    fireEvent.click(screen.getByRole('button', { name: /^vs / }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'No comparison' }));
    await waitFor(() => expect(url.search).toBe('?brand=7&period=year_to_date&compare=none'));
  });

  it('takes filters on and off in the address', async () => {
    const url = bar('?store=5&promotion=promoted', {
      stores: [{ id: 5, name: 'Corner' }],
      brands: [{ id: 7, name: 'Zenith' }],
    });
    fireEvent.click(screen.getByRole('button', { name: 'Filter' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Brand' }));
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Zenith' }));
    await waitFor(() => expect(url.search).toBe('?store=5&promotion=promoted&brand=7'));
    fireEvent.click(await screen.findByRole('button', { name: 'Take off: Store Corner' }));
    await waitFor(() => expect(url.search).toBe('?promotion=promoted&brand=7'));
    fireEvent.click(screen.getByRole('button', { name: 'Take off: Promotion on' }));
    await waitFor(() => expect(url.search).toBe('?brand=7'));
  });

  it('leaves out what is ticked under "All but these", and never has it both ways', async () => {
    const url = bar('?brand=7', { brands: [{ id: 7, name: 'Zenith' }] });
    fireEvent.click(screen.getByRole('button', { name: 'Filter' }));
    fireEvent.click(await screen.findByRole('button', { name: /^Brand/ }));
    fireEvent.click(await screen.findByRole('radio', { name: 'All but these' }));
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Zenith' }));
    await waitFor(() => expect(url.search).toBe('?not_brand=7'));
    fireEvent.click(await screen.findByRole('button', { name: 'Take off: Brand not Zenith' }));
    await waitFor(() => expect(url.search).toBe(''));
  });

  it('takes a group of shoppers, of the dates compared with', async () => {
    const url = bar('?from=2024-03-01&to=2024-03-31&compare=previous_year', { brands: [{ id: 7, name: 'Zenith' }] });
    fireEvent.click(screen.getByRole('button', { name: 'Filter' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Shoppers who bought' }));
    fireEvent.click(await screen.findByRole('radio', { name: 'Not buyers' }));
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Zenith' }));
    fireEvent.click(screen.getByRole('button', { name: 'Filter by these shoppers' }));
    await waitFor(() => expect(url.search).toContain('&shoppers=non_buyers:brand:7:2023-03-01..2023-03-31'));
    fireEvent.click(await screen.findByRole('button', { name: /^Take off: Not buyers of Zenith, 1 Mar/ }));
    await waitFor(() => expect(url.search).not.toContain('shoppers'));
  });

  it('offers only what the data has', async () => {
    bar('');
    fireEvent.click(screen.getByRole('button', { name: 'Filter' }));
    const group = await screen.findByRole('group', { name: 'Filter by' });
    const offered = [...group.querySelectorAll('button')].map((button) => button.textContent);
    expect(offered).toEqual([
      'Manufacturer',
      'Brand',
      'Category',
      'Product',
      'Region',
      'Store',
      'Group',
      'Store group',
      'Promotion',
      'Shoppers who bought',
    ]);
  });
});
