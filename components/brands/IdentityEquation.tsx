'use client';

import { Fragment } from 'react';
import { Explainable } from '@/components/metrics/Explainable';
import { MetricBefore, MetricChange, MetricValue } from '@/components/metrics/MetricValue';
import type { QueryResponse, QueryRow } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { formatUnit, none } from '@/lib/metrics/format';
import { factorChanges } from './factor-changes';
import classes from './IdentityEquation.module.css';

interface Props {
  response: QueryResponse;
  row: QueryRow;
  factors: readonly MetricId[];
}

function timesOf(metric: MetricId, times: number | null, response: QueryResponse, row: QueryRow) {
  const label = `${metricOf(metric).label}, multiplied by`;
  const text = times === null ? none : `× ${times.toFixed(3)}`;
  const made = { label, text, formula: 'now ÷ before: the factors’ multipliers, multiplied, give that of the product' };
  return { what: { metric, response, row, made }, label: `${label}: ${text}` };
}

/** Factors and their product as an equation; under each what it was, and by how much it multiplies what was before. */
export function IdentityEquation({ response, row, factors }: Props) {
  const product: MetricId = 'identified_sales';
  const compared = response.meta.compareRange !== null;
  const rest = formatUnit('percent', typeof row.values.coverage === 'number' ? 100 - row.values.coverage : null);
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
                    <MetricChange metric={id} row={row} response={response} /> from{' '}
                    <MetricBefore metric={id} row={row} response={response} compact />
                  </div>
                  <div className={classes.scale}>
                    <span className={classes.track} aria-hidden>
                      <span
                        className={classes.bar}
                        data-way={length >= 0 ? 'up' : 'down'}
                        style={{ width: `${Math.abs(length) * 50}%` }}
                      />
                    </span>
                    <Explainable {...timesOf(id, times, response, row)} className={classes.times}>
                      × {times === null ? none : times.toFixed(3)}
                    </Explainable>
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
        <Explainable
          what={{
            metric: 'coverage',
            response,
            row,
            made: { label: 'Sales without a shopper', text: rest, formula: '100% − coverage' },
          }}
          label={`Sales without a shopper: ${rest}`}
        >
          {rest}
        </Explainable>{' '}
        carry no shopper.
        {compared && ' The bars add up: each is the logarithm of its multiplier.'}
      </p>
    </>
  );
}
