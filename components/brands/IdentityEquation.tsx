'use client';

import { Fragment } from 'react';
import { Change } from '@/components/metrics/Change';
import { MetricValue } from '@/components/metrics/MetricValue';
import { styleOf } from '@/components/metrics/describe';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { formatMetric, formatUnit } from '@/lib/metrics/format';
import { factorChanges } from './factor-changes';
import classes from './IdentityEquation.module.css';

interface Props {
  response: QueryResponse;
  row: QueryRow;
  factors: readonly MetricId[];
}

/** Factors and their product as an equation; under each what it was, and by how much it multiplies what was before. */
export function IdentityEquation({ response, row, factors }: Props) {
  const product: MetricId = 'identified_sales';
  const compared = response.meta.compareRange !== null;
  const changes = factorChanges(row, [...factors, product]);
  return (
    <>
      <div className={classes.equation}>
        {changes.map(({ id, times, length }, index) => (
          <Fragment key={id}>
            {index > 0 && <span className={classes.sign}>{id === product ? '=' : '×'}</span>}
            <div className={classes.factor} data-product={id === product || undefined}>
              <div className={classes.label}>{metricOf(id).label}</div>
              <div className={classes.value}>
                <MetricValue metric={id} row={row} response={response} compact />
              </div>
              {compared && (
                <>
                  <div className={classes.before}>
                    <Change metric={id} value={row.change?.[id]} /> from{' '}
                    {formatMetric(id, row.previous?.[id], { ...styleOf(response, id), compact: true })}
                  </div>
                  <div className={classes.scale}>
                    <span className={classes.track} aria-hidden>
                      <span
                        className={classes.bar}
                        data-way={length >= 0 ? 'up' : 'down'}
                        style={{ width: `${Math.abs(length) * 50}%` }}
                      />
                    </span>
                    <span className={classes.times}>× {times === null ? 'n/a' : times.toFixed(3)}</span>
                  </div>
                </>
              )}
            </div>
          </Fragment>
        ))}
      </div>
      <p className={classes.rest}>
        Identified sales are <MetricValue metric="coverage" row={row} response={response} /> of all value sales,{' '}
        <MetricValue metric="value_sales" row={row} response={response} compact />; the other{' '}
        {formatUnit('percent', typeof row.values.coverage === 'number' ? 100 - row.values.coverage : null)} carry no
        shopper.
        {compared && ' The bars add up: each is the logarithm of its multiplier.'}
      </p>
    </>
  );
}
