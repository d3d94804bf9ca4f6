'use client';

import { ChartFrame } from '@/components/charts/ChartFrame';
import { StackedShare } from '@/components/charts/StackedShare';
import { memberSeries } from '@/components/charts/series';
import { memberTimeTable } from '@/components/charts/tables';
import { coarseGrain } from '@/lib/client/view';
import { grainName, periodNames } from '@/lib/metrics/format-date';
import { useOverview, type Part } from './part';
import { sharesShown } from './queries';

export function ShareTrend(part: Part) {
  const query = useOverview(part, 'shares');
  const grain = coarseGrain(part.view, part.finest);
  const title = `Value share of the top ${sharesShown} brands by ${grainName(grain)}`;
  const market = query.data?.meta.market;
  return (
    <ChartFrame
      title={title}
      subtitle={market ? `% of ${market}` : '%'}
      query={query}
      metrics={['value_share']}
      height={290}
      table={(data) => memberTimeTable(data, 'value_share', grain)}
    >
      {(data) => (
        <StackedShare
          {...memberSeries(data, 'value_share', grain)}
          periodName={periodNames(grain, part.view.calendar)}
          height={232}
          label={title}
        />
      )}
    </ChartFrame>
  );
}
