import 'server-only';
import type { ShopperTrips } from '@/lib/analyses/repeat';
import { addDays, lengthOf } from '@/lib/metrics/periods';
import type { Cut } from '@/lib/query/cut';
import { has, type ShopperSet } from '@/lib/query/shopper-sets';
import type { Study } from './study';

export interface PurchaseDays {
  /** Each shopper's days together, ascending; a day counts from the first that the data and the dates both hold. */
  days: ShopperTrips;
  /** So many days can be seen. */
  length: number;
}

/** On which days shoppers of the slice bought; null outside the data. `triers`: only who did not buy before the dates. */
export async function purchaseDays(study: Study, { triers = false } = {}): Promise<PurchaseDays | null> {
  const { observed, slice } = study;
  if (!observed) return null;
  const earlier = triers ? await buyersBefore(study, observed.from) : null;
  const sets = await study.sets('Purchase days by shopper', { ...slice, grain: 'day' }, observed);
  const bought = sets.map(({ period, shoppers }) => ({
    day: lengthOf({ from: observed.from, to: period ?? observed.from }) - 1,
    shoppers: earlier ? shoppers.filter((shopper) => !has(earlier, shopper)) : shoppers,
  }));
  return { days: byShopper(bought), length: lengthOf(observed) };
}

/** Who bought in the data before the date: of the slice, or of another cut. */
export async function buyersBefore(study: Study, date: string, cut: Cut = study.slice): Promise<ShopperSet> {
  const { data } = study.resolved.facts;
  const range = data && { from: data.from, to: addDays(date, -1) };
  const [earlier] = range && range.from <= range.to ? await study.sets('Buyers before', cut, range) : [];
  return earlier?.set ?? new Uint8Array(0);
}

/** Days come in ascending order, and so keep it within each shopper. */
function byShopper(bought: readonly { day: number; shoppers: Int32Array }[]): ShopperTrips {
  const size = bought.reduce((most, { shoppers }) => Math.max(most, shoppers.at(-1) ?? -1), -1) + 1;
  const starts = new Int32Array(size + 1);
  for (const { shoppers } of bought) for (const shopper of shoppers) starts[shopper + 1]! += 1;
  for (let shopper = 0; shopper < size; shopper++) starts[shopper + 1]! += starts[shopper]!;
  const entries = starts[size] ?? 0;
  const sorted = { shopper: new Int32Array(entries), period: new Int32Array(entries) };
  for (const { day, shoppers } of bought) {
    for (const shopper of shoppers) {
      const place = starts[shopper]!++;
      sorted.shopper[place] = shopper;
      sorted.period[place] = day;
    }
  }
  return sorted;
}
