import { quotient, total, type Milli, type Minor } from './amounts';

export interface DealSums {
  amount: Minor;
  units: Milli;
  /** Null where it is unavailable. */
  volume: Milli | null;
}

/** Promoted ÷ total, in percent. */
export const onDeal = (promoted: DealSums, all: DealSums): Record<'value' | 'units' | 'volume', number | null> => ({
  value: quotient(promoted.amount, all.amount, 100),
  units: quotient(promoted.units, all.units, 100),
  volume: quotient(promoted.volume, all.volume, 100),
});

/** An item in a store over the period, net of returns. */
export interface ItemStoreDeals {
  /** Promoted lines that carry a base price: what was paid, and what it would have been at that price. */
  givenAmount: Minor;
  givenBaseAmount: Minor;
  /** Promoted lines without one. */
  otherAmount: Minor;
  otherUnits: Milli;
  /** Lines that were not promoted: their average price is the base of the former. */
  regularAmount: Minor;
  regularUnits: Milli;
}

export interface DiscountDepth {
  /** (Base − paid) ÷ base on promoted sales, in percent. */
  depth: number | null;
  paid: Minor;
  base: Minor;
  /** Part of promoted value for which a base price is known, in percent. */
  coverage: number | null;
}

/** How deep promotions cut. An item-store that sold nothing at a regular price has no base: it only lowers coverage. */
export function discountDepth(rows: readonly ItemStoreDeals[]): DiscountDepth {
  const bases = rows.map((row) => {
    const estimated = row.regularUnits > 0n && row.regularAmount > 0n && row.otherUnits > 0n;
    return {
      paid: row.givenAmount + (estimated ? row.otherAmount : 0n),
      base: row.givenBaseAmount + (estimated ? scaled(row.otherUnits, row.regularAmount, row.regularUnits) : 0n),
    };
  });
  const paid = total(bases.map((one) => one.paid));
  const base = total(bases.map((one) => one.base));
  const promoted = total(rows.map((row) => row.givenAmount + row.otherAmount));
  return { depth: quotient(base - paid, base, 100), paid, base, coverage: quotient(paid, promoted, 100) };
}

/** units × amount ÷ regular units, rounded half up; all above 0. */
const scaled = (units: Milli, amount: Minor, regularUnits: Milli): Minor =>
  (2n * units * amount + regularUnits) / (2n * regularUnits);
