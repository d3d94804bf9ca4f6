import { quotient, type Minor } from './amounts';
import { splitChange } from './log-mean';

/** A brand and its market in one period. */
export interface SharePeriod {
  brandBuyers: number;
  marketBuyers: number;
  /** Sales of the brand to its buyers: shoppers with at least one purchase line of it. */
  brandBuyerSales: Minor;
  /** Sales of the market to the brand's buyers. */
  marketToBrandBuyers: Minor;
  /** Sales of the market to the market's buyers. */
  marketBuyerSales: Minor;
  /** All identified sales, those of shoppers with nothing but returns included. */
  brandIdentified: Minor;
  marketIdentified: Minor;
  brandAmount: Minor;
  marketAmount: Minor;
}

export type ShareFactor =
  | 'penetration'
  | 'heavyUsage'
  | 'shareOfRequirements'
  // Both together, where the market's sales to the brand's buyers are <= 0.
  | 'sharePerBuyer'
  // The buyers' share as a whole, where penetration or sales are missing or <= 0 in either period.
  | 'buyers'
  | 'returnsOnly'
  | 'coverage';

export interface ShareDecomposition {
  /** Total value share in percent; null where the market's sales are 0. */
  before: number | null;
  after: number | null;
  /** In points. */
  change: number | null;
  /** In points; they add up to the change. Round them for show with roundParts. Empty where a share is null. */
  bars: { factor: ShareFactor; points: number }[];
}

const percent = (over: bigint, under: bigint) => quotient(over, under, 100);
const buyersShare = (p: SharePeriod) => percent(p.brandBuyerSales, p.marketBuyerSales);
const identifiedShare = (p: SharePeriod) => percent(p.brandIdentified, p.marketIdentified);
const totalShare = (p: SharePeriod) => percent(p.brandAmount, p.marketAmount);

/** Stages of penetration × heavy usage × SCR: penetration; its product with heavy usage; the share. */
const chain = (p: SharePeriod) => [
  p.marketBuyers > 0 ? p.brandBuyers / p.marketBuyers : null,
  quotient(p.marketToBrandBuyers, p.marketBuyerSales),
  buyersShare(p),
];
const factors: Record<string, ShareFactor> = {
  '-1 0': 'penetration',
  '0 1': 'heavyUsage',
  '1 2': 'shareOfRequirements',
  '0 2': 'sharePerBuyer',
};

/**
 * Why share changed: relative penetration × SCR × heavy-usage index by the logarithmic mean on sales of buyers; what
 * shoppers with nothing but returns add; and the change between identified and total share (coverage). A share that does
 * not exist (a market of buyers or of identified shoppers without sales) counts as 0, so that bars still add up.
 */
export function decomposeShare(before: SharePeriod, after: SharePeriod): ShareDecomposition {
  const shares = { before: totalShare(before), after: totalShare(after) };
  if (shares.before === null || shares.after === null) return { ...shares, change: null, bars: [] };
  const moved = (share: (p: SharePeriod) => number | null) => (share(after) ?? 0) - (share(before) ?? 0);
  const steps = splitChange(chain(before), chain(after));
  const bars = steps
    ? steps.map(({ from, to, value }) => ({ factor: factors[`${from} ${to}`] ?? 'buyers', points: value }))
    : [{ factor: 'buyers' as const, points: moved(buyersShare) }];
  return {
    ...shares,
    change: shares.after - shares.before,
    bars: [
      ...bars,
      { factor: 'returnsOnly', points: moved(identifiedShare) - moved(buyersShare) },
      { factor: 'coverage', points: moved(totalShare) - moved(identifiedShare) },
    ],
  };
}
