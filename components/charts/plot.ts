import type { AnalysisChart, AnalysisTable } from '@/lib/contract/analyses';
import { none } from '@/lib/metrics/format';
import { colourOf } from './colours';

// From the table of an analysis to what a chart draws: one unit on one axis, a point a row.

type Unit = Exclude<AnalysisTable['columns'][number]['unit'], 'text'>;

export interface Plot {
  unit: Unit;
  series: { id: string; name: string; colour: string }[];
  points: PlotPoint[];
  total: PlotPoint | null;
}

export interface PlotPoint {
  name: string;
  values: Record<string, number | null>;
}

const number = (cell: unknown): number | null => (typeof cell === 'number' ? cell : null);

export const columnAt = ({ columns }: AnalysisTable, id: string): number => columns.findIndex((one) => one.id === id);

/** Null where the table has no such columns. */
export function plotOf(table: AnalysisTable, { x, y }: Pick<AnalysisChart, 'x' | 'y'>): Plot | null {
  const at = columnAt(table, x);
  const drawn = y.map((id) => columnAt(table, id)).filter((index) => index >= 0);
  const unit = table.columns[drawn[0] ?? -1]?.unit;
  if (at < 0 || !unit || unit === 'text') return null;
  // What is in another unit does not belong on this axis; the table has it.
  const alike = drawn.filter((index) => table.columns[index]?.unit === unit);
  const point = (row: AnalysisTable['rows'][number]): PlotPoint => ({
    name: String(row[at] ?? none),
    values: Object.fromEntries(alike.map((index) => [table.columns[index]!.id, number(row[index])])),
  });
  return {
    unit,
    series: alike.map((index, order) => ({
      id: table.columns[index]!.id,
      name: table.columns[index]!.label,
      colour: alike.length === 1 ? 'var(--accent)' : colourOf(order + 1),
    })),
    points: table.rows.map(point),
    total: table.total ? point(table.total) : null,
  };
}

export interface Step {
  name: string;
  value: number;
  /** Where the bar begins and ends. */
  span: [number, number];
  /** Where all steps lead: it stands on zero. */
  total: boolean;
}

/** Each row a step from where the one before ended, and the table's total at the end. */
export function stepsOf({ points, series, total }: Plot): Step[] {
  const key = series[0]?.id ?? '';
  let end = 0;
  const steps = points.flatMap(({ name, values }): Step[] => {
    const value = values[key] ?? null;
    if (value === null) return [];
    const begin = end;
    end += value;
    return [{ name, value, span: [begin, end], total: false }];
  });
  const sum = total?.values[key] ?? null;
  if (!total || sum === null) return steps;
  return [...steps, { name: total.name, value: sum, span: [0, sum], total: true }];
}

/** Row and column of the table that the number stands in. */
export interface MatrixCell {
  value: number | null;
  own: boolean;
  row: number;
  column: string;
}

export interface Matrix {
  unit: Unit;
  /** Columns of other numbers that stand before: how many a row is of. */
  lead: { label: string; unit: Unit }[];
  head: string;
  columns: string[];
  /** `own`: row and column are the same, which tells nothing beside the others. */
  rows: { name: string; lead: Omit<MatrixCell, 'own'>[]; cells: MatrixCell[] }[];
}

/** A matrix as it stands in a table, or one that a list of row, column and value makes. */
export function matrixOf(table: AnalysisTable, { x, y }: Pick<AnalysisChart, 'x' | 'y'>): Matrix | null {
  const at = columnAt(table, x);
  const drawn = y.map((id) => columnAt(table, id)).filter((index) => index >= 0);
  const [first = -1, second = -1] = drawn;
  if (at < 0 || first < 0) return null;
  const unit = table.columns[first]!.unit;
  if (unit !== 'text') {
    const columns = drawn.map((index) => table.columns[index]!.label);
    const leading = [...table.columns.keys()].filter(
      (index) => index !== at && !drawn.includes(index) && table.columns[index]!.unit !== 'text',
    );
    const rows = table.rows.map((row, line) => {
      const name = String(row[at] ?? none);
      const cells = drawn.map((index, place) => ({
        value: number(row[index]),
        own: columns[place] === name,
        row: line,
        column: table.columns[index]!.id,
      }));
      const lead = leading.map((index) => ({
        value: number(row[index]),
        row: line,
        column: table.columns[index]!.id,
      }));
      return { name, lead, cells };
    });
    const lead = leading.map((index) => ({
      label: table.columns[index]!.label,
      unit: table.columns[index]!.unit as Unit,
    }));
    return { unit, lead, head: table.columns[at]!.label, columns, rows };
  }
  const valued = table.columns[second]?.unit;
  if (!valued || valued === 'text') return null;
  const cells = new Map<string, Map<string, number>>();
  for (const [line, row] of table.rows.entries()) {
    const name = String(row[first] ?? none);
    const lines = cells.get(name) ?? new Map<string, number>();
    cells.set(name, lines.set(String(row[at] ?? none), line));
  }
  // Those that are both row and column stand in one order.
  const columns = [...new Set([...cells.keys(), ...table.rows.map((row) => String(row[at] ?? none))])].filter(
    (column) => [...cells.values()].some((line) => line.has(column)),
  );
  const rows = [...cells].map(([name, lines]) => ({
    name,
    lead: [],
    cells: columns.map((label) => {
      const row = lines.get(label) ?? -1;
      return {
        value: number(table.rows[row]?.[second]),
        own: label === name,
        row,
        column: table.columns[second]!.id,
      };
    }),
  }));
  return {
    unit: valued,
    lead: [],
    head: `${table.columns[first]!.label} ↓  ${table.columns[at]!.label} →`,
    columns,
    rows,
  };
}
