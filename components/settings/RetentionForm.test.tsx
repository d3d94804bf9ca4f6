import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { RetentionForm } from './RetentionForm';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function show(detail: Partial<WorkspaceDetail>) {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-15T12:00:00Z') });
  const asked = vi.fn(() => new Promise<Response>(() => undefined));
  vi.stubGlobal('fetch', asked);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <RetentionForm detail={{ slug: 'main', role: 'admin', retentionMonths: null, ...detail } as WorkspaceDetail} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return asked;
}
function save(months: string): void {
  fireEvent.change(screen.getByLabelText('Months'), { target: { value: months } });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
}

it('asks before lines that are there are deleted for good', async () => {
  const asked = show({ from: '2024-01-01' });
  save('12');
  expect((await screen.findByRole('dialog')).textContent).toContain('1 Jun 2025');
  expect(asked).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Delete them' }));
  await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
});

it.each([
  ['there are none so old', { from: '2026-01-01' }, '12'],
  ['they are kept long enough', { from: '2024-01-01', retentionMonths: 12 }, '48'],
] as const)('saves at once where %s', async (_, detail, months) => {
  const asked = show(detail);
  save(months);
  await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
});
