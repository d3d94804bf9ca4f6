'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { metricsOptions } from '@/lib/client/options';
import { atPage, cursorsOf, markOf } from '@/lib/client/trail';
import type { View } from '@/lib/client/view';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { leagueParams, leagueQuery, linesQuery } from './queries';

/** The league table of the address: its page, the small lines of that page, and how to walk on. */
export function useLeague(view: View, workspace: string, finest: WorkspaceDetail['grain']) {
  const [params, setParams] = useQueryStates(leagueParams, { history: 'push', clearOnDefault: true });
  const question = leagueQuery(view, params);
  const cursors = cursorsOf(params.page, question);
  const table = useQuery(metricsOptions(workspace, atPage(question, params.page)));
  const asked = table.data && linesQuery(view, params, table.data, finest);
  const lines = useQuery({
    ...metricsOptions(workspace, asked ?? question),
    ...(!asked && { queryFn: skipToken }),
  });
  const go = (next: string[]) =>
    void setParams({ page: next.length > 0 ? { of: markOf(question), cursors: next } : null });
  return {
    params,
    change: (next: Partial<typeof params>) => void setParams({ ...next, page: null }),
    question,
    table,
    lines: asked ? lines.data : undefined,
    walk: {
      page: cursors.length,
      cursor: cursors.at(-1),
      forward: (next: string) => go([...cursors, next]),
      back: () => go(cursors.slice(0, -1)),
      first: () => go([]),
    },
  };
}
