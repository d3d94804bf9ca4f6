import 'server-only';
import type { DealSums, ItemStoreDeals } from '@/lib/analyses/on-deal';
import type { VolumeUnit } from '@/lib/metrics/compute';
import type { Items } from '@/lib/query/join-items';
import type { Product } from './study';

/** What was sold of products, in all and on promotion. Amounts in the minor unit, units and volumes in thousandths. */
export interface Deals {
  amount: number;
  units: number;
  promotedAmount: number;
  promotedUnits: number;
  volume: Record<VolumeUnit, { all: number; promoted: number }>;
  itemStores: ItemStoreDeals[];
}

/** Of one product, by store. */
export function dealsOf(item: Items, product: Product | undefined): Deals {
  const sum = (column: Float64Array): number => column.reduce((all, one) => all + one, 0);
  const units = sum(item.units);
  const promotedUnits = sum(item.promoted_units);
  const none = { all: 0, promoted: 0 };
  const volume = { kg: none, l: none };
  if (product?.pack) {
    const { size, unit } = product.pack;
    volume[unit] = { all: Math.round(units * size), promoted: Math.round(promotedUnits * size) };
  }
  return {
    amount: sum(item.amount),
    units,
    promotedAmount: sum(item.promoted_amount),
    promotedUnits,
    volume,
    itemStores: itemStoresOf(item),
  };
}

type Sums = Record<keyof ItemStoreDeals, number>;

function itemStoresOf(item: Items): ItemStoreDeals[] {
  const stores = new Map<number, Sums>();
  const blank = (): Sums => ({
    givenAmount: 0,
    givenBaseAmount: 0,
    otherAmount: 0,
    otherUnits: 0,
    regularAmount: 0,
    regularUnits: 0,
  });
  // Where only some of a day's promoted lines carry a base price, the units of the others aren't known: they have no base.
  const unknown = blank();
  item.store.forEach((store, at) => {
    const sums = stores.get(store) ?? blank();
    stores.set(store, sums);
    const read = (column: Float64Array): number => column[at] ?? 0;
    const promoted = read(item.promoted_amount);
    const promotedUnits = read(item.promoted_units);
    const given = read(item.based_amount);
    const base = read(item.base_amount);
    sums.regularAmount += read(item.amount) - promoted;
    sums.regularUnits += read(item.units) - promotedUnits;
    if (base === 0) {
      sums.otherAmount += promoted;
      sums.otherUnits += promotedUnits;
    } else {
      sums.givenAmount += given;
      sums.givenBaseAmount += base;
      unknown.otherAmount += promoted - given;
    }
  });
  const whole = (sums: Sums): ItemStoreDeals => ({
    givenAmount: BigInt(sums.givenAmount),
    givenBaseAmount: BigInt(sums.givenBaseAmount),
    otherAmount: BigInt(sums.otherAmount),
    otherUnits: BigInt(sums.otherUnits),
    regularAmount: BigInt(sums.regularAmount),
    regularUnits: BigInt(sums.regularUnits),
  });
  return [...stores.values(), unknown].map(whole);
}

export function addDeals(list: readonly Deals[]): Deals {
  const sum = (of: (deals: Deals) => number): number => list.reduce((all, deals) => all + of(deals), 0);
  const volume = (unit: VolumeUnit) => ({
    all: sum((deals) => deals.volume[unit].all),
    promoted: sum((deals) => deals.volume[unit].promoted),
  });
  return {
    amount: sum(({ amount }) => amount),
    units: sum(({ units }) => units),
    promotedAmount: sum(({ promotedAmount }) => promotedAmount),
    promotedUnits: sum(({ promotedUnits }) => promotedUnits),
    volume: { kg: volume('kg'), l: volume('l') },
    itemStores: list.flatMap(({ itemStores }) => itemStores),
  };
}

const soldIn = (volume: Deals['volume']): VolumeUnit[] =>
  (['kg', 'l'] as const).filter((unit) => volume[unit].all !== 0);

/** What the volume on deal is of, or why there is none. */
export function volumeNote({ volume }: Deals): string {
  const { length } = soldIn(volume);
  if (length > 1)
    return 'Kilograms and litres mix in what was sold: there is no one volume. Choose a category of either.';
  return length === 1 ? 'Of what has a pack size.' : 'Nothing that was sold has a pack size.';
}

/** Volume of what has a pack size; null where kg and l mix, or nothing has one. */
export function sumsOf({ volume, ...deals }: Deals): { promoted: DealSums; all: DealSums } {
  const units = soldIn(volume);
  const [unit] = units;
  const one = unit && units.length === 1 ? volume[unit] : null;
  return {
    promoted: {
      amount: BigInt(deals.promotedAmount),
      units: BigInt(deals.promotedUnits),
      volume: one && BigInt(one.promoted),
    },
    all: { amount: BigInt(deals.amount), units: BigInt(deals.units), volume: one && BigInt(one.all) },
  };
}
