import { queryOptions, skipToken } from '@tanstack/react-query';
import {
  analysisSpec,
  readAnalysis,
  runAnalysis,
  type AnalysisInput,
  type AnalysisResponse,
} from '@/lib/contract/analyses';
import type { Endpoint } from '@/lib/contract/endpoint';
import { querySpec, readQuery, runQuery, type QueryInput, type QueryResponse } from '@/lib/contract/query';
import { getWorkspace, type WorkspaceDetail } from '@/lib/contract/workspaces';
import { call, type Answer, type Input } from './call';
import { isPassing } from './failure';
import { seenVersion } from './seen-version';

// Query options per endpoint, read by the server's prefetch and the browser's hooks alike: the same input, the same key.

/** Long enough that what the server has just put into the page is not asked for again. */
const staleTime = 60_000;
const retry = (failures: number, error: unknown): boolean => failures < 2 && isPassing(error);

type Reading<E extends Endpoint> = Omit<Input<E>, 'signal' | 'body' | 'file'>;

export const keyOf = <E extends Endpoint>(endpoint: E, input: Reading<E> = {}) =>
  [endpoint.id, input.params ?? {}, input.query ?? {}] as const;

/** Options to read any endpoint that is asked with GET. */
export const optionsOf = <E extends Endpoint>(endpoint: E, input: Reading<E> = {}) =>
  queryOptions<Answer<E>, Error, Answer<E>, readonly unknown[]>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => call(endpoint, { ...input, signal }),
    staleTime,
    retry,
  });

/** Options to read what the workspace's data holds; read again while a fresher answer is on its way. */
export const workspaceOptions = (workspace: string) =>
  queryOptions<WorkspaceDetail, Error, WorkspaceDetail, readonly unknown[]>({
    queryKey: keyOf(getWorkspace, { query: { workspace } }),
    queryFn: ({ signal }) => {
      const minVersion = seenVersion(workspace);
      return call(getWorkspace, { query: { workspace, ...(minVersion !== undefined && { minVersion }) }, signal });
    },
    staleTime,
    retry,
    refetchInterval: ({ state }) => (state.data?.meta.cache?.reason === 'refreshing' ? 2_000 : false),
  });

/** Beyond this an address is at risk of being cut on its way, and the query goes in a body. */
const longest = 4_000;

export const queryKeyOf = (workspace: string, input: QueryInput) =>
  [runQuery.id, workspace, querySpec.parse(input)] as const;

/** Numbers stay on screen while those of a changed view are on their way, if so many parts of the key are the same. */
const standing = <Data extends { meta: { cache?: { reason?: string | undefined } | undefined } }>(
  queryKey: readonly unknown[],
  same: number,
  ask: ((signal: AbortSignal) => Promise<Data>) | null,
) =>
  queryOptions<Data, Error, Data, readonly unknown[]>({
    queryKey,
    queryFn: ask ? ({ signal }) => ask(signal) : skipToken,
    placeholderData: (before, query) =>
      ask && query && queryKey.slice(0, same).every((part, at) => query.queryKey[at] === part) ? before : undefined,
    staleTime,
    retry,
    // Served stale, refreshed behind: the fresh answer is there a moment later.
    refetchInterval: ({ state }) => (state.data?.meta.cache?.reason === 'refreshing' ? 2_000 : false),
  });

/** The question as it is asked: no older than what this browser has seen, and as a link where it is short. */
function asking<Input extends object>(workspace: string, input: Input) {
  const minVersion = seenVersion(workspace);
  const body = { ...input, ...(minVersion !== undefined && { minVersion }) };
  const q = JSON.stringify(body);
  return { body, q: q.length <= longest ? q : null };
}

/** Options to read metrics; null asks for nothing. */
export const metricsOptions = (workspace: string, input: QueryInput | null) =>
  standing<QueryResponse>(
    input ? queryKeyOf(workspace, input) : [runQuery.id, workspace, null],
    2,
    input &&
      ((signal) => {
        const { body, q } = asking(workspace, input);
        return q === null
          ? call(runQuery, { query: { workspace }, body, signal })
          : call(readQuery, { query: { workspace, q }, signal });
      }),
  );

export const analysisKeyOf = (workspace: string, input: AnalysisInput) =>
  [runAnalysis.id, workspace, input.analysis, analysisSpec.parse(input)] as const;

/** Options to read an analysis; null asks for nothing. */
export const analysisOptions = (workspace: string, input: AnalysisInput | null) =>
  standing<AnalysisResponse>(
    input ? analysisKeyOf(workspace, input) : [runAnalysis.id, workspace, null],
    3,
    input &&
      ((signal) => {
        const { body, q } = asking(workspace, input);
        return q === null
          ? call(runAnalysis, { query: { workspace }, body, signal })
          : call(readAnalysis, { query: { workspace, q }, signal });
      }),
  );
