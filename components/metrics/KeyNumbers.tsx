'use client';

import { StaleNote } from '@/components/charts/StaleNote';
import { frameState, type Reading } from '@/components/charts/frame-state';
import { timePoints } from '@/components/charts/series';
import type { Grain, QueryResponse } from '@/lib/contract/query';
import type { MetricId } from '@/lib/metrics/catalog';
import { KpiGrid } from './KpiGrid';
import { KpiTile } from './KpiTile';

interface Props {
  metrics: readonly MetricId[];
  totals: Reading;
  series: QueryResponse | undefined;
  /** The periods of the series. */
  grain: Grain;
  /** Names that say more here than the metric's own. */
  labels?: Partial<Record<MetricId, string>>;
}

/** The tiles at the top of a page. */
export function KeyNumbers({ metrics, totals, series, grain, labels = {} }: Props) {
  const state = frameState(totals, metrics);
  return (
    <section aria-label="Key numbers">
      {state.kind === 'stale' && <StaleNote why={state.why} ageSeconds={state.ageSeconds} />}
      <KpiGrid>
        {metrics.map((metric) => {
          const label = labels[metric];
          return (
            <KpiTile
              key={metric}
              metric={metric}
              response={totals.data}
              failed={state.kind === 'failed'}
              {...(label && { label })}
              series={
                series &&
                timePoints(series, metric, grain)
                  // A period cut short would look like a fall.
                  .filter(({ incomplete }) => !incomplete)
                  .map(({ value }) => value)
              }
            />
          );
        })}
      </KpiGrid>
    </section>
  );
}
