import { VisuallyHidden } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import classes from './PlainTable.module.css';

export interface TableColumn {
  label: string;
  /** Numbers stand right. */
  numeric?: boolean;
  /** Sentences, which may break. */
  wraps?: boolean;
}

export interface TableData {
  columns: TableColumn[];
  /** What is shown; CSV takes `raw` where it is given. */
  rows: ReactNode[][];
  raw?: (string | number | null)[][];
}

interface Props {
  data: TableData;
  caption: string;
  maxHeight?: number;
  /** On a phone each row is a card: its first cell, then the others under the names of their columns. For lists of things. */
  cards?: boolean;
}

/** The numbers of a chart as a table. */
export function PlainTable({ data, caption, maxHeight, cards = false }: Props) {
  return (
    <div
      className={classes.scroll}
      style={{ '--at-most': maxHeight ? `${maxHeight}px` : undefined } as CSSProperties}
      tabIndex={0}
      role="region"
      aria-label={caption}
    >
      <table className={cards ? `${classes.table} ${classes.cards}` : classes.table}>
        <caption className={classes.caption}>{caption}</caption>
        <thead>
          <tr>
            {data.columns.map(({ label, numeric }, index) => (
              <th
                key={index}
                scope="col"
                data-numeric={numeric || undefined}
                data-long={label.length > 12 || undefined}
              >
                {label || <VisuallyHidden>Actions</VisuallyHidden>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td
                  key={at}
                  data-numeric={data.columns[at]?.numeric || undefined}
                  data-wraps={data.columns[at]?.wraps || undefined}
                  data-label={(cards && at > 0 && data.columns[at]?.label) || undefined}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
