'use client';

import { Skeleton, Tooltip, UnstyledButton } from '@mantine/core';
import { Sparkline } from '@/components/charts/Sparkline';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { formatMetric } from '@/lib/metrics/format';
import { Change } from './Change';
import { styleOf } from './describe';
import { useExplain } from './explain-context';
import classes from './KpiTile.module.css';

interface Props {
  metric: MetricId;
  /** The answer whose total, or `row`, is shown. */
  response: QueryResponse | undefined;
  row?: QueryRow | undefined;
  /** The metric over time. */
  series?: readonly (number | null | undefined)[] | undefined;
  label?: string;
  failed?: boolean;
}

/** A number with its change; opens into its explanation. */
export function KpiTile({ metric, response, row, series, label, failed = false }: Props) {
  const explain = useExplain();
  const name = label ?? metricOf(metric).label;
  const shown = row ?? response?.totals[0];
  const told = response?.meta.metrics[metric];
  if (!response) {
    return (
      <div className={classes.tile} aria-busy={!failed}>
        <span className={classes.label}>{name}</span>
        {failed ? <span className={classes.value}>–</span> : <Skeleton height={26} width="70%" my={4} />}
        {failed ? (
          <span className={classes.quiet}>could not be read</span>
        ) : (
          <Skeleton height={12} width="50%" mt={6} />
        )}
      </div>
    );
  }
  if (told?.state === 'unavailable') {
    return (
      <UnstyledButton className={classes.tile} onClick={() => explain({ metric, response })}>
        <span className={classes.label}>{name}</span>
        <span className={classes.missing}>Not in this data</span>
        <span className={classes.quiet}>{told.reason}</span>
      </UnstyledButton>
    );
  }
  const style = styleOf(response, metric);
  const full = formatMetric(metric, shown?.values[metric], style);
  const short = formatMetric(metric, shown?.values[metric], { ...style, compact: true });
  const low = shown?.lowBase?.includes(metric) ?? false;
  const partly = metricOf(metric).shopper && typeof told?.coverage === 'number' && told.coverage < 99.5;
  return (
    <UnstyledButton
      className={classes.tile}
      data-metric={metric}
      onClick={() => explain({ metric, response, ...(row && { row }) })}
      aria-label={`${name}: ${full}. Explain`}
    >
      <span className={classes.label}>
        {name}
        {low && (
          <Tooltip label={`Low base: fewer than ${response.meta.lowBase} buyers`}>
            <span className={classes.mark}>low base</span>
          </Tooltip>
        )}
      </span>
      <span className={classes.value} title={short === full ? undefined : full}>
        {short}
      </span>
      <span className={classes.foot}>
        {response.meta.compareRange && shown?.change && (
          <>
            <Change metric={metric} value={shown.change[metric]} />
            <span className={classes.quiet}>
              from {formatMetric(metric, shown.previous?.[metric], { ...style, compact: true })}
            </span>
          </>
        )}
        {partly && !response.meta.compareRange && (
          <span className={classes.quiet}>{formatMetric('coverage', told?.coverage)} of sales identified</span>
        )}
      </span>
      {series && (
        <span className={classes.spark}>
          <Sparkline values={series} height={30} width={160} fluid label={`${name} over time`} />
        </span>
      )}
    </UnstyledButton>
  );
}
