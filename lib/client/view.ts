import { grains, type Comparison, type Filters, type Grain, type QueryInput } from '@/lib/contract/query';
import type { WorkspaceDetail } from '@/lib/contract/workspaces';
import { isRetail, type Calendar } from '@/lib/metrics/calendar';
import { comparisonRange } from '@/lib/metrics/comparison';
import { addDays, addMonths, endOf, lengthOf, startOf, wholeWeeks, within, type Range } from '@/lib/metrics/periods';
import { presets, type Preset, type ViewParams } from './view-params';

// From what the address says to what is asked: dates by the workspace's newest date, a comparison that there is data for.

/** What of the workspace a view rests on. */
export type Extent = Pick<WorkspaceDetail, 'from' | 'to' | 'grain'> & { meta: { calendar: Calendar } };

export interface View {
  preset: Preset | 'custom';
  range: Range;
  compare: Comparison;
  compareRange: Range | null;
  /** Only stores that sold throughout the dates and the comparison. */
  sameStores: boolean;
  filters: Filters;
  grain: Grain;
  /** The grain was chosen, not derived from the range. */
  grainChosen: boolean;
  calendar: Calendar;
}

const standard: Preset = 'last_12_months';

/** The presets that mean something in this calendar. */
export const offeredPresets = ({ fiscalYearStart, retail }: Calendar): Preset[] =>
  presets.filter((preset) => {
    if (preset === 'fiscal_year_to_date') return fiscalYearStart !== 1;
    return retail !== null || !preset.includes('retail');
  });

/** The dates of a preset, counted back from the newest date. */
export function presetRange(preset: Preset, { from, to }: Range, calendar: Calendar): Range {
  const lastWhole = (grain: Grain): Range => {
    const end = endOf(grain, to, calendar) === to ? to : addDays(startOf(grain, to, calendar), -1);
    return { from: startOf(grain, end, calendar), to: end };
  };
  switch (preset) {
    case 'last_4_weeks':
      return { from: addDays(to, -27), to };
    case 'last_12_weeks':
      return { from: addDays(to, -83), to };
    case 'last_52_weeks':
      return { from: addDays(to, -363), to };
    case 'last_week':
      return lastWhole('week');
    case 'last_month':
      return lastWhole('month');
    case 'last_quarter':
      return lastWhole('quarter');
    case 'last_retail_month':
      return lastWhole('retail_month');
    case 'last_12_months':
      return { from: addMonths(addDays(to, 1), -12), to };
    case 'year_to_date':
      return { from: `${to.slice(0, 4)}-01-01`, to };
    case 'fiscal_year_to_date':
      return { from: startOf('year', to, calendar), to };
    case 'retail_year_to_date':
      return { from: startOf('retail_year', to, calendar), to };
    case 'all':
      return { from, to };
  }
}

/** Who keeps a retail calendar reads its months and quarters. */
const inCalendar = (grain: 'month' | 'quarter', { retail }: Calendar): Grain => (retail ? `retail_${grain}` : grain);

/** As fine as reads well: days up to six weeks, weeks up to a year, then months; quarters beyond five years. */
export function grainFor(range: Range, finest: WorkspaceDetail['grain'], calendar: Calendar): Grain {
  const days = lengthOf(range);
  if (days <= 42 && finest !== 'week') return 'day';
  if (days <= 371) return 'week';
  return inCalendar(days <= 1_830 ? 'month' : 'quarter', calendar);
}

/** Coarser, for small charts and lists: some 6 to 26 points. */
export function coarseGrain(
  { range, calendar }: Pick<View, 'range' | 'calendar'>,
  finest: WorkspaceDetail['grain'],
): Grain {
  const days = lengthOf(range);
  if (days <= 21 && finest !== 'week') return 'day';
  if (days <= 120) return 'week';
  return inCalendar(days <= 800 ? 'month' : 'quarter', calendar);
}

/** Days of a period, about. */
const sizes: Record<Grain, number> = {
  day: 1,
  week: 7,
  month: 30,
  quarter: 91,
  year: 365,
  retail_month: 30,
  retail_quarter: 91,
  retail_year: 365,
};

/** Grains that give at least two and at most 500 points, and the one that is shown unless another is chosen. */
export function offeredGrains(range: Range, finest: WorkspaceDetail['grain'], calendar: Calendar): Grain[] {
  const days = lengthOf(range);
  const standing = grainFor(range, finest, calendar);
  return grains.filter((grain) => {
    if (grain === standing) return true;
    if ((grain === 'day' && finest === 'week') || (isRetail(grain) && !calendar.retail)) return false;
    return days / sizes[grain] >= 1.5 && days / sizes[grain] <= 500;
  });
}

function standardComparison(range: Range, data: Range, calendar: Calendar): Comparison {
  const known = (['previous_year', 'previous_period'] as const).find((comparison) => {
    const before = comparisonRange(range, comparison, calendar, data.to);
    return before !== null && before.from >= data.from;
  });
  return known ?? 'none';
}

const listed = [
  ...(['manufacturer', 'brand', 'category', 'product', 'region', 'channel', 'store', 'group', 'store_group'] as const),
];

function listsOf(params: ViewParams, prefix: '' | 'not_'): NonNullable<Filters['exclude']> {
  const lists: NonNullable<Filters['exclude']> = {};
  for (const name of listed) {
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
  const { calendar } = extent.meta;
  const preset = params.period && offeredPresets(calendar).includes(params.period) ? params.period : standard;
  const range = custom ?? within(presetRange(preset, data, calendar), data) ?? data;
  const newest = extent.grain === 'week' ? wholeWeeks(data, calendar).to : data.to;
  const beside = (comparison: Comparison): Range | null => comparisonRange(range, comparison, calendar, newest);
  const asked = params.compare;
  const compare = asked && (asked === 'none' || beside(asked)) ? asked : standardComparison(range, data, calendar);
  const offered = offeredGrains(range, extent.grain, calendar);
  const chosen = params.grain !== null && offered.includes(params.grain) ? params.grain : null;
  return {
    preset: custom ? 'custom' : preset,
    range,
    compare,
    compareRange: beside(compare),
    sameStores: params.stores === 'same' && beside(compare) !== null,
    filters: filtersOf(params),
    grain: chosen ?? grainFor(range, extent.grain, calendar),
    grainChosen: chosen !== null,
    calendar,
  };
}

/** A query on the view's dates, comparison and slice. */
export const inView = (view: View, ask: Omit<QueryInput, 'from' | 'to'>): QueryInput => ({
  from: view.range.from,
  to: view.range.to,
  compare: view.compare,
  // By its dates, so that parts that compare nothing keep the same stores.
  ...(view.sameStores && view.compareRange && { sameStores: view.compareRange }),
  filters: view.filters,
  ...ask,
});
