import { noLeaves, type Leaves } from '@/lib/metrics/compute';
import { sumColumns, tripColumns } from '@/lib/rollups/levels';
import type { StoredSum } from './plan';
import { Table } from './table';

// Sums are added up as whole numbers, and so exactly: amounts in the minor unit, units in thousandths. Volumes have nine
// decimals: thousandths and the rest of them, in millionths, are added up apart.

type Column = StoredSum | (typeof tripColumns)[number];

const rest = { volume_kg: 'volume_kg_rest', volume_l: 'volume_l_rest' } as const;
const isVolume = (column: string): column is keyof typeof rest => column in rest;

/** A column of the rollups as integers of SQL, by the name of each. */
export const integers: Record<string, string> = Object.fromEntries(
  [...sumColumns, ...tripColumns].flatMap((column): [string, string][] => {
    if (isVolume(column)) {
      const thousandths = `r.${column} * 1000`;
      return [
        [column, `trunc(${thousandths})::bigint`],
        [rest[column], `((${thousandths} - trunc(${thousandths})) * 1000000)::int`],
      ];
    }
    return [[column, column.endsWith('units') ? `(r.${column} * 1000)::bigint` : `r.${column}`]];
  }),
);

/** The names of the integers that make up the columns. */
export const integersOf = (columns: readonly Column[]): string[] =>
  columns.flatMap((column) => (isVolume(column) ? [column, rest[column]] : [column]));

/** The integers of a column from its decimal text. */
export function parse(column: Column, text: string): number[] {
  if (!isVolume(column)) return [column.endsWith('units') ? Math.round(Number(text) * 1_000) : Number(text)];
  const [whole = '0', decimals = ''] = text.split('.');
  const billionths = BigInt(whole + decimals.padEnd(9, '0'));
  return [Number(billionths / 1_000_000n), Number(billionths % 1_000_000n)];
}

function volumeOf(thousandths: number, millionths: number): number {
  if (millionths === 0) return thousandths / 1_000;
  const billionths = BigInt(thousandths) * 1_000_000n + BigInt(millionths);
  const digits = (billionths < 0n ? -billionths : billionths).toString().padStart(10, '0');
  return Number(`${billionths < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`);
}

const camel = (column: string): string => column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const names = new Map(sumColumns.map((column) => [column, camel(column) as keyof Leaves['sums']]));

/** Money in the currency's unit. */
export function sumsOf(columns: readonly StoredSum[], values: ArrayLike<number>, scale: number): Leaves['sums'] {
  const sums = { ...noLeaves.sums };
  let at = 0;
  for (const column of columns) {
    const value = values[at++] ?? 0;
    sums[names.get(column)!] = isVolume(column)
      ? volumeOf(value, values[at++] ?? 0)
      : column.endsWith('amount')
        ? value / 10 ** scale
        : column.endsWith('units')
          ? value / 1_000
          : value;
  }
  return sums;
}

export interface Total {
  key: string | null;
  period: string | null;
  /** By the names of the integers; then trips and identified trips. */
  values: Float64Array;
  shoppers: number;
  rowsRead: number;
}

/** Sums by key and period. */
export class Totals {
  private readonly table = new Table<Total>();
  constructor(private readonly width: number) {}

  at(key: string | null, period: string | null): Total {
    let total = this.table.get(key, period);
    if (!total) {
      total = { key, period, values: new Float64Array(this.width), shoppers: 0, rowsRead: 0 };
      this.table.set(key, period, total);
    }
    return total;
  }

  *[Symbol.iterator](): Iterator<Total> {
    for (const { value } of this.table) yield value;
  }
}
