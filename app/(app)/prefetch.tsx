import type { ReactNode } from 'react';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { dehydrate, HydrationBoundary, type QueryClient } from '@tanstack/react-query';
import { createLoader } from 'nuqs/server';
import { answerQuery } from '@/lib/cache/answer';
import { answerWorkspace } from '@/lib/cache/workspace';
import { currentUser } from '@/lib/access/session';
import { resolveWorkspace, type Membership } from '@/lib/access/workspace';
import { keyOf, queryKeyOf } from '@/lib/client/options';
import { createQueryClient } from '@/lib/client/query-client';
import { resolveView, type View } from '@/lib/client/view';
import { viewParams, type ViewParams } from '@/lib/client/view-params';
import { ApiError } from '@/lib/contract/errors';
import { querySpec, type QueryInput, type QueryResponse } from '@/lib/contract/query';
import { getWorkspace, type WorkspaceDetail } from '@/lib/contract/workspaces';

export type Search = Promise<Record<string, string | string[] | undefined>>;

const load = createLoader(viewParams);

/** Whoever comes from publishing is shown nothing older: the link names the version. */
function versionOf({ version }: Awaited<Search>): number | undefined {
  const given = Number(version);
  return Number.isSafeInteger(given) && given > 0 ? given : undefined;
}

interface Context {
  client: QueryClient;
  workspace: Membership;
  detail: WorkspaceDetail;
  params: ViewParams;
  view: View | null;
  /** Asks, and keeps the answer for the browser. */
  ask: (input: QueryInput) => Promise<QueryResponse>;
}

interface Props {
  search: Search;
  /** What the page asks on this view. */
  queries?: (view: View, detail: WorkspaceDetail, params: ViewParams) => QueryInput[];
  /** Anything else that the page wants in its first paint. */
  more?: (context: Context) => Promise<void>;
  children: ReactNode;
}

/**
 * Puts the page's numbers into its first paint, under the keys that the browser asks by. What cannot be read in time is
 * left to the browser, which shows why.
 */
export async function Prefetched({ search, queries, more, children }: Props) {
  const client = createQueryClient();
  const given = await search;
  const params = load(given);
  const least = versionOf(given);
  try {
    const user = await currentUser(await headers());
    if (user) {
      const workspace = await resolveWorkspace(user.id, params.workspace ?? undefined);
      const { data: detail } = await answerWorkspace(workspace, least);
      client.setQueryData(keyOf(getWorkspace, { query: { workspace: workspace.slug } }), detail);
      const view = resolveView(params, detail);
      const ask = async (input: QueryInput): Promise<QueryResponse> => {
        const answer = await answerQuery(workspace.id, querySpec.parse({ ...input, minVersion: least }));
        client.setQueryData(queryKeyOf(workspace.slug, input), answer);
        return answer;
      };
      const asked = view && queries ? queries(view, detail, params) : [];
      await Promise.allSettled([
        ...asked.map(ask),
        ...(more ? [more({ client, workspace, detail, params, view, ask })] : []),
      ]);
    }
  } catch (error) {
    // Another's workspace is none; a database that is down leaves the frame standing.
    if (params.workspace && error instanceof ApiError && error.code === 'not_found') notFound();
  }
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
