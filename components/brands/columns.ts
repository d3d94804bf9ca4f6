import { metricOf, type MetricId } from '@/lib/metrics/catalog';

// What the league table can show. A change is a column of its own, so that it can be sorted by.

export interface Column {
  /** As the query sorts by it. */
  id: string;
  metric: MetricId;
  change: boolean;
  label: string;
}

const value = (metric: MetricId, label = metricOf(metric).label): Column => ({
  id: metric,
  metric,
  change: false,
  label,
});
const change = (metric: MetricId, label: string): Column => ({ id: `change:${metric}`, metric, change: true, label });

export const columns: readonly Column[] = [
  value('value_sales'),
  change('value_sales', 'Growth'),
  value('value_share'),
  change('value_share', 'Share change'),
  value('unit_sales'),
  change('unit_sales', 'Unit growth'),
  value('unit_share'),
  value('buyers'),
  value('penetration', 'Penetration'),
  change('penetration', 'Pen. change'),
  value('relative_penetration', 'Relative penetration'),
  value('buy_rate'),
  value('frequency'),
  value('spend_per_trip'),
  value('units_per_trip'),
  value('average_price', 'Avg. price'),
  change('average_price', 'Price change'),
  value('on_deal_value', 'On deal'),
  value('coverage'),
];

export const columnIds = columns.map(({ id }) => id);

export const standardColumns: readonly string[] = [
  'value_sales',
  'change:value_sales',
  'value_share',
  'change:value_share',
  'penetration',
  'buy_rate',
  'frequency',
  'average_price',
];

/** The columns chosen, in their fixed order; changes only where something is compared with. */
export function shownColumns(chosen: readonly string[], compared: boolean): Column[] {
  return columns.filter((column) => chosen.includes(column.id) && (compared || !column.change));
}

/** Sales and share are asked for in any case: they order the table and say what the market is. */
export const metricsOf = (shown: readonly Column[]): MetricId[] => [
  ...new Set<MetricId>(['value_sales', 'value_share', ...shown.map(({ metric }) => metric)]),
];

const standardSort = '-value_sales';

/** The order that the address asks for, where a column shown has it; else the largest first. */
export function sortOf(asked: string | null, shown: readonly Column[]): string {
  const id = asked?.replace(/^-/, '');
  return asked && (id === 'name' || shown.some((column) => column.id === id)) ? asked : standardSort;
}

/** Pressing a column's head: first its natural order (numbers from the largest, names from A), then the other. */
export function nextSort(current: string, id: string): string {
  const first = id === 'name' ? id : `-${id}`;
  const second = id === 'name' ? `-${id}` : id;
  return current === first ? second : first;
}
