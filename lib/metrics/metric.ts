// The shape of a metric: what the catalog lists and the query compiles.

/** What a metric is measured in; the formatter and the axis follow from it. */
export const units = [
  'money',
  'units',
  'volume',
  'percent',
  'points',
  'count',
  'ratio',
  'index',
  'moneyPerUnit',
] as const;
export type Unit = (typeof units)[number];

/** What the data must hold for the metric to exist. */
export type Need = 'line' | 'shopper' | 'basket' | 'packSize' | 'promotion' | 'store' | 'universe';

/**
 * Which lines a leaf runs over: the slice itself, what of it was on promotion, the market of its share, or everything in the
 * slice's dates and places.
 */
export type Scope = 'slice' | 'promoted' | 'market' | 'all';

/** Columns of the sales rollups (and expressions of the same name over lines). */
export type SumColumn =
  | 'amount'
  | 'units'
  | 'volume'
  | 'identifiedAmount'
  | 'identifiedUnits'
  | 'basketAmount'
  | 'basketUnits'
  | 'promotedAmount'
  | 'promotedUnits'
  | 'lines';

/** Counts of distinct things that made a purchase (a line that is no return, units > 0). */
export type DistinctOf = 'trips' | 'identifiedTrips' | 'shoppers';

/** What the buyers of a slice bought of it: who has nothing but returns is none of them. */
export type BuyingColumn = 'buyers' | 'repeatBuyers' | Bought;
type Bought = 'amount' | 'units' | 'volumeKg' | 'volumeL' | 'purchases';

/** Volume is read in kg and in l, and asked for in whichever it is. */
type AsVolume<Column> = Exclude<Column, 'volumeKg' | 'volumeL'> | 'volume';

/** What the buyers of a slice bought of its market, and how many of them bought nothing else of it. */
export type RequirementsColumn = 'soleBuyers' | Bought;

/** Stores with a purchase, what those sold of the slice, and what all stores did. */
export type StoresColumn = 'selling' | 'sellingAmount' | 'amount';

/**
 * Stores that sell the slice, of those that sell its market, and times weeks; what they sell of everything, once and for each
 * item that they carry, and of the market.
 */
export type ShelfColumn = 'stores' | 'storeWeeks' | 'commodity' | 'itemCommodity' | 'market';

export type Leaf = { scope: Scope } & (
  | { sum: SumColumn }
  | { distinct: DistinctOf }
  | { buying: AsVolume<BuyingColumn> }
  | { requirements: AsVolume<RequirementsColumn> }
  | { stores: StoresColumn }
  | { shelf: ShelfColumn }
  | { constant: 'universe' }
);

const sumUnits: Record<SumColumn, Unit> = {
  amount: 'money',
  units: 'units',
  volume: 'volume',
  identifiedAmount: 'money',
  identifiedUnits: 'units',
  basketAmount: 'money',
  basketUnits: 'units',
  promotedAmount: 'money',
  promotedUnits: 'units',
  lines: 'count',
};

const besideUnits: Partial<Record<AsVolume<BuyingColumn | RequirementsColumn> | StoresColumn | ShelfColumn, Unit>> = {
  amount: 'money',
  units: 'units',
  volume: 'volume',
  sellingAmount: 'money',
  storeWeeks: 'ratio',
  commodity: 'money',
  itemCommodity: 'money',
  market: 'money',
};

/** What a leaf is measured in: a sum as its column, anything distinct and the universe are counts. */
export function leafUnit(leaf: Leaf): Unit {
  if ('sum' in leaf) return sumUnits[leaf.sum];
  if ('buying' in leaf) return besideUnits[leaf.buying] ?? 'count';
  if ('requirements' in leaf) return besideUnits[leaf.requirements] ?? 'count';
  if ('stores' in leaf) return besideUnits[leaf.stores] ?? 'count';
  return 'shelf' in leaf ? (besideUnits[leaf.shelf] ?? 'count') : 'count';
}

export type Formula =
  | { kind: 'sum'; leaf: Leaf }
  | { kind: 'distinct'; leaf: Leaf }
  | { kind: 'ratio'; over: Leaf; under: Leaf; times?: 100 }
  /** A quotient against another, × 100. */
  | { kind: 'index'; over: readonly [Leaf, Leaf]; under: readonly [Leaf, Leaf] };

export interface Metric {
  label: string;
  /** One or two sentences for the glossary and the tooltip. */
  description: string;
  /** The formula in the field's words. */
  formula: string;
  unit: Unit;
  /** Which direction is good news. */
  better: 'higher' | 'lower' | 'neither';
  needs: readonly Need[];
  /** Rests on identified shoppers: carries coverage, and is marked below the low base. */
  shopper: boolean;
  compute: Formula;
}

export function leavesOf({ compute }: Pick<Metric, 'compute'>): Leaf[] {
  if (compute.kind === 'index') return [...compute.over, ...compute.under];
  return compute.kind === 'ratio' ? [compute.over, compute.under] : [compute.leaf];
}
