import { timePoints } from '@/components/charts/series';
import type { Grain, QueryResponse, QueryRow } from '@/lib/contract/query';
import { changeOf, divide } from '@/lib/metrics/compute';
import { metricOf } from '@/lib/metrics/catalog';

// A brand beside its market. The market's sales follow from the brand's sales and its share of them, so that both lines rest
// on one answer.

export interface Indexed {
  period: string;
  values: { brand: number | null; market: number | null };
}

export const marketSales = (values: QueryRow['values'] | undefined): number | null =>
  divide(values?.value_sales ?? null, values?.value_share ?? null, 100);

/** Growth of the market between the two periods of a comparison, in percent. */
export const marketGrowth = (row: QueryRow | undefined): number | null =>
  row?.uneven ? null : changeOf(metricOf('value_sales'), marketSales(row?.values), marketSales(row?.previous));

/**
 * Both at 100 in the first whole period in which both sold. Periods cut short have no index: they would look like a fall.
 * Without such a period there is no base, and nothing to show.
 */
export function againstMarket(response: QueryResponse, grain: Grain): { base: string | null; points: Indexed[] } {
  const share = timePoints(response, 'value_share', grain);
  const both = timePoints(response, 'value_sales', grain).map(({ period, value, incomplete }, index) => ({
    period,
    brand: incomplete ? null : value,
    market: incomplete ? null : divide(value, share[index]?.value ?? null, 100),
  }));
  const base = both.find(({ brand, market }) => brand !== null && brand > 0 && market !== null && market > 0);
  return {
    base: base?.period ?? null,
    points: both.map(({ period, brand, market }) => ({
      period,
      values: {
        brand: divide(brand, base?.brand ?? null, 100),
        market: divide(market, base?.market ?? null, 100),
      },
    })),
  };
}
