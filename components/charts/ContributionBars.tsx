import Link from 'next/link';
import { formatPoints } from '@/lib/metrics/format';
import classes from './Chart.module.css';

export interface Contribution {
  id: number | null;
  name: string;
  /** Points of the market's growth. */
  points: number;
  href?: string;
  /** Beside the points, such as the difference in money. */
  text: string;
}

interface Props {
  items: readonly Contribution[];
  head: string;
  caption: string;
}

/** Gains to the right of the line, losses to the left. */
export function ContributionBars({ items, head, caption }: Props) {
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
          <th scope="col" style={{ width: 84 }}>
            Growth
          </th>
          <th scope="col" style={{ width: 84 }} className={classes.wide}>
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, name, points, href, text }) => (
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
            <td style={{ color: points >= 0 ? 'var(--good)' : 'var(--bad)' }}>{formatPoints(points)}</td>
            <td className={classes.wide}>{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
