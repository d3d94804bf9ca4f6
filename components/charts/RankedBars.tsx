import type { ReactNode } from 'react';
import Link from '@/components/ui/Link';
import { colourOf } from './colours';
import classes from './Chart.module.css';

export interface Bar {
  id: number | null;
  name: string;
  value: number | null;
  href?: string;
  /** One a column. */
  cells: ReactNode[];
}

export interface BarColumn {
  label: string;
  width: number;
  /** Left out on phones. */
  wide?: boolean;
}

interface Props {
  head: string;
  columns: readonly BarColumn[];
  bars: readonly Bar[];
  /** Bars of what has a colour everywhere; others take the accent. */
  coloured?: boolean;
  caption: string;
}

/** Horizontal bars, ranked: a table whose names lie on their bars. */
export function RankedBars({ head, columns, bars, coloured = true, caption }: Props) {
  const most = Math.max(0, ...bars.map(({ value }) => value ?? 0)) || 1;
  return (
    <table className={classes.bars}>
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {columns.map(({ label, width, wide }, index) => (
            <th key={index} scope="col" style={{ width }} className={wide ? classes.wide : undefined}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars.map(({ id, name, value, href, cells }) => {
          const colour = coloured ? colourOf(id) : 'var(--accent)';
          return (
            <tr key={`${id}:${name}`}>
              <th scope="row">
                <span className={classes.bar}>
                  <span
                    className={classes.fill}
                    style={{ width: `${(Math.max(0, value ?? 0) / most) * 100}%`, background: colour }}
                  />
                  <span className={classes.edge} style={{ background: colour }} />
                  {href ? (
                    <Link href={href} className={classes.barLabel} title={name}>
                      {name}
                    </Link>
                  ) : (
                    <span className={classes.barLabel} title={name}>
                      {name}
                    </span>
                  )}
                </span>
              </th>
              {cells.map((cell, index) => (
                <td key={index} className={columns[index]?.wide ? classes.wide : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
