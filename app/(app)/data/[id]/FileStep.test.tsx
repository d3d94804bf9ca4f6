import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { ImportDetail } from '@/lib/contract/imports';
import type { Detected, Source } from '@/lib/contract/reading';
import { FileStep } from './FileStep';

vi.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams('workspace=shop') }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const book: Source = {
  ...{ format: 'xlsx', sheets: ['January', 'February', 'Notes', 'Old'], sheet: 'January', hidden: ['Old'] },
  ...{ named: false, text: '0', size: 1 },
};

function show(source: Source) {
  const asked = vi.fn<(address: string, init: RequestInit) => Promise<Response>>(() =>
    Promise.resolve(Response.json({})),
  );
  vi.stubGlobal('fetch', asked);
  const detected: Detected = {
    ...{ source, encoding: 'utf-8', delimiter: ',', columns: [{ name: 'date', samples: [] }] },
    preview: [['2025-01-01']],
  };
  const detail = { id: 7, kind: 'transactions', state: 'uploaded', fileName: 'quarter.xlsx', fileSize: 4_000 };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <FileStep detail={detail as ImportDetail} detected={detected} onNext={() => undefined} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return asked;
}

async function readAs(choice: string, asked: ReturnType<typeof show>): Promise<unknown> {
  fireEvent.click(screen.getByRole('button', { name: /Read it otherwise/ }));
  fireEvent.click(screen.getByRole('combobox', { name: 'Sheet' }));
  fireEvent.click(await screen.findByRole('option', { name: choice, hidden: true }));
  fireEvent.submit(screen.getByRole('form', { name: 'Reading' }));
  await waitFor(() => expect(asked).toHaveBeenCalled());
  const [address, { body }] = asked.mock.calls[0]!;
  expect(address).toBe('/api/v1/imports/7/reading?workspace=shop');
  return JSON.parse(body as string);
}

it('reads all sheets with one header where that is chosen, in place of the one', async () => {
  expect(await readAs('All with the same header', show(book))).toEqual({ sheets: 'alike' });
});

const joined = [
  { sheet: 'January', rows: 1_240, left: 0 },
  { sheet: 'February', rows: 1_105, left: 2 },
];

it('tells the rows of each sheet, and what is left out', () => {
  show({ ...book, named: true, joined });
  expect(screen.getByText('2 of 4')).toBeTruthy();
  const [, ...rows] = within(screen.getByRole('table', { name: 'Sheets read as one' })).getAllByRole('row');
  expect(
    rows.map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ),
  ).toEqual([
    ['January', '1,240', ''],
    ['February', '1,105', '2 rows below the table'],
    ['Notes', '–', 'All of it: another header or none'],
    ['Old', '–', 'All of it: hidden'],
  ]);
});

it('goes back to one sheet', async () => {
  expect(await readAs('February', show({ ...book, named: true, joined }))).toEqual({ sheet: 'February' });
});
