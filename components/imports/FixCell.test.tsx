import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FixCell } from './FixCell';
import type { How } from './pending-fixes';

vi.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams('workspace=shop') }));

beforeEach(() => vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ faults: [] }))));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(how: How = { everywhere: false, next: false }) {
  const onSet = vi.fn<(to: string, how: How) => void>();
  const edited = { row: 5, column: 'units', file: 'one', at: 0, value: 'one', cells: ['one'], how };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <FixCell id={7} edited={edited} onSet={onSet} onClose={() => undefined} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  fireEvent.change(screen.getByLabelText('It should say'), { target: { value: '1' } });
  return onSet;
}

const every = () => screen.getByLabelText<HTMLInputElement>('In every row in which units is “one”');
const next = () => screen.queryByLabelText<HTMLInputElement>('Also in the next files with this header');
const set = () => fireEvent.submit(screen.getByRole('button', { name: 'Set' }));

it('offers the next files once a value is set right in every row', () => {
  const onSet = show();
  expect(next()).toBeNull();
  fireEvent.click(every());
  fireEvent.click(next()!);
  set();
  expect(onSet).toHaveBeenCalledWith('1', { everywhere: true, next: true });
});

it('lets the next files go with the other rows', () => {
  const onSet = show({ everywhere: true, next: true });
  expect([every().checked, next()?.checked]).toEqual([true, true]);
  fireEvent.click(every());
  expect(next()).toBeNull();
  fireEvent.click(every());
  expect(next()?.checked).toBe(false);
  set();
  expect(onSet).toHaveBeenCalledWith('1', { everywhere: true, next: false });
});
