import type { CSSProperties } from 'react';
import { formatUnit, type NumberStyle } from '@/lib/metrics/format';
import type { Matrix } from './plot';
import { NumberLink } from '@/components/ui/NumberLink';
import classes from './HeatTable.module.css';

/** The larger the stronger: losses in the colour of losses. Never so strong that the number on it is hard to read. */
function shade(value: number | null, low: number, high: number): CSSProperties | undefined {
  if (value === null || value === 0) return undefined;
  const most = Math.max(Math.abs(low), Math.abs(high));
  // Among numbers that are all of one sign their differences matter, not their distance from zero.
  const floor = low >= 0 ? Math.min(low, most / 2) : 0;
  const strength = Math.max(0, (Math.abs(value) - floor) / (most - floor || 1));
  const colour = value < 0 ? 'var(--bad)' : low < 0 ? 'var(--good)' : 'var(--accent)';
  return { background: `color-mix(in srgb, ${colour} ${Math.round(4 + Math.min(1, strength) * 38)}%, transparent)` };
}

function number(value: number | null, unit: Matrix['unit'], style: NumberStyle, href: string | null | undefined) {
  if (value === null) return '';
  const text = formatUnit(unit, value, style);
  return href ? <NumberLink href={href}>{text}</NumberLink> : text;
}

interface Props {
  matrix: Matrix;
  style: NumberStyle;
  caption: string;
  /** Where a number of the table opens. */
  address?: (row: number, column: string) => string | null;
}

/** A matrix whose cells are coloured by their numbers. What is not known, or not to be known yet, is blank. */
export function HeatTable({ matrix: { unit, lead, head, columns, rows }, style, caption, address }: Props) {
  const seen = rows.flatMap(({ cells }) => cells.flatMap(({ value, own }) => (value === null || own ? [] : [value])));
  const [low, high] = seen.length > 0 ? [Math.min(...seen), Math.max(...seen)] : [0, 0];
  const inCells = { ...style, compact: true, largest: Math.max(Math.abs(low), Math.abs(high)) };
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={caption}>
      <table className={classes.heat} style={{ maxWidth: 240 + (lead.length + columns.length) * 110 }}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {lead.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
            {columns.map((label, at) => (
              <th key={at} scope="col" title={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, lead: before, cells }, index) => (
            <tr key={index}>
              <th scope="row" title={name}>
                {name}
              </th>
              {before.map(({ value, row, column }, at) => (
                <td key={column} data-lead>
                  {number(value, lead[at]!.unit, { ...style, compact: true }, address?.(row, column))}
                </td>
              ))}
              {cells.map(({ value, own, row, column }, at) => (
                <td key={at} data-own={own || undefined} style={own ? undefined : shade(value, low, high)}>
                  {number(value, unit, inCells, address?.(row, column))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
