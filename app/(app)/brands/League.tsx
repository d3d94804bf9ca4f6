'use client';

import { ChartFrame } from '@/components/charts/ChartFrame';
import { timePoints } from '@/components/charts/series';
import { LeagueTable } from '@/components/brands/LeagueTable';
import { nextSort, shownColumns, sortOf } from '@/components/brands/columns';
import { useLink } from '@/components/shell/workspace-context';
import { CursorPager } from '@/components/ui/CursorPager';
import { coarseGrain, type View } from '@/lib/client/view';
import type { QueryResponse } from '@/lib/contract/query';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { formatRange } from '@/lib/metrics/format-date';
import { LeagueTools } from './LeagueTools';
import { useLeague } from './use-league';

interface Props {
  view: View;
  workspace: string;
  finest: WorkspaceDetail['grain'];
}

export function League({ view, workspace, finest }: Props) {
  const { params, change, question, table, lines, walk } = useLeague(view, workspace, finest);
  const link = useLink();
  const shown = shownColumns(params.columns, view.compareRange !== null);
  const sort = sortOf(params.sort, shown);
  const grain = coarseGrain(view, finest);
  const seriesOf = (id: number): (number | null)[] | undefined => {
    const rows = lines?.rows.filter((row) => row.member?.id === id);
    if (!lines || !rows?.length) return undefined;
    // Not sold in a period is nothing sold, not a gap; a period cut short would look like a fall.
    return timePoints(lines, 'value_sales', grain, 'none', rows)
      .filter(({ incomplete }) => !incomplete)
      .map(({ value }) => value ?? 0);
  };
  const many = params.by === 'brand' ? 'brands' : 'manufacturers';
  // Where markets differ from row to row, each row names its own.
  const subtitle = ({ meta, rows, rowCount }: QueryResponse): string => {
    const count = `${rowCount.toLocaleString('en-US')} ${rowCount === 1 ? params.by : many}`;
    const shares = meta.market && !rows.some(({ market }) => market) ? ` · shares of ${meta.market}` : '';
    return `${count} · ${formatRange(meta.range)}${shares}`;
  };
  return (
    <>
      <LeagueTools
        workspace={workspace}
        params={params}
        change={change}
        question={question}
        compared={view.compareRange !== null}
      />
      <ChartFrame
        title={params.by === 'brand' ? 'League table of brands' : 'League table of manufacturers'}
        subtitle={table.data ? subtitle(table.data) : ' '}
        query={table}
        metrics={['value_sales', 'value_share']}
        height={520}
        {...(params.q && {
          emptyTitle: `Nothing called “${params.q}”`,
          emptyHint: 'Change the search or take a filter off.',
        })}
      >
        {(data) => (
          <>
            <LeagueTable
              response={data}
              columns={shown}
              by={params.by}
              sort={sort}
              onSort={(id) => change({ sort: nextSort(sort, id) })}
              firstRank={params.q || !sort.startsWith('-') || sort === '-name' ? null : walk.page * params.size + 1}
              withTotal={!params.q}
              seriesOf={seriesOf}
              hrefOf={(id) =>
                params.by === 'brand' ? link(`/brands/${id}`) : link('/brands', { manufacturer: String(id) })
              }
            />
            <CursorPager walk={walk} size={params.size} answer={data} of={many} />
          </>
        )}
      </ChartFrame>
    </>
  );
}
