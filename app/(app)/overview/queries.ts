import type { Filters, QueryInput } from '@/lib/contract/query';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import type { MetricId } from '@/lib/metrics/catalog';
import { coarseGrain, inView, type View } from '@/lib/client/view';

// What the Overview asks, one query a chart. The server's prefetch and the page's parts ask by the same list.

/** Of everything sold, penetration is 100% by definition: it is shown of a part. */
const isPart = ({ manufacturer, brand, category, product, promotion, attributes }: Filters): boolean =>
  Boolean(manufacturer ?? brand ?? category ?? product ?? promotion) ||
  (attributes ?? []).some(({ of }) => of === 'product');

export const tilesOf = ({ filters }: View): MetricId[] => [
  'value_sales',
  'unit_sales',
  'buyers',
  isPart(filters) ? 'penetration' : 'buy_rate',
  'frequency',
  'spend_per_trip',
  'trips',
  'average_price',
];

/** Gains and losses each: more than are drawn, for the table. */
const moversRead = 20;

/** Members drawn in the share chart; the others together are one band. */
export const sharesShown = 8;

export const overviewQueries = (view: View, detail: Pick<WorkspaceDetail, 'grain'>) => {
  const coarse = coarseGrain(view, detail.grain);
  const tiles = tilesOf(view);
  const compared = view.compareRange !== null;
  const moved = (sort: string) =>
    inView(view, { metrics: ['value_sales'], by: 'brand', market: 'slice', sort, limit: moversRead });
  return {
    totals: inView(view, { metrics: [...tiles, 'coverage'] }),
    /** Small lines in the tiles; no comparison, as none is drawn. */
    series: inView(view, { metrics: tiles, grain: coarse, compare: 'none' }),
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
    brands: inView(view, { metrics: ['value_sales', 'value_share'], by: 'brand', market: 'slice', limit: 25 }),
    /** What moved most, either way, may be small: it is asked for by what it added. */
    gains: compared ? moved('-contribution:value_sales') : null,
    losses: compared ? moved('contribution:value_sales') : null,
    categories: inView(view, { metrics: ['value_sales', 'value_share'], by: 'category', market: 'slice', limit: 30 }),
  } satisfies Record<string, QueryInput | null>;
};

/** All of them, each once. */
export const asked = (...given: Parameters<typeof overviewQueries>): QueryInput[] =>
  Object.values(overviewQueries(...given)).filter((query) => query !== null);
