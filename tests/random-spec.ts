import { querySpec, type QuerySpec } from '@/lib/contract/query';
import type { NaiveQuery } from './naive-answer';
import { listed, type GroupIds } from './random-groups';
import type { Ids } from './random-sales';

/** A random question as the API is asked it: with the ids that the data was given. */
export function specOf(asked: NaiveQuery, { workspaceId: _, ...ids }: Ids & GroupIds): QuerySpec {
  const { market } = asked;
  const { category, group } = listed(
    {
      category: Array.isArray(market) ? market : [],
      group: typeof market === 'object' && !Array.isArray(market) ? [market.group] : [],
    },
    ids,
  ) as { category: number[]; group: number[] };
  return querySpec.parse({
    ...asked,
    filters: listed(asked.filters, ids),
    limit: 100,
    ...(typeof market === 'object' && { market: category.length > 0 ? category : { group: group[0] } }),
  });
}
