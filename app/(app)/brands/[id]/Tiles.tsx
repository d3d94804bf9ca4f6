'use client';

import { KeyNumbers } from '@/components/metrics/KeyNumbers';
import { coarseGrain } from '@/lib/client/view';
import { usePart, type Part } from './part';
import { tiles } from './queries';

/** Longer names of markets stand above the tiles alone. */
const roomForName = 22;

export function Tiles(part: Part) {
  const totals = usePart(part, 'totals');
  const series = usePart(part, 'series');
  const market = totals.data?.meta.market;
  return (
    <KeyNumbers
      metrics={tiles}
      totals={totals}
      series={series.data}
      grain={coarseGrain(part.view, part.detail.grain)}
      labels={{
        penetration: 'Penetration',
        ...(market && market.length <= roomForName && { value_share: `Share of ${market}` }),
      }}
    />
  );
}
