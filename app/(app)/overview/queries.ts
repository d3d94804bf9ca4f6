import type { QueryInput } from '@/lib/contract/query';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import type { MetricId } from '@/lib/metrics/catalog';
import { coarseGrain, inView, type View } from '@/lib/client/view';

// What the Overview asks, one query a chart. The server's prefetch and the page's parts ask by the same list.

export const tiles: readonly MetricId[] = [
  'value_sales',
  'unit_sales',
  'buyers',
  'penetration',
  'frequency',
  'spend_per_trip',
  'trips',
  'average_price',
];

/** Members drawn in the share chart; the others together are one band. */
export const sharesShown = 8;

export const overviewQueries = (view: View, detail: Pick<WorkspaceDetail, 'grain'>) => {
  const coarse = coarseGrain(view.range, detail.grain);
  return {
    totals: inView(view, { metrics: [...tiles, 'coverage'] }),
    /** Small lines in the tiles; no comparison, as none is drawn. */
    series: inView(view, { metrics: [...tiles], grain: coarse, compare: 'none' }),
    trend: inView(view, { metrics: ['value_sales', 'unit_sales'], grain: view.grain }),
    shares: inView(view, {
      metrics: ['value_share'],
      by: 'brand',
      grain: coarse,
      market: 'slice',
      compare: 'none',
      sort: '-value_share',
      limit: sharesShown,
    }),
    /** All that one answer may hold: what moved most may be small. */
    brands: inView(view, { metrics: ['value_sales', 'value_share'], by: 'brand', market: 'slice', limit: 100 }),
    categories: inView(view, { metrics: ['value_sales', 'value_share'], by: 'category', market: 'slice', limit: 30 }),
  } satisfies Record<string, QueryInput>;
};
