import type { ReactNode } from 'react';
import type { ImportRow, listImportRows } from '@/lib/contract/import-rows';
import type { ResponseOf } from '@/lib/contract/endpoint';
import type { TableData } from '@/components/ui/PlainTable';
import type { Edited } from './FixCell';
import type { PendingFixes } from './pending-fixes';
import classes from './problems.module.css';

type Listed = ResponseOf<typeof listImportRows>;

/** The cell as it would be read, and what of it is in the file. */
function cellOf({ row, cells, fixed }: ImportRow, at: number, column: string, { valueOf }: PendingFixes) {
  const read = cells?.[at] ?? '';
  const file = fixed.find(({ cell }) => cell === at)?.file ?? read;
  const waiting = valueOf({ row, column, file });
  return { row, column, file, value: waiting ?? read, waits: waiting !== undefined };
}

/** Rows with the columns at fault first, then what is wrong, then the rest: on a phone the fault is seen without scrolling. */
export function tableOf(
  { columns, items }: Listed,
  pending: PendingFixes,
  edit: ((cell: Edited) => void) | null,
): TableData {
  const seen = items.some(({ cells }) => cells !== null);
  const faulty = [...new Set(items.flatMap(({ faults }) => faults.flatMap(({ cells }) => cells)))].sort(
    (a, b) => a - b,
  );
  const others = seen ? columns.map((_, at) => at).filter((at) => !faulty.includes(at)) : [];
  const first = seen ? faulty : [];
  const cell = (item: ImportRow, at: number): ReactNode => {
    const one = cellOf(item, at, columns[at] ?? '', pending);
    const { row, column, file, value, waits } = one;
    const wrong = item.faults.some((fault) => fault.cells.includes(at));
    const text = value.trim() === '' ? <span className={classes.empty}>{wrong || waits ? 'empty' : ''}</span> : value;
    const marks = { 'data-wrong': (wrong && !waits) || undefined, 'data-waits': waits || undefined };
    if (!edit || item.cells === null)
      return (
        <span className={classes.cell} {...marks} title={value.length > 30 ? value : undefined}>
          {text}
        </span>
      );
    const cells = columns.map((name, place) => cellOf(item, place, name, pending).value);
    return (
      <button
        type="button"
        className={classes.cell}
        {...marks}
        title={waits ? `“${file}” in the file` : value.length > 30 ? value : undefined}
        aria-label={`${column}, row ${row}: ${value || 'empty'}`}
        onClick={() => edit({ row, column, file, at, value, cells, how: pending.howOf(one) })}
      >
        {text}
      </button>
    );
  };
  return {
    columns: [
      { label: 'Row', numeric: true },
      ...first.map((at) => ({ label: columns[at] ?? '' })),
      { label: 'What is wrong', wraps: true },
      ...others.map((at) => ({ label: columns[at] ?? '' })),
    ],
    rows: items.map((item) => [
      item.row.toLocaleString('en-US'),
      ...first.map((at) => cell(item, at)),
      item.faults.map(({ column, reason, cells }) => (
        <div
          key={column}
          className={classes.fault}
          data-waits={cells.some((at) => cellOf(item, at, columns[at] ?? '', pending).waits) || undefined}
        >
          {column && (item.faults.length > 1 || !seen) && <strong>{column}: </strong>}
          {reason}
        </div>
      )),
      ...others.map((at) => cell(item, at)),
    ]),
  };
}
