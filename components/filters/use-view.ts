'use client';

import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { workspaceOptions } from '@/lib/client/options';
import { resolveView, type View } from '@/lib/client/view';
import { viewParams, type ViewParams } from '@/lib/client/view-params';
import { useWorkspace } from '@/components/shell/workspace-context';

export const useDetail = () => {
  const { slug } = useWorkspace();
  return useQuery(workspaceOptions(slug));
};

export interface ViewState {
  workspace: string;
  detail: WorkspaceDetail | undefined;
  /** Null while the workspace is being read, and where it has no data. */
  view: View | null;
  params: ViewParams;
  change: (next: Partial<ViewParams>) => void;
  /** Why the workspace cannot be read. */
  error: Error | null;
  refetch: () => void;
}

/** What the page shows, by the address; `change` writes the address. */
export function useView(): ViewState {
  const [params, setParams] = useQueryStates(viewParams, { history: 'push', clearOnDefault: true });
  const { slug } = useWorkspace();
  const { data: detail, error, refetch } = useDetail();
  const view = useMemo(() => (detail ? resolveView(params, detail) : null), [detail, params]);
  return {
    workspace: slug,
    detail,
    view,
    params,
    change: (next) => void setParams(next),
    error: detail ? null : error,
    refetch: () => void refetch(),
  };
}
