import type { ImportDetail, Mapping } from '@/lib/contract/imports';
import type { Replacement } from '@/lib/contract/replacing';
import { describeMade } from '@/lib/mapping/made';

const count = (value: number | null): string => (value ?? 0).toLocaleString('en');
const exact = (value: number | null): string => (value ?? 0).toLocaleString('en', { maximumFractionDigits: 4 });

/** The report of a check as lines of text. */
export function describeCheck(checked: ImportDetail, mapping: Mapping): string[] {
  const { report, kind, rowsIn, rowsAccepted, rowsRejected, from, to } = checked;
  const lines = [
    `  columns   ${[
      ...Object.entries(mapping.columns).map(([field, column]) => `${field} = ${column}`),
      ...Object.entries(mapping.made).map(([field, made]) => `${field} = ${describeMade(made)}`),
    ].join(', ')}`,
  ];
  if (rowsIn === null) return lines;
  lines.push(`  rows      ${count(rowsIn)} in, ${count(rowsAccepted)} accepted, ${count(rowsRejected)} rejected`);
  for (const { column, reason, count: times } of report?.rejections.slice(0, 5) ?? [])
    lines.push(`            ${count(times)} × ${column ? `${column}: ` : ''}${reason}`);
  for (const { message, count: times, rows, severity = 'warning' } of report?.warnings ?? [])
    lines.push(
      `  ${severity.padEnd(9)} ${count(times)} × ${message}${rows.length > 0 ? ` (row ${rows.slice(0, 3).join(', ')})` : ''}`,
    );
  for (const { code, rows } of report?.duplicates.slice(0, 5) ?? [])
    lines.push(`  duplicate ${code} in rows ${rows.join(', ')}: the first counts`);
  if (kind === 'transactions')
    lines.push(
      `  totals    ${exact(checked.totalUnits)} units, amount ${exact(checked.totalAmount)}, ${from ?? '?'} to ${to ?? '?'}`,
    );
  const added = Object.entries(report?.newMembers ?? {}).filter(([, number]) => number > 0);
  if (added.length > 0)
    lines.push(
      `  new       ${added.map(([member, number]) => `${count(number)} ${number === 1 ? member : `${member.replace(/y$/, 'ie')}s`}`).join(', ')}`,
    );
  return lines;
}

/** What a file would take the place of, by month, as lines of text. */
export function describeReplacement({ months, imports }: Replacement): string[] {
  const sum = ({ lines, amount }: { lines: number; amount: number }): string =>
    `${count(lines)} lines of ${exact(amount)}`;
  return [
    ...months.map(
      ({ month, goes, comes, now, then }) =>
        `  replaces  ${month.slice(0, 7)}: ${sum(goes)} go, ${sum(comes)} come; the month was ${exact(now)}, is ${exact(then)}`,
    ),
    ...imports.map(({ id, fileName, lines }) => `            ${count(lines)} lines of import ${id}, "${fileName}"`),
  ];
}
