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

/** Which lines a leaf runs over: the slice itself, the market of its share, or everything in the slice's dates and places. */
export type Scope = 'slice' | 'market' | 'all';

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

export type Leaf = { scope: Scope } & ({ sum: SumColumn } | { distinct: DistinctOf } | { constant: 'universe' });

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

/** What a leaf is measured in: a sum as its column, anything distinct and the universe are counts. */
export const leafUnit = (leaf: Leaf): Unit => ('sum' in leaf ? sumUnits[leaf.sum] : 'count');

export type Formula =
  | { kind: 'sum'; leaf: Leaf }
  | { kind: 'distinct'; leaf: Leaf }
  | { kind: 'ratio'; over: Leaf; under: Leaf; times?: 100 };

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

export const leavesOf = ({ compute }: Pick<Metric, 'compute'>): Leaf[] =>
  compute.kind === 'ratio' ? [compute.over, compute.under] : [compute.leaf];
