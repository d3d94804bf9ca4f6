'use client';

import { useEffect, useEffectEvent } from 'react';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { ApiFailure } from '@/lib/client/failure';
import { cursorsOf, markOf, type Trail } from '@/lib/client/trail';
import { runQuery, type QueryInput } from '@/lib/contract/query';

type Write = (trail: Trail | null, history: 'push' | 'replace') => void;

/**
 * Walks the pages of a question that stand in the address. A cursor belongs to its data version and, once that has passed,
 * is refused for good: the walk then starts again, on numbers read anew.
 */
export function useWalk(question: QueryInput, walked: Trail | null, error: Error | null, write: Write) {
  const client = useQueryClient();
  const cursors = cursorsOf(walked, question);
  const go = (next: string[]): void => write(next.length > 0 ? { of: markOf(question), cursors: next } : null, 'push');
  const outdated = cursors.length > 0 && error instanceof ApiFailure && error.code === 'conflict';
  const restart = useEffectEvent(() => {
    write(null, 'replace');
    void client.invalidateQueries({ queryKey: [runQuery.id], predicate: ({ state }) => state.status !== 'error' });
    notifications.show({ id: 'outdated', message: 'The data has changed: back to the first page.' });
  });
  useEffect(() => {
    if (outdated) restart();
  }, [outdated]);
  return {
    page: cursors.length,
    cursor: cursors.at(-1),
    forward: (next: string) => go([...cursors, next]),
    back: () => go(cursors.slice(0, -1)),
  };
}
