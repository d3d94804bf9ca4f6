'use client';

import { KpiGrid } from '@/components/metrics/KpiGrid';
import { KpiTile } from '@/components/metrics/KpiTile';
import { StaleNote } from '@/components/charts/StaleNote';
import { frameState } from '@/components/charts/frame-state';
import { timePoints } from '@/components/charts/series';
import { coarseGrain } from '@/lib/client/view';
import { useOverview, type Part } from './part';
import { tilesOf } from './queries';

export function Tiles(part: Part) {
  const totals = useOverview(part, 'totals');
  const series = useOverview(part, 'series');
  const grain = coarseGrain(part.view, part.finest);
  const tiles = tilesOf(part.view);
  const state = frameState(totals, tiles);
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
