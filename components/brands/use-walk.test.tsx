import type { ReactNode } from 'react';
import { notificationsStore } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiFailure } from '@/lib/client/failure';
import { markOf } from '@/lib/client/trail';
import { queryKeyOf } from '@/lib/client/options';
import { useWalk } from './use-walk';

const question = { metrics: ['value_sales' as const], from: '2024-01-01', to: '2024-12-31', by: 'brand' as const };
const second = { of: markOf(question), cursors: ['first'] };
const conflict = new ApiFailure('conflict', 'The data has changed.');

function walk(walked: typeof second | null, error: Error | null) {
  const client = new QueryClient();
  const first = queryKeyOf('demo', question);
  client.setQueryData(first, {});
  const write = vi.fn();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result, rerender } = renderHook(() => useWalk(question, walked, error, write), { wrapper });
  const isOld = () => client.getQueryState(first)?.isInvalidated;
  return { result, rerender, write, isOld };
}

const notes = () => notificationsStore.getState().notifications.map(({ message }) => message);
afterEach(() => notificationsStore.updateState((state) => ({ ...state, notifications: [], queue: [] })));

describe('the pages of a league table', () => {
  it('start again, once and with a note, where the data changed under the cursor', () => {
    const { rerender, write, isOld } = walk(second, conflict);
    rerender();
    expect(write.mock.calls).toEqual([[null, 'replace']]);
    expect(isOld()).toBe(true);
    expect(notes()).toEqual(['The data has changed: back to the first page.']);
  });

  it.each([
    ['another fault', second, new ApiFailure('unavailable', 'down')],
    ['a conflict of the first page', null, conflict],
    ['a cursor of another question', { of: 'other', cursors: ['first'] }, conflict],
    ['no fault', second, null],
  ])('stay where they are on %s', (_, walked, error) => {
    const { write, isOld } = walk(walked, error);
    expect(write).not.toHaveBeenCalled();
    expect(isOld()).toBe(false);
    expect(notes()).toEqual([]);
  });

  it('go on and back by their cursors', () => {
    const { result, write } = walk(second, null);
    act(() => result.current.forward('second'));
    act(() => result.current.back());
    expect(write.mock.calls).toEqual([
      [{ of: second.of, cursors: ['first', 'second'] }, 'push'],
      [null, 'push'],
    ]);
  });
});
