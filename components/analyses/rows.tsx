import type { TableData } from '@/components/ui/PlainTable';
import type { AnalysisTable } from '@/lib/contract/analyses';
import { formatUnit, type NumberStyle } from '@/lib/metrics/format';

type Unit = AnalysisTable['columns'][number]['unit'];

/** A cell as it is read: null is n/a, or not to be known yet. */
export const written = (unit: Unit, value: number | string | null, style: NumberStyle): string => {
  if (typeof value === 'string') return value;
  if (unit === 'text') return value === null ? '' : String(value);
  return formatUnit(unit, value, style);
};

/** A table of an analysis, to read and to export; the total stands last. */
export function rowsOf({ columns, rows, total }: AnalysisTable, style: NumberStyle): TableData {
  const line = (row: readonly (number | string | null)[]) =>
    columns.map(({ unit }, at) => written(unit, row[at] ?? null, style));
  return {
    columns: columns.map(({ label, unit }) => ({ label, numeric: unit !== 'text' })),
    rows: [...rows.map(line), ...(total ? [line(total).map((text, at) => <strong key={at}>{text}</strong>)] : [])],
    raw: [...rows, ...(total ? [total] : [])],
  };
}
