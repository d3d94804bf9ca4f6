import type { Fixes } from '@/lib/contract/fixes';
import type { TableRow } from '@/lib/tables/table-rows';

/** What a reader has of a row, whichever way it keeps the cells. */
interface Cells {
  string: (cell: number) => string;
}

/** Puts what was set right by hand in the place of what the file says. */
export interface Fixer {
  /** Whether this row is another one than the file has. */
  touches: (row: number, cells: Cells) => boolean;
  /** `onValue` hears of each cell whose value is another one for all that say so: of which of the fixes' values. */
  apply: (row: TableRow, onValue?: (value: number) => void) => TableRow;
}

interface Value {
  to: string;
  /** Its place among the fixes' values. */
  no: number;
}

/** Null where nothing of the file was set right. Fixes of columns that the file does not have do nothing. */
export function fixerOf({ cells, values }: Fixes, columns: readonly string[]): Fixer | null {
  const byRow = new Map<number, Map<number, string>>();
  const byColumn = new Map<number, Map<string, Value>>();
  const told = (column: string, to: string | null): to is string => to !== null && columns.includes(column);
  for (const { row, column, to } of cells) if (told(column, to)) put(byRow, row, columns.indexOf(column), to);
  for (const [no, { column, from, to }] of values.entries())
    if (told(column, to)) put(byColumn, columns.indexOf(column), from.trim(), { to, no });
  if (byRow.size + byColumn.size === 0) return null;
  const replaced = [...byColumn];
  return {
    touches: (row, cells) => byRow.has(row) || replaced.some(([at, to]) => to.has(cells.string(at).trim())),
    apply: (record, onValue) => {
      const own = byRow.get(record.row);
      let fields = record.fields;
      for (const [at, to] of replaced) {
        const value = to.get(fields[at]?.trim() ?? MISSING);
        if (value === undefined || own?.has(at)) continue;
        fields = fields.with(at, value.to);
        onValue?.(value.no);
      }
      if (!own) return fields === record.fields ? record : { ...record, fields };
      // Whoever sets a cell has seen the row as cells: it is as wide as the header, however it is written.
      fields = columns.map((_, at) => own.get(at) ?? fields[at] ?? '');
      return { ...record, fields, fault: null };
    },
  };
}

/** Of rows with too few cells: no text says it. */
const MISSING = '\u0000';

function put<A, B, V>(into: Map<A, Map<B, V>>, first: A, second: B, value: V): void {
  into.set(first, (into.get(first) ?? new Map<B, V>()).set(second, value));
}
