'use client';

import { useQuery } from '@tanstack/react-query';
import { metricsOptions } from '@/lib/client/options';
import type { View } from '@/lib/client/view';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { overviewQueries } from './queries';

/** What every part of the page is given. */
export interface Part {
  view: View;
  workspace: string;
  /** The finest time that the data has. */
  finest: WorkspaceDetail['grain'];
}

export function useOverview({ view, workspace, finest }: Part, name: keyof ReturnType<typeof overviewQueries>) {
  return useQuery(metricsOptions(workspace, overviewQueries(view, { grain: finest })[name]));
}
