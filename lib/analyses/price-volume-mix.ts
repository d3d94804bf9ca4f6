import { addUp, total, type Milli, type Minor } from './amounts';

/** One item (product) in both periods; 0 where it sold nothing. */
export interface ItemSales {
  unitsBefore: Milli;
  amountBefore: Minor;
  unitsAfter: Milli;
  amountAfter: Minor;
}

export interface PriceVolumeMix {
  change: Minor;
  price: Minor;
  volume: Minor;
  mix: Minor;
  newItems: Minor;
  lostItems: Minor;
  /** Items with units or amount <= 0 in a period in which they have lines: they have no price (net returns, given away). */
  withoutPrice: Minor;
  items: { continuing: number; new: number; lost: number; withoutPrice: number };
}

type State = 'sold' | 'none' | 'other';
const stateOf = (units: Milli, amount: Minor): State =>
  units > 0n && amount > 0n ? 'sold' : units === 0n && amount === 0n ? 'none' : 'other';

function kindOf(item: ItemSales): keyof PriceVolumeMix['items'] | null {
  const before = stateOf(item.unitsBefore, item.amountBefore);
  const after = stateOf(item.unitsAfter, item.amountAfter);
  if (before === 'none' && after === 'none') return null;
  if (before === 'sold' && after === 'sold') return 'continuing';
  if (before === 'none' && after === 'sold') return 'new';
  return before === 'sold' && after === 'none' ? 'lost' : 'withoutPrice';
}

/**
 * Continuing items: price Σ q2(p2 − p1); volume (Q2 − Q1)·R1/Q1; mix Σ (q2 − q1)p1 − volume. New, lost, and items without
 * a price are bars of their own. All add up to the change.
 */
export function priceVolumeMix(items: readonly ItemSales[]): PriceVolumeMix {
  const groups = {
    continuing: [] as ItemSales[],
    new: [] as ItemSales[],
    lost: [] as ItemSales[],
    withoutPrice: [] as ItemSales[],
  };
  for (const item of items) {
    const kind = kindOf(item);
    if (kind) groups[kind].push(item);
  }
  const changeOf = (list: readonly ItemSales[]) => total(list.map((i) => i.amountAfter - i.amountBefore));

  const { continuing } = groups;
  const units1 = Number(total(continuing.map((i) => i.unitsBefore)));
  const units2 = Number(total(continuing.map((i) => i.unitsAfter)));
  const amount1 = Number(total(continuing.map((i) => i.amountBefore)));
  // What the second period's units would have cost at the first period's prices.
  const repriced = continuing.reduce(
    (sum, i) => sum + Number(i.unitsAfter) * (Number(i.amountBefore) / Number(i.unitsBefore)),
    0,
  );
  const price = Number(total(continuing.map((i) => i.amountAfter))) - repriced;
  const volume = continuing.length === 0 ? 0 : ((units2 - units1) * amount1) / units1;
  const mix = repriced - amount1 - volume;
  const [rounded, volumeRounded, mixRounded] = addUp([price, volume, mix], changeOf(continuing));
  return {
    change: changeOf(items),
    price: rounded ?? 0n,
    volume: volumeRounded ?? 0n,
    mix: mixRounded ?? 0n,
    newItems: changeOf(groups.new),
    lostItems: changeOf(groups.lost),
    withoutPrice: changeOf(groups.withoutPrice),
    items: {
      continuing: continuing.length,
      new: groups.new.length,
      lost: groups.lost.length,
      withoutPrice: groups.withoutPrice.length,
    },
  };
}
