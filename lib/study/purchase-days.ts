import 'server-only';
import type { ShopperTrips } from '@/lib/analyses/repeat';
import { addDays, lengthOf } from '@/lib/metrics/periods';
import type { ShopperSet } from '@/lib/query/read-sets';
import { difference, members } from '@/lib/query/shopper-sets';
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
  const shoppers: number[] = [];
  const on: number[] = [];
  let last = -1;
  for (const { period, set } of sets) {
    const day = lengthOf({ from: observed.from, to: period ?? observed.from }) - 1;
    for (const shopper of members(earlier ? difference(set, earlier) : set)) {
      shoppers.push(shopper);
      on.push(day);
      if (shopper > last) last = shopper;
    }
  }
  return { days: byShopper(shoppers, on, last + 1), length: lengthOf(observed) };
}

/** Who bought in the data before the date. */
export async function buyersBefore(study: Study, date: string): Promise<ShopperSet> {
  const { data } = study.resolved.facts;
  const range = data && { from: data.from, to: addDays(date, -1) };
  const [earlier] = range && range.from <= range.to ? await study.sets('Buyers before', study.slice, range) : [];
  return earlier?.set ?? new Uint8Array(0);
}

/** Days come in ascending order, and so keep it within each shopper. */
function byShopper(shoppers: readonly number[], on: readonly number[], size: number): ShopperTrips {
  const starts = new Int32Array(size + 1);
  for (const shopper of shoppers) starts[shopper + 1]! += 1;
  for (let shopper = 0; shopper < size; shopper++) starts[shopper + 1]! += starts[shopper]!;
  const sorted = { shopper: new Int32Array(shoppers.length), period: new Int32Array(shoppers.length) };
  shoppers.forEach((shopper, at) => {
    const place = starts[shopper]!++;
    sorted.shopper[place] = shopper;
    sorted.period[place] = on[at]!;
  });
  return sorted;
}
