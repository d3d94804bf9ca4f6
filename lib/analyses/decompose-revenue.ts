import { addUp, type Milli, type Minor } from './amounts';
import { splitChange } from './log-mean';

/** What a slice sold in one period. Identified sums include the returns of identified shoppers. */
export interface RevenuePeriod {
  amount: Minor;
  identifiedAmount: Minor;
  identifiedUnits: Milli;
  /** Null where the data has no baskets. */
  identifiedTrips: number | null;
  buyers: number;
}

export type RevenueFactor =
  | 'buyers'
  | 'frequency'
  | 'unitsPerTrip'
  | 'price'
  // Where trips or units have no logarithm, the factors that meet in them are one bar.
  | 'unitsPerBuyer'
  | 'spendPerTrip'
  | 'buyRate'
  // The whole of identified sales, where buyers or sales are missing or <= 0 in either period.
  | 'identified'
  | 'anonymous';

export interface RevenueDecomposition {
  change: Minor;
  bars: { factor: RevenueFactor; amount: Minor }[];
  /** Why identified sales are one bar; null where they are split. */
  unsplit: 'new' | 'lost' | 'noSales' | null;
}

const stages = ['buyers', 'trips', 'units', 'amount'] as const;
const factors: Record<string, RevenueFactor> = {
  buyers: 'buyers',
  'buyers trips': 'frequency',
  'buyers units': 'unitsPerBuyer',
  'buyers amount': 'buyRate',
  'trips units': 'unitsPerTrip',
  'trips amount': 'spendPerTrip',
  'units amount': 'price',
};

/**
 * Why revenue changed: identified sales = buyers × frequency × units per trip × price by the logarithmic mean, and
 * anonymous sales. Bars add up to the change; periods swapped, every bar is negated.
 */
export function decomposeRevenue(before: RevenuePeriod, after: RevenuePeriod): RevenueDecomposition {
  const chain = (p: RevenuePeriod) => [
    p.buyers,
    p.identifiedTrips,
    Number(p.identifiedUnits) / 1000,
    Number(p.identifiedAmount),
  ];
  const change = after.amount - before.amount;
  const identified = after.identifiedAmount - before.identifiedAmount;
  const anonymous = { factor: 'anonymous' as const, amount: change - identified };
  const steps = splitChange(chain(before), chain(after));
  if (!steps) {
    return { change, bars: [{ factor: 'identified', amount: identified }, anonymous], unsplit: reason(before, after) };
  }
  const amounts = addUp(
    steps.map(({ value }) => value),
    identified,
  );
  const bars = steps.map(({ from, to }, at) => {
    const name = [stages[from], stages[to]].filter(Boolean).join(' ');
    return { factor: factors[name] ?? 'identified', amount: amounts[at] ?? 0n };
  });
  return { change, bars: [...bars, anonymous], unsplit: null };
}

function reason(before: RevenuePeriod, after: RevenuePeriod): 'new' | 'lost' | 'noSales' {
  const sold = (p: RevenuePeriod) => p.buyers > 0 && p.identifiedAmount > 0n;
  if (sold(before) === sold(after)) return 'noSales';
  return sold(after) ? 'new' : 'lost';
}
