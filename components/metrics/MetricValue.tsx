'use client';

import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { formatChange, formatMetric } from '@/lib/metrics/format';
import { Change } from './Change';
import { Explainable } from './Explainable';
import { styleOf } from './describe';
import classes from './MetricValue.module.css';

interface Props {
  metric: MetricId;
  row: QueryRow;
  response: QueryResponse;
  compact?: boolean;
}

/** A number of an answer, marked where few buyers stand behind it. */
export function MetricValue({ metric, row, response, compact = false }: Props) {
  const value = row.values[metric];
  const style = styleOf(response, metric);
  const full = formatMetric(metric, value, style);
  const low = row.lowBase?.includes(metric);
  const text = formatMetric(metric, value, { ...style, compact });
  return (
    <Explainable
      what={{ metric, response, row }}
      label={`${metricOf(metric).label}: ${full}${low ? ', low base' : ''}`}
      title={text === full ? undefined : full}
      tip={low ? `Low base: fewer than ${response.meta.lowBase} buyers` : undefined}
    >
      {text}
      {low && <span className={classes.low}>*</span>}
    </Explainable>
  );
}

/** What it was in the comparison. */
export function MetricBefore({ metric, row, response, compact = false }: Props) {
  const style = styleOf(response, metric);
  const full = formatMetric(metric, row.previous?.[metric], style);
  const text = formatMetric(metric, row.previous?.[metric], { ...style, compact });
  return (
    <Explainable
      what={{ metric, response, row }}
      label={`${metricOf(metric).label}, before: ${full}`}
      title={text === full ? undefined : full}
    >
      {text}
    </Explainable>
  );
}

/** How it changed since. */
export function MetricChange({ metric, row, response }: Omit<Props, 'compact'>) {
  const value = row.change?.[metric];
  return (
    <Explainable
      what={{ metric, response, row }}
      label={`${metricOf(metric).label}, change: ${formatChange(metric, value)}`}
    >
      <Change metric={metric} value={value} />
    </Explainable>
  );
}
