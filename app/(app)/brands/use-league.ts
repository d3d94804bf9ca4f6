'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { useWalk } from '@/components/brands/use-walk';
import { metricsOptions } from '@/lib/client/options';
import { atPage } from '@/lib/client/trail';
import type { View } from '@/lib/client/view';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { leagueParams, leagueQuery, linesQuery } from './queries';

/** The league table of the address: its page, the small lines of that page, and how to walk on. */
export function useLeague(view: View, workspace: string, finest: WorkspaceDetail['grain']) {
  const [params, setParams] = useQueryStates(leagueParams, { history: 'push', clearOnDefault: true });
  const question = leagueQuery(view, params);
  const table = useQuery(metricsOptions(workspace, atPage(question, params.page)));
  const lines = useQuery(metricsOptions(workspace, table.data ? linesQuery(view, params, table.data, finest) : null));
  const walk = useWalk(question, params.page, table.error, (page, history) => void setParams({ page }, { history }));
  return {
    params,
    change: (next: Partial<typeof params>) => void setParams({ ...next, page: null }),
    question,
    table,
    lines: lines.data,
    walk,
  };
}
