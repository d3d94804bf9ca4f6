import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { detail } from '@/lib/contract/workspaces.fixture';
import { Verification } from './Verification';

type Check = NonNullable<WorkspaceDetail['lastCheck']>;

function show(ok: Check['ok'], ...further: Check['checks']) {
  const checks = [{ name: 'sales_day = lines', compared: 1_200, differences: [] }, ...further];
  const lastCheck = {
    dataVersion: 1,
    startedAt: '2025-01-01T00:00:00Z',
    finishedAt: '2025-01-01T00:00:02Z',
    ok,
    checks,
  };
  const verified = { ...detail, lastCheck };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(verified)));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <Verification detail={verified} workspace="" />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return screen.getByLabelText('What was compared').closest('details')?.open;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the verification', () => {
  it('is short where all holds', () => {
    const lacking = {
      name: 'flows out = flows in',
      compared: 0,
      differences: [],
      unavailable: 'No line carries a shopper.',
    };
    expect(show(true, lacking)).toBe(false);
    expect(screen.getByText('Every rollup equals the lines')).toBeTruthy();
    expect(screen.getByText('2 checks of 1,200 slices')).toBeTruthy();
    expect(screen.getByText('No line carries a shopper.')).toBeTruthy();
  });

  it('names the slices that differ', () => {
    const slice = '2024-02-01 to 2024-03-01, brand B2: 0 from the rollups, 8 on the lines';
    expect(show(false, { name: 'buyers', compared: 6, differences: [slice] })).toBe(true);
    expect(screen.getByText('1 difference from the lines')).toBeTruthy();
    expect(screen.getByText(slice)).toBeTruthy();
  });

  it('takes what was not checked for neither', () => {
    const late = 'Reading the lines takes longer than a statement may.';
    expect(show(null, { name: 'buyers', compared: 0, differences: [], unchecked: late })).toBe(true);
    expect(screen.getByText('Nothing differs, but not everything could be checked')).toBeTruthy();
    expect(screen.getByText('not checked')).toBeTruthy();
    expect(screen.getByText(late)).toBeTruthy();
  });
});
