import {
  parseAsArrayOf,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import { columnIds, metricsOf, shownColumns, sortOf, standardColumns } from '@/components/brands/columns';
import { trail } from '@/lib/client/trail';
import { coarseGrain, inView, type View } from '@/lib/client/view';
import type { QueryInput, QueryResponse } from '@/lib/contract/query';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';

// What the league table asks. The server's prefetch and the page ask by the same functions.

export const pageSizes = [25, 50, 100] as const;

export const leagueParams = {
  by: parseAsStringLiteral(['brand', 'manufacturer'] as const).withDefault('brand'),
  /** What shares are shares of: the categories each one sold in, or the whole slice. */
  market: parseAsStringLiteral(['sold', 'slice'] as const),
  q: parseAsString.withDefault(''),
  sort: parseAsString,
  size: parseAsNumberLiteral(pageSizes).withDefault(25),
  columns: parseAsArrayOf(parseAsStringLiteral(columnIds)).withDefault([...standardColumns]),
  page: trail,
};
export type LeagueParams = inferParserType<typeof leagueParams>;

/** The first page. */
export function leagueQuery(view: View, { by, market, q, sort, size, columns }: LeagueParams): QueryInput {
  const shown = shownColumns(columns, view.compareRange !== null);
  const search = q.trim().slice(0, 100);
  return inView(view, {
    metrics: metricsOf(shown),
    by,
    sort: sortOf(sort, shown),
    limit: size,
    ...(market && { market }),
    ...(search && { search }),
  });
}

/** Small lines for the members of a page, all by one query; null where there are none. */
export function linesQuery(
  view: View,
  { by }: Pick<LeagueParams, 'by'>,
  page: QueryResponse,
  finest: WorkspaceDetail['grain'],
): QueryInput | null {
  const ids = page.rows.flatMap(({ member }) => (member?.id ? [member.id] : [])).sort((a, b) => a - b);
  if (ids.length === 0) return null;
  return inView(view, {
    metrics: ['value_sales'],
    by,
    grain: coarseGrain(view, finest),
    compare: 'none',
    market: 'slice',
    filters: { ...view.filters, [by]: ids },
    limit: 100,
  });
}
