'use client';

import { StaleNote } from '@/components/charts/StaleNote';
import { frameState } from '@/components/charts/frame-state';
import { timePoints } from '@/components/charts/series';
import { KpiGrid } from '@/components/metrics/KpiGrid';
import { KpiTile } from '@/components/metrics/KpiTile';
import { coarseGrain } from '@/lib/client/view';
import { usePart, type Part } from './part';
import { tiles } from './queries';

/** Longer names of markets stand above the tiles alone. */
const roomForName = 22;

export function Tiles(part: Part) {
  const totals = usePart(part, 'totals');
  const series = usePart(part, 'series');
  const grain = coarseGrain(part.view, part.detail.grain);
  const state = frameState(totals, tiles);
  const market = totals.data?.meta.market;
  return (
    <section aria-label="Key numbers">
      {state.kind === 'stale' && <StaleNote why={state.why} ageSeconds={state.ageSeconds} />}
      <KpiGrid>
        {tiles.map((metric) => (
          <KpiTile
            key={metric}
            metric={metric}
            response={totals.data}
            failed={state.kind === 'failed'}
            {...(metric === 'value_share' && market && market.length <= roomForName && { label: `Share of ${market}` })}
            {...(metric === 'penetration' && { label: 'Penetration' })}
            series={
              series.data &&
              timePoints(series.data, metric, grain)
                // A period cut short would look like a fall.
                .filter(({ incomplete }) => !incomplete)
                .map(({ value }) => value)
            }
          />
        ))}
      </KpiGrid>
    </section>
  );
}
