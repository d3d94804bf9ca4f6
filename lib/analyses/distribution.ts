import { divide } from '@/lib/metrics/compute';

/**
 * A store that is active in the market (sold anything of it). For the weekly average pass store-weeks: one row a store and
 * week, sums of that week, under an id of its own. Name the time basis beside the result.
 */
export interface ActiveStore {
  store: number;
  /** All-commodity sales (whatever was sold), and those of the market, whole numbers in the minor unit. */
  allSales: number;
  marketSales: number;
  /** Weeks in which the brand had a purchase line here; 0 where it did not sell (returns only included). */
  sellingWeeks: number;
}

/** An item (product) of the brand, and each store with a purchase line of it. "Unspecified" products are left out. */
export interface ItemInStores {
  item: number;
  stores: readonly number[];
}

export interface Distribution {
  storesSelling: number;
  storesActive: number;
  /** Percentages: of stores; weighted by all-commodity sales (%ACV); weighted by market sales (CWD). */
  numeric: number | null;
  weighted: number | null;
  categoryWeighted: number | null;
  /** Total distribution points: Σ over items of item %ACV; and TDP ÷ the brand's %ACV. */
  tdp: number | null;
  itemsCarried: number | null;
  /** In minor units: per selling store and week, per store-week with a sale, per point of distribution. */
  velocity: { perStoreWeek: number | null; perSellingWeek: number | null; perPoint: number | null };
  items: { item: number; numeric: number | null; weighted: number | null }[];
}

/**
 * Numeric and weighted distribution, TDP, items carried and velocity of a brand over `weeks` weeks. `elsewhere`: what stores
 * sell that sold nothing of the market; they weigh in %ACV, and are not active.
 */
export function distribution(
  stores: readonly ActiveStore[],
  itemStores: readonly ItemInStores[],
  { amount, weeks, elsewhere = 0 }: { amount: number; weeks: number; elsewhere?: number },
): Distribution {
  const byStore = new Map(stores.map((row) => [row.store, row]));
  const sum = (rows: readonly ActiveStore[], of: 'allSales' | 'marketSales') =>
    rows.reduce((all, row) => all + row[of], 0);
  const allSales = sum(stores, 'allSales') + elsewhere;
  const selling = stores.filter((row) => row.sellingWeeks > 0);
  const weightOf = (rows: readonly ActiveStore[]) => divide(sum(rows, 'allSales'), allSales, 100);
  const items = itemStores.flatMap(({ item, stores: sold }) => {
    const rows: ActiveStore[] = [];
    for (const store of sold) {
      const row = byStore.get(store);
      if (row) rows.push(row);
    }
    return rows.length === 0
      ? []
      : [{ item, numeric: divide(rows.length, stores.length, 100), weighted: weightOf(rows) }];
  });
  const weighted = weightOf(selling);
  const tdp = weighted === null ? null : items.reduce((points, item) => points + (item.weighted ?? 0), 0);
  const storeWeeks = selling.reduce((all, row) => all + row.sellingWeeks, 0);
  return {
    storesSelling: selling.length,
    storesActive: stores.length,
    numeric: divide(selling.length, stores.length, 100),
    weighted,
    categoryWeighted: divide(sum(selling, 'marketSales'), sum(stores, 'marketSales'), 100),
    tdp,
    itemsCarried: divide(tdp, weighted),
    velocity: {
      perStoreWeek: divide(amount, selling.length * weeks),
      perSellingWeek: divide(amount, storeWeeks),
      perPoint: divide(amount, tdp),
    },
    items,
  };
}
