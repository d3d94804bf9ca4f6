import 'server-only';
import type { QueryResponse, QuerySpec } from '@/lib/contract/query';
import { runQuery } from '@/lib/query/run';
import { through, type Cached } from './through';

const inOrder = <T>(list: readonly T[]): T[] => [...new Set(list)].sort();

const ordered = (lists: object): object =>
  Object.fromEntries(
    Object.entries(lists).map(([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value) && name !== 'attributes' ? inOrder<unknown>(value) : value,
    ]),
  );

/** Lists of members mean "any of": their order and repeats make no other question. */
export function questionOf<Spec extends Pick<QuerySpec, 'minVersion' | 'filters'>>({
  minVersion: _,
  filters,
  ...spec
}: Spec) {
  const { exclude, ...include } = filters;
  return { ...spec, filters: { ...ordered(include), exclude: exclude && ordered(exclude) } };
}

/** Whether custom groups say what the answer is. */
export const namesGroups = ({ filters, market, by }: Pick<QuerySpec, 'filters' | 'market' | 'by'>): boolean =>
  /"(store_)?group"/.test(JSON.stringify([filters, market, by]));

/** The answer with its own account of the cache, for handlers that tell it in headers too. */
export async function answerCached(workspaceId: number, spec: QuerySpec): Promise<Cached<QueryResponse>> {
  const cached = await through<QueryResponse>({
    workspaceId,
    what: ['query', questionOf(spec)],
    minVersion: spec.minVersion,
    groups: namesGroups(spec),
    load: async () => {
      const data = await runQuery(workspaceId, spec);
      return { data, dataVersion: data.meta.dataVersion };
    },
  });
  const { data, cache } = cached;
  return { ...cached, data: { ...data, meta: { ...data.meta, cache } } };
}

/** Answers a query from the last good answer where it is of this version of the data, else from the database. */
export async function answerQuery(workspaceId: number, spec: QuerySpec): Promise<QueryResponse> {
  return (await answerCached(workspaceId, spec)).data;
}
