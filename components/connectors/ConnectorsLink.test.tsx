import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { optionsOf } from '@/lib/client/options';
import { listConnectors } from '@/lib/contract/connectors';
import { ConnectorsLink } from './ConnectorsLink';

vi.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams('workspace=main') }));

afterEach(cleanup);

function show(...states: (string | null)[]): HTMLElement {
  const client = new QueryClient({ defaultOptions: { queries: { refetchOnMount: false } } });
  const items = states.map((state, id) => ({ id, lastRun: state && { state } }));
  client.setQueryData(optionsOf(listConnectors, { query: { workspace: 'main' } }).queryKey, { items } as never);
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <ConnectorsLink />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return screen.getByRole('link');
}

it('says how many connectors failed last', () => {
  const link = show('failed', 'done', null, 'interrupted', 'failed');
  expect(link.textContent).toBe('Connectors2 failed');
  expect(link.getAttribute('href')).toBe('/data/connectors?workspace=main');
});

it('says nothing where none did', () => {
  expect(show('done', null).textContent).toBe('Connectors');
});
