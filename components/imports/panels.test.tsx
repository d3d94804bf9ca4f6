import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { Quality } from './Quality';
import { Restatements } from './Restatements';
import { Templates } from './Templates';

vi.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams('workspace=main') }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it.each([
  ['Quality and feeds', Quality],
  ['Restatements', Restatements],
  ['Remembered mappings', Templates],
])('the panel %s says why it cannot be read, and offers to try again', async (title, Shown) => {
  const error = { code: 'forbidden', message: 'This is for others.', details: [], requestId: 'r1' };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ error }, { status: 403 })));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MantineProvider env="test">
        <Shown />
      </MantineProvider>
    </QueryClientProvider>,
  );
  expect((await screen.findByRole('alert')).textContent).toContain('This is for others.');
  expect(screen.getByText(title)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
});
