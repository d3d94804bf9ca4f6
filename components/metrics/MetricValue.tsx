'use client';

import { Tooltip, UnstyledButton } from '@mantine/core';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { formatMetric } from '@/lib/metrics/format';
import { styleOf } from './describe';
import { useExplain } from './explain-context';
import classes from './MetricValue.module.css';

interface Props {
  metric: MetricId;
  row: QueryRow;
  response: QueryResponse;
  compact?: boolean;
}

/** A number that opens into its explanation; marked where few buyers stand behind it. */
export function MetricValue({ metric, row, response, compact = false }: Props) {
  const explain = useExplain();
  const value = row.values[metric];
  const style = styleOf(response, metric);
  const full = formatMetric(metric, value, style);
  const low = row.lowBase?.includes(metric);
  const text = formatMetric(metric, value, { ...style, compact });
  const button = (
    <UnstyledButton
      className={classes.value}
      title={text === full ? undefined : full}
      aria-label={`${metricOf(metric).label}: ${full}${low ? ', low base' : ''}. Explain`}
      onClick={() => explain({ metric, response, row })}
    >
      {text}
      {low && <span className={classes.low}>*</span>}
    </UnstyledButton>
  );
  return low ? <Tooltip label={`Low base: fewer than ${response.meta.lowBase} buyers`}>{button}</Tooltip> : button;
}
