import { createParser, type inferParserType } from 'nuqs/server';
import { atPage, trail } from '@/lib/client/trail';
import { coarseGrain, inView, type View } from '@/lib/client/view';
import type { QueryInput } from '@/lib/contract/query';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import type { MetricId } from '@/lib/metrics/catalog';

// What the page of a brand asks, one query a part. The server's prefetch and the page's parts ask by the same list.

/** The market of the shares: the whole slice, or these categories; left out: the categories that the brand sold in. */
const market = createParser<'slice' | number[]>({
  parse: (text) => {
    if (text === 'slice') return text;
    const ids = text.split(',').map(Number);
    return ids.every((id) => Number.isSafeInteger(id) && id > 0) ? ids : null;
  },
  serialize: (value) => (value === 'slice' ? value : value.join(',')),
  eq: (a, b) => String(a) === String(b),
});

export const brandParams = { market, items: trail };
export type BrandParams = inferParserType<typeof brandParams>;

export const tiles: readonly MetricId[] = [
  'value_sales',
  'value_share',
  'unit_sales',
  'average_price',
  'penetration',
  'buy_rate',
  'frequency',
  'spend_per_trip',
];

export const factors = ['buyers', 'frequency', 'identified_spend_per_trip'] as const satisfies readonly MetricId[];

export const productsShown = 10;

interface Asked {
  id: number;
  /** The categories of the brand's products, as far as they are known. */
  categories: readonly { id: number }[];
}

export function brandQueries(
  view: View,
  { grain, has }: Pick<WorkspaceDetail, 'grain' | 'has'>,
  brand: Asked,
  { market, items }: BrandParams,
) {
  const { manufacturer: _, exclude, ...kept } = view.filters;
  const { brand: __, manufacturer: ___, ...excluded } = exclude ?? {};
  const filters = { ...kept, ...(exclude && { exclude: excluded }), brand: [brand.id] };
  const ask = (input: Omit<QueryInput, 'from' | 'to'>): QueryInput =>
    inView(view, { filters, ...(market && { market }), ...input });
  const coarse = coarseGrain(view, grain);
  const sales: MetricId[] = ['value_sales', 'value_share'];
  const products = ask({
    metrics: ['value_sales', 'unit_sales', 'average_price'],
    by: 'product',
    market: 'slice',
    limit: productsShown,
  });
  return {
    totals: ask({ metrics: [...new Set<MetricId>([...tiles, ...factors, 'identified_sales', 'coverage'])] }),
    /** Small lines in the tiles; no comparison, as none is drawn. */
    series: ask({ metrics: [...tiles], grain: coarse, compare: 'none' }),
    trend: ask({ metrics: sales, grain: view.grain }),
    regions: has.regions ? ask({ metrics: sales, by: 'region', limit: 30 }) : null,
    channels: has.channels ? ask({ metrics: sales, by: 'channel', limit: 30 }) : null,
    products: atPage(products, items),
    firstProducts: products,
    /** Each category is the market of its own row. */
    categories:
      brand.categories.length > 1 && !view.filters.category
        ? inView(view, {
            metrics: sales,
            by: 'category',
            filters: { ...filters, category: brand.categories.map(({ id }) => id) },
            limit: 30,
          })
        : null,
  } satisfies Record<string, QueryInput | null>;
}

/** All of them, each once. */
export function asked(...given: Parameters<typeof brandQueries>): QueryInput[] {
  const { firstProducts: _, ...queries } = brandQueries(...given);
  return Object.values(queries).filter((query) => query !== null);
}
