import type { MetricMeta } from '@/lib/contract/query';
import { metricOf, type Leaf, type Metric, type MetricId, type SumColumn } from '@/lib/metrics/catalog';
import { leafUnit, leavesOf } from '@/lib/metrics/metric';
import { divide, leafValue, usesVolume, volumeUnit, type Leaves, type Scoped } from '@/lib/metrics/compute';
import type { Family } from './cut';
import { sumColumns } from '@/lib/rollups/levels';
import type { Choice, StoredSum } from './plan';
import { rejections, spendRejections } from './rejections';
import type { Scopes } from './scopes';
import type { Done } from './read';

// How a number came about: its sources, why those, what they cost, and the leaves it is made of.

export function familyOf(leaf: Leaf): Family | null {
  if ('constant' in leaf) return null;
  if ('sum' in leaf) return 'sums';
  if ('distinct' in leaf) return leaf.distinct === 'shoppers' ? 'shoppers' : 'trips';
  return (['buying', 'requirements', 'stores', 'shelf'] as const).find((family) => family in leaf) ?? null;
}

/** Bases of buyers and of stores are of the market at whatever price. */
export const scopeOf = ({ scope }: Leaf, family: Family): Exclude<keyof Scopes, 'marketNodes'> =>
  scope === 'market' && (family === 'shoppers' || family === 'stores') ? 'marketShoppers' : scope;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The stored sums that metrics rest on, those of their coverage among them; lines tell which rows there are. */
export function columnsOf(metrics: readonly MetricId[]): StoredSum[] {
  const needed = new Set<string>(['lines', 'amount', 'units']);
  for (const metric of metrics.map(metricOf)) {
    if (metric.needs.includes('shopper')) needed.add('identified_amount');
    if (metric.needs.includes('basket')) needed.add('basket_amount');
    if (metric.needs.includes('packSize')) ['volume_kg', 'volume_l', 'sized_units'].forEach((one) => needed.add(one));
    for (const leaf of leavesOf(metric)) if ('sum' in leaf) needed.add(snake(leaf.sum));
  }
  return sumColumns.filter((column) => needed.has(column));
}

const sumLabels: Record<SumColumn, string> = {
  amount: 'Value sales',
  units: 'Unit sales',
  volume: 'Volume sales',
  identifiedAmount: 'Identified sales',
  identifiedUnits: 'Identified units',
  basketAmount: 'Sales with a basket',
  basketUnits: 'Units with a basket',
  promotedAmount: 'Promoted sales',
  promotedUnits: 'Promoted units',
  lines: 'Lines',
};
const distinctLabels = { trips: 'Trips', identifiedTrips: 'Identified trips', shoppers: 'Buyers' } as const;

const buyingLabels = {
  buyers: 'Buyers',
  repeatBuyers: 'Buyers on 2 or more trips',
  amount: 'Sales to buyers',
  units: 'Units to buyers',
  volume: 'Volume to buyers',
  purchases: 'Purchases of buyers',
} as const;
const requirementsLabels = {
  soleBuyers: 'Buyers of nothing else',
  amount: 'What they spend in the market',
  units: 'Units they buy in the market',
  volume: 'Volume they buy in the market',
  purchases: 'Purchases they make in the market',
} as const;
const storesLabels = {
  slice: { selling: 'Stores selling', sellingAmount: 'Sales of stores selling', amount: 'Sales in stores' },
  market: {
    selling: 'Stores that sell the market',
    sellingAmount: 'Market sales of these stores',
    amount: 'Market sales in stores',
  },
  all: {
    selling: 'Stores that sell anything',
    sellingAmount: 'All-commodity sales of these stores',
    amount: 'All-commodity sales of all stores',
  },
} as const;
const shelfLabels = {
  stores: 'Stores selling',
  storeWeeks: 'Stores selling × weeks',
  commodity: 'All-commodity sales of stores selling',
  itemCommodity: 'The same, once for each item carried',
  market: 'Market sales of stores selling',
} as const;

function labelIn(leaf: Exclude<Leaf, { constant: 'universe' }>): string {
  if ('sum' in leaf) return sumLabels[leaf.sum];
  if ('distinct' in leaf) return distinctLabels[leaf.distinct];
  if ('buying' in leaf) return buyingLabels[leaf.buying];
  if ('requirements' in leaf) return requirementsLabels[leaf.requirements];
  if ('shelf' in leaf) return shelfLabels[leaf.shelf];
  return storesLabels[leaf.scope === 'market' || leaf.scope === 'all' ? leaf.scope : 'slice'][leaf.stores];
}

export function labelOf(leaf: Leaf): string {
  if ('constant' in leaf) return 'Universe';
  if ('distinct' in leaf && leaf.scope === 'all') return 'All shoppers';
  const label = labelIn(leaf);
  if ('stores' in leaf) return label;
  if (leaf.scope === 'promoted') return `${label} on promotion`;
  return leaf.scope === 'market' ? `${label} of the market` : label;
}

const words = { ...rejections, ...spendRejections };

/** The reason for a choice of source, as a sentence. */
export function because({ parts, rejected }: Choice): string {
  const reasons = rejected.map((one) => words[one]).join('; ');
  if (parts.every((part) => part.source === 'lines')) return `Counted on the lines: ${reasons}.`;
  const [first, second] = parts.map((part) => part.source);
  if (reasons) return `Whole months from ${first}; ${reasons}.`;
  if (second) return `Whole months from ${first}, the days around them from ${second}.`;
  if (first === 'item_month') return 'What stores sold of each product on each day is kept in item_month.';
  return first?.includes('month')
    ? `The dates are whole months, which ${first} holds.`
    : `The dates need days, which ${first} holds.`;
}

export interface Told {
  id: MetricId;
  /** Statements that the metric's leaves came from. */
  done: Done[];
  /** The totals, added over periods: their sums only. */
  total: Leaves | null;
  /** The totals of the whole range, where there is no grain. */
  now: Scoped | null;
  before: Scoped | null;
  notes: string[];
}

export function explain({ id, done, total, now, before, notes }: Told): MetricMeta {
  const metric = metricOf(id);
  const sources = [...new Set(done.flatMap((step) => step.choice.parts.map((part) => part.source)))];
  const reasons = [...new Set(done.map((step) => because(step.choice)))];
  const coverage = total && coverageOf(metric, total);
  const unit = total && leavesOf(metric).some(usesVolume) ? volumeUnit(total) : null;
  return {
    state: 'ok',
    ...(sources.length > 0 && { source: sources.join(' + '), because: reasons.join(' ') }),
    rowsRead: done.reduce((sum, step) => sum + step.rowsRead, 0),
    ms: Math.round(done.reduce((sum, step) => sum + step.ms, 0) * 10) / 10,
    ...(unit && unit !== 'mixed' && { unit }),
    ...(coverage !== undefined && { coverage }),
    ...(now && {
      leaves: leavesOf(metric).map((leaf) => ({
        label: labelOf(leaf),
        unit: leafUnit(leaf),
        value: leafValue(leaf, now),
        ...(before && { previous: leafValue(leaf, before) }),
      })),
    }),
    ...(notes.length > 0 && { notes }),
  };
}

/** Which part of sales the metric rests on; undefined where it rests on all of them. */
function coverageOf(metric: Metric, { sums }: Leaves): number | null | undefined {
  if (metric.needs.includes('shopper')) return divide(sums.identifiedAmount, sums.amount, 100);
  if (metric.needs.includes('basket')) return divide(sums.basketAmount, sums.amount, 100);
  return metric.needs.includes('packSize') ? divide(sums.sizedUnits, sums.units, 100) : undefined;
}
