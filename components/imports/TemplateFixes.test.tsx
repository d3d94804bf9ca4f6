import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { mapping } from '@/lib/contract/mapping';
import type { Template } from '@/lib/contract/templates';
import type { Role } from '@/lib/contract/endpoint';
import { WorkspaceProvider } from '@/components/shell/workspace-context';
import { TemplateFixes } from './TemplateFixes';

vi.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams('workspace=shop') }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const fix = (from: string, to: string) => ({ column: 'units', from, to, by: 'Ann', at: '2025-01-01T00:00:00Z' });
const template: Template = {
  ...{ id: 3, name: 'Tills', kind: 'transactions', columns: ['units'], fileName: 'a.csv' },
  mapping: mapping.parse({ columns: {} }),
  usedAt: '2025-01-01T00:00:00Z',
  fixes: [fix('one', '1'), fix('', '0')],
};

function show(role: Role, left: Template['fixes'] = []) {
  const asked = vi.fn<(address: string, init: RequestInit) => Promise<Response>>(() =>
    Promise.resolve(Response.json({ ...template, fixes: left })),
  );
  vi.stubGlobal('fetch', asked);
  const onClose = vi.fn<() => void>();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <WorkspaceProvider person={null} workspaces={[{ slug: 'shop', name: 'Shop', role, currency: 'USD' }]}>
          <TemplateFixes template={template} onClose={onClose} />
        </WorkspaceProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { asked, onClose };
}

it('removes the value that is pressed, and stays open while others are left', async () => {
  const { asked, onClose } = show('analyst', [fix('', '0')]);
  fireEvent.click(screen.getByRole('button', { name: 'Remove units, “one”' }));
  await waitFor(() => expect(asked).toHaveBeenCalled());
  const [address, init] = asked.mock.calls[0]!;
  expect(init.method).toBe('DELETE');
  expect(address).toBe('/api/v1/mapping-templates/3/fixes?workspace=shop&column=units&from=one');
  expect(onClose).not.toHaveBeenCalled();
});

it('removes what stands for empty cells, and closes with the last one', async () => {
  const { asked, onClose } = show('analyst');
  fireEvent.click(screen.getByRole('button', { name: 'Remove units, empty' }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(asked.mock.calls[0]![0]).toMatch(/column=units&from=$/);
});

it('only tells viewers', () => {
  show('viewer');
  expect(screen.getByText('one')).toBeTruthy();
  expect(screen.queryAllByRole('button', { name: /Remove/ })).toEqual([]);
});
