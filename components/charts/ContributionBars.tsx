import type { ReactNode } from 'react';
import Link from '@/components/ui/Link';
import classes from './Chart.module.css';

export interface Contribution {
  id: number | null;
  name: string;
  /** Points of the market's growth. */
  points: number;
  href?: string;
  /** The points, and beside them such as the difference in money. */
  cells: ReactNode[];
}

interface Props {
  items: readonly Contribution[];
  head: string;
  caption: string;
  /** Heads of the cells; phones show the first. */
  columns: [string, string];
}

/** Gains to the right of the line, losses to the left. */
export function ContributionBars({ items, head, caption, columns }: Props) {
  const most = Math.max(0, ...items.map(({ points }) => Math.abs(points))) || 1;
  return (
    <table className={classes.bars}>
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" style={{ width: '34%' }}>
            {head}
          </th>
          <th scope="col">
            <span className="sr-only">Bar</span>
          </th>
          {columns.map((label, index) => (
            <th key={label} scope="col" style={{ width: 88 }} className={index > 0 ? classes.wide : undefined}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, name, points, href, cells }) => (
          <tr key={`${id}:${name}`}>
            <th scope="row">
              {href ? (
                <Link href={href} className={classes.barLabel} style={{ padding: 0 }} title={name}>
                  {name}
                </Link>
              ) : (
                name
              )}
            </th>
            <td>
              <div className={classes.diverging} aria-hidden>
                <span className={classes.axis} />
                <span
                  className={points >= 0 ? classes.gain : classes.loss}
                  style={{ width: `${(Math.abs(points) / most) * 48}%` }}
                />
              </div>
            </td>
            <td style={{ color: points >= 0 ? 'var(--good)' : 'var(--bad)' }}>{cells[0]}</td>
            <td className={classes.wide}>{cells[1]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
