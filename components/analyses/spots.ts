import type { Spot } from '@/components/charts/PointsChart';
import { columnAt } from '@/components/charts/plot';
import type { AnalysisChart, AnalysisTable } from '@/lib/contract/analyses';
import type { Unit } from '@/lib/metrics/catalog';

/** Points of a table, named by its first column of text; null where an axis is no number. Rows without a number have none. */
export function spotsOf(table: AnalysisTable, { x, y }: Pick<AnalysisChart, 'x' | 'y'>) {
  const at = columnAt(table, x);
  const drawn = y.map((id) => columnAt(table, id)).filter((index) => index >= 0);
  const axis = (index: number): { name: string; unit: Unit } | null => {
    const column = table.columns[index];
    return column && column.unit !== 'text' ? { name: column.label, unit: column.unit } : null;
  };
  const across = axis(at);
  const up = drawn.flatMap((index) => axis(index) ?? []);
  if (!across || up.length === 0 || up.length < drawn.length) return null;
  const named = table.columns.findIndex(({ unit }) => unit === 'text');
  const spots = table.rows.flatMap((row): Spot[] => {
    const value = row[at];
    const heights = drawn.map((index) => (typeof row[index] === 'number' ? row[index] : null));
    if (typeof value !== 'number' || heights[0] === null) return [];
    return [{ name: String(row[named] ?? ''), x: value, y: heights }];
  });
  const colours = ['var(--accent)', 'var(--compare)'];
  return { spots, x: across, y: up.map((one, index) => ({ ...one, colour: colours[index] ?? 'var(--ink-3)' })) };
}
