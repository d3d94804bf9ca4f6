'use client';

import { useState } from 'react';
import { SegmentedControl } from '@mantine/core';
import { ChartFrame } from '@/components/charts/ChartFrame';
import { TimeChart } from '@/components/charts/TimeChart';
import { timePoints } from '@/components/charts/series';
import { timeTable } from '@/components/charts/tables';
import { useExplainPoint } from '@/components/metrics/explain-context';
import { styleOf } from '@/components/metrics/describe';
import { metricOf } from '@/lib/metrics/catalog';
import { unitLabel } from '@/lib/metrics/format';
import { formatRange, grainName, periodNames } from '@/lib/metrics/format-date';
import { useOverview, type Part } from './part';

const choices = [
  { value: 'value_sales', label: 'Value' },
  { value: 'unit_sales', label: 'Units' },
] as const;

export function SalesTrend(part: Part) {
  const { view } = part;
  const [metric, setMetric] = useState<(typeof choices)[number]['value']>('value_sales');
  const query = useOverview(part, 'trend');
  const pointOf = useExplainPoint();
  const title = `${metricOf(metric).label} by ${grainName(view.grain)}`;
  const unit = query.data ? unitLabel(metricOf(metric).unit, styleOf(query.data, metric)) : '';
  return (
    <ChartFrame
      title={title}
      subtitle={unit || ' '}
      query={query}
      metrics={[metric]}
      height={290}
      controls={
        <SegmentedControl
          size="xs"
          aria-label="Measure"
          data={[...choices]}
          value={metric}
          onChange={(value) => setMetric(value === 'unit_sales' ? 'unit_sales' : 'value_sales')}
        />
      }
      table={(data) => timeTable(data, metric, view.grain, view.compare)}
    >
      {(data) => (
        <TimeChart
          points={timePoints(data, metric, view.grain, view.compare)}
          metric={metric}
          periodName={periodNames(view.grain, view.calendar)}
          style={styleOf(data, metric)}
          height={290}
          names={[formatRange(data.meta.range), data.meta.compareRange && formatRange(data.meta.compareRange)]}
          label={`${title}, ${formatRange(data.meta.range)}`}
          onPoint={pointOf(metric, data)}
        />
      )}
    </ChartFrame>
  );
}
