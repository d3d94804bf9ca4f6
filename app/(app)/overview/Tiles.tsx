'use client';

import { KeyNumbers } from '@/components/metrics/KeyNumbers';
import { coarseGrain } from '@/lib/client/view';
import { useOverview, type Part } from './part';
import { tilesOf } from './queries';

export function Tiles(part: Part) {
  const totals = useOverview(part, 'totals');
  const series = useOverview(part, 'series');
  return (
    <KeyNumbers
      metrics={tilesOf(part.view)}
      totals={totals}
      series={series.data}
      grain={coarseGrain(part.view, part.finest)}
    />
  );
}
