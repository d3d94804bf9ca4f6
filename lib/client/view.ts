import type { Comparison, Filters, Grain, QueryInput } from '@/lib/contract/query';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import {
  addDays,
  addMonths,
  comparisonRange,
  endOf,
  lengthOf,
  previousPeriod,
  previousYear,
  startOf,
  within,
  type Range,
} from '@/lib/metrics/periods';
import type { Preset, ViewParams } from './view-params';

// From what the address says to what is asked: dates by the workspace's newest date, a comparison that there is data for.

/** What of the workspace a view rests on. */
export type Extent = Pick<WorkspaceDetail, 'from' | 'to' | 'grain'>;

export interface View {
  preset: Preset | 'custom';
  range: Range;
  compare: Comparison;
  compareRange: Range | null;
  filters: Filters;
  grain: Grain;
  /** The grain was chosen, not derived from the range. */
  grainChosen: boolean;
}

const standard: Preset = 'last_12_months';

/** The dates of a preset, counted back from the newest date. */
export function presetRange(preset: Preset, { from, to }: Range): Range {
  const lastWhole = (grain: 'month' | 'quarter'): Range => {
    const end = endOf(grain, to) === to ? to : addDays(startOf(grain, to), -1);
    return { from: startOf(grain, end), to: end };
  };
  switch (preset) {
    case 'last_4_weeks':
      return { from: addDays(to, -27), to };
    case 'last_12_weeks':
      return { from: addDays(to, -83), to };
    case 'last_52_weeks':
      return { from: addDays(to, -363), to };
    case 'last_month':
      return lastWhole('month');
    case 'last_quarter':
      return lastWhole('quarter');
    case 'last_12_months':
      return { from: addMonths(addDays(to, 1), -12), to };
    case 'year_to_date':
      return { from: startOf('year', to), to };
    case 'all':
      return { from, to };
  }
}

/** As fine as reads well: days up to six weeks, weeks up to a year, then months; quarters beyond five years. */
export function grainFor(range: Range, finest: WorkspaceDetail['grain']): Grain {
  const days = lengthOf(range);
  if (days <= 42 && finest !== 'week') return 'day';
  if (days <= 371) return 'week';
  return days <= 1_830 ? 'month' : 'quarter';
}

/** Coarser, for small charts and lists: some 6 to 26 points. */
export function coarseGrain(range: Range, finest: WorkspaceDetail['grain']): Grain {
  const days = lengthOf(range);
  if (days <= 21 && finest !== 'week') return 'day';
  if (days <= 120) return 'week';
  return days <= 800 ? 'month' : 'quarter';
}

/** Grains that give at least two and at most 500 points. */
export function offeredGrains(range: Range, finest: WorkspaceDetail['grain']): Grain[] {
  const days = lengthOf(range);
  const sizes: [Grain, number][] = [
    ['day', 1],
    ['week', 7],
    ['month', 30],
    ['quarter', 91],
    ['year', 365],
  ];
  return sizes
    .filter(([grain, size]) => (finest !== 'week' || grain !== 'day') && days / size >= 1.5 && days / size <= 500)
    .map(([grain]) => grain);
}

function standardComparison(range: Range, data: Range): Comparison {
  if (previousYear(range).from >= data.from) return 'previous_year';
  return previousPeriod(range).from >= data.from ? 'previous_period' : 'none';
}

function listsOf(params: ViewParams, prefix: '' | 'not_'): NonNullable<Filters['exclude']> {
  const lists: NonNullable<Filters['exclude']> = {};
  for (const name of ['manufacturer', 'brand', 'category', 'product', 'region', 'channel', 'store'] as const) {
    const ids = params[`${prefix}${name}`]?.filter((id) => id > 0);
    if (ids?.length) lists[name] = ids;
  }
  const attributes = new Map<string, NonNullable<Filters['attributes']>[number]>();
  for (const { of, name, value } of params[`${prefix}attr`] ?? []) {
    const known = attributes.get(`${of}:${name}`);
    if (known) known.values.push(value);
    else attributes.set(`${of}:${name}`, { of, name, values: [value] });
  }
  if (attributes.size > 0) lists.attributes = [...attributes.values()];
  return lists;
}

function filtersOf(params: ViewParams): Filters {
  const exclude = listsOf(params, 'not_');
  return {
    ...listsOf(params, ''),
    ...(params.promotion && { promotion: params.promotion }),
    ...(Object.keys(exclude).length > 0 && { exclude }),
    ...(params.shoppers?.length && { shoppers: params.shoppers.slice(0, 5) }),
  };
}

/** The view of an address; null for a workspace without data. */
export function resolveView(params: ViewParams, extent: Extent): View | null {
  if (!extent.from || !extent.to) return null;
  const data: Range = { from: extent.from, to: extent.to };
  const custom = params.from && params.to && params.from <= params.to ? { from: params.from, to: params.to } : null;
  const preset = params.period ?? standard;
  const range = custom ?? within(presetRange(preset, data), data) ?? data;
  const compare = params.compare ?? standardComparison(range, data);
  const offered = offeredGrains(range, extent.grain);
  const chosen = params.grain !== null && offered.includes(params.grain) ? params.grain : null;
  return {
    preset: custom ? 'custom' : preset,
    range,
    compare,
    compareRange: comparisonRange(range, compare),
    filters: filtersOf(params),
    grain: chosen ?? grainFor(range, extent.grain),
    grainChosen: chosen !== null,
  };
}

/** A query on the view's dates, comparison and slice. */
export const inView = (view: View, ask: Omit<QueryInput, 'from' | 'to'>): QueryInput => ({
  from: view.range.from,
  to: view.range.to,
  compare: view.compare,
  filters: view.filters,
  ...ask,
});
