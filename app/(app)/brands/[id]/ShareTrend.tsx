'use client';

import { ChartFrame } from '@/components/charts/ChartFrame';
import { TimeChart } from '@/components/charts/TimeChart';
import { colourOf } from '@/components/charts/colours';
import { timePoints } from '@/components/charts/series';
import { timeTable } from '@/components/charts/tables';
import { useExplainPoint } from '@/components/metrics/explain-context';
import { styleOf } from '@/components/metrics/describe';
import { formatRange, grainName, periodNames } from '@/lib/metrics/format-date';
import { usePart, type Part } from './part';

const height = 290;

export function ShareTrend(part: Part) {
  const { view, id } = part;
  const query = usePart(part, 'trend');
  const pointOf = useExplainPoint();
  const market = query.data?.meta.market;
  const title = `Value share by ${grainName(view.grain)}`;
  return (
    <ChartFrame
      title={title}
      subtitle={market ? `% of ${market}` : '%'}
      query={query}
      metrics={['value_share']}
      height={height}
      table={(data) => timeTable(data, 'value_share', view.grain, view.compare)}
    >
      {(data) => (
        <TimeChart
          points={timePoints(data, 'value_share', view.grain, view.compare)}
          metric="value_share"
          periodName={periodNames(view.grain, view.calendar)}
          style={styleOf(data, 'value_share')}
          height={height}
          names={[formatRange(data.meta.range), data.meta.compareRange && formatRange(data.meta.compareRange)]}
          label={title}
          colour={colourOf(id)}
          onPoint={pointOf('value_share', data)}
        />
      )}
    </ChartFrame>
  );
}
