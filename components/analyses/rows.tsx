import type { ReactNode } from 'react';
import { NumberLink } from '@/components/ui/NumberLink';
import type { TableData } from '@/components/ui/PlainTable';
import type { AnalysisTable } from '@/lib/contract/analyses';
import { formatUnit, roundParts, pointDigits, type NumberStyle } from '@/lib/metrics/format';

type Unit = AnalysisTable['columns'][number]['unit'];

/** A cell as it is read: null is n/a, or not to be known yet. */
export const written = (unit: Unit, value: number | string | null, style: NumberStyle): string => {
  if (typeof value === 'string') return value;
  if (unit === 'text') return value === null ? '' : String(value);
  return formatUnit(unit, value, style);
};

const opening = (text: string, href: string | null): ReactNode =>
  href ? <NumberLink href={href}>{text}</NumberLink> : text;

/** The table with parts of a share rounded to what is shown, so that what is shown adds up. */
export function shown(table: AnalysisTable): AnalysisTable {
  const { adds, columns, rows, total } = table;
  if (!adds) return table;
  const place = (id: string): number => columns.findIndex((column) => column.id === id);
  const [is, of] = [place(adds.is), adds.of.map(place)];
  const own = (row: AnalysisTable['rows'][number]): number[] => (of.some((at) => row[at] !== null) ? of : [is]);
  const cells = rows.flatMap((row, line) => own(row).map((at) => ({ line, at, value: row[at] })));
  const parts = roundParts(
    cells.map(({ value }) => (typeof value === 'number' ? value : null)),
    pointDigits,
  );
  const found = rows.map((row) => [...row]);
  cells.forEach(({ line, at }, part) => (found[line]![at] = parts[part] ?? null));
  const sum = (values: (string | number | null | undefined)[]): number | null =>
    values.every((value) => typeof value !== 'number')
      ? null
      : values.reduce<number>((all, one) => all + Number(one ?? 0), 0);
  for (const row of found) row[is] = sum(own(row).map((at) => row[at]));
  const whole = total?.map((cell, at) =>
    (at === is || of.includes(at)) && cell !== null ? sum(found.map((row) => row[at])) : cell,
  );
  return { ...table, rows: found, ...(whole && { total: whole }) };
}

type CellAddress = (row: number, column: string) => string | null;

/** A table of an analysis, to read and to export; the total stands last. Numbers with an address open it. */
export function rowsOf(table: AnalysisTable, style: NumberStyle, address: CellAddress = () => null): TableData {
  const { columns, rows, total } = shown(table);
  const line = (row: readonly (number | string | null)[]) =>
    columns.map(({ unit }, at) => written(unit, row[at] ?? null, style));
  return {
    columns: columns.map(({ label, unit }) => ({ label, numeric: unit !== 'text' })),
    rows: [
      ...rows.map((row, at) => line(row).map((text, place) => opening(text, address(at, columns[place]!.id)))),
      ...(total ? [line(total).map((text, at) => <strong key={at}>{text}</strong>)] : []),
    ],
    raw: [...table.rows, ...(table.total ? [table.total] : [])],
  };
}
