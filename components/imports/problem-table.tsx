import type { ReactNode } from 'react';
import type { listImportRows } from '@/lib/contract/import-rows';
import type { ResponseOf } from '@/lib/contract/endpoint';
import type { TableData } from '@/components/ui/PlainTable';
import classes from './problems.module.css';

type Listed = ResponseOf<typeof listImportRows>;

/** Rows with the columns at fault first, then what is wrong, then the rest: on a phone the fault is seen without scrolling. */
export function tableOf({ columns, items }: Listed): TableData {
  const seen = items.some(({ cells }) => cells !== null);
  const faulty = [...new Set(items.flatMap(({ faults }) => faults.flatMap(({ cells }) => cells)))].sort(
    (a, b) => a - b,
  );
  const others = seen ? columns.map((_, at) => at).filter((at) => !faulty.includes(at)) : [];
  const first = seen ? faulty : [];
  const cell = ({ cells, faults }: Listed['items'][number], at: number): ReactNode => {
    const text = cells?.[at] ?? '';
    const wrong = faults.some((fault) => fault.cells.includes(at));
    return (
      <span className={classes.cell} data-wrong={wrong || undefined} title={text.length > 30 ? text : undefined}>
        {text.trim() === '' ? <span className={classes.empty}>{wrong ? 'empty' : ''}</span> : text}
      </span>
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
      item.faults.map(({ column, reason }) => (
        <div key={column}>
          {column && item.faults.length > 1 && <strong>{column}: </strong>}
          {column && item.faults.length === 1 && !seen && <strong>{column}: </strong>}
          {reason}
        </div>
      )),
      ...others.map((at) => cell(item, at)),
    ]),
  };
}
