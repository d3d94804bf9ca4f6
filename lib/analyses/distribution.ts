import { divide } from '@/lib/metrics/compute';
import { quotient, total, type Minor } from './amounts';

/**
 * A store that is active in the market (sold anything of it). For the weekly average pass store-weeks: one row a store and
 * week, sums of that week, under an id of its own. Name the time basis beside the result.
 */
export interface ActiveStore {
  store: number;
  /** All-commodity sales (whatever was sold), and those of the market. */
  allSales: Minor;
  marketSales: Minor;
  /** Weeks in which the brand had a purchase line here; 0 where it did not sell (returns only included). */
  sellingWeeks: number;
}

/** An item (product) of the brand with a purchase line in a store. "Unspecified" products are left out. */
export interface ItemInStore {
  item: number;
  store: number;
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
  itemStores: readonly ItemInStore[],
  { amount, weeks, elsewhere = 0n }: { amount: Minor; weeks: number; elsewhere?: Minor },
): Distribution {
  const byStore = new Map(stores.map((row) => [row.store, row]));
  const allSales = total(stores.map((row) => row.allSales)) + elsewhere;
  const selling = stores.filter((row) => row.sellingWeeks > 0);
  const weightOf = (rows: readonly ActiveStore[]) => quotient(total(rows.map((row) => row.allSales)), allSales, 100);

  const storesOf = new Map<number, Set<ActiveStore>>();
  for (const { item, store } of itemStores) {
    const row = byStore.get(store);
    if (row) storesOf.set(item, (storesOf.get(item) ?? new Set<ActiveStore>()).add(row));
  }
  const items = [...storesOf].map(([item, rows]) => ({
    item,
    numeric: divide(rows.size, stores.length, 100),
    weighted: weightOf([...rows]),
  }));
  const weighted = weightOf(selling);
  const tdp = weighted === null ? null : items.reduce((sum, item) => sum + (item.weighted ?? 0), 0);
  const storeWeeks = selling.reduce((sum, row) => sum + row.sellingWeeks, 0);
  return {
    storesSelling: selling.length,
    storesActive: stores.length,
    numeric: divide(selling.length, stores.length, 100),
    weighted,
    categoryWeighted: quotient(
      total(selling.map((row) => row.marketSales)),
      total(stores.map((row) => row.marketSales)),
      100,
    ),
    tdp,
    itemsCarried: divide(tdp, weighted),
    velocity: {
      perStoreWeek: divide(Number(amount), selling.length * weeks),
      perSellingWeek: divide(Number(amount), storeWeeks),
      perPoint: divide(Number(amount), tdp),
    },
    items,
  };
}
