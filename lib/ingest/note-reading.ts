import type { Mapping } from '@/lib/contract/imports';
import { unnamedOf, type Detected } from '@/lib/contract/reading';
import { otherDecimals } from '@/lib/values/decimal-sign';
import type { Tally } from './tally';

interface Read {
  mapping: Mapping;
  detected: Detected;
  columns: string[];
}

const FIRST = 10;
const listed = (names: readonly string[]): string =>
  names.slice(0, FIRST).join(', ') + (names.length > FIRST ? ' …' : '');

export const otherDecimalsOf = ({ mapping, detected, columns }: Read): Map<string, '.' | ','> =>
  otherDecimals(mapping.columns, { columns, rows: detected.preview, decimal: mapping.decimal });

/** What is odd about the columns of a file as they are read. */
export function noteReading(read: Read, tally: Tally): void {
  const unnamed = unnamedOf(read.detected);
  if (unnamed.length > 0)
    tally.warn('unnamed_column', `The header has no name for ${listed(unnamed)}`, null, unnamed.length);
  const others = [...otherDecimalsOf(read).keys()];
  const sign = read.mapping.decimal === '.' ? 'comma' : 'point';
  if (others.length > 0)
    tally.warn(
      'other_decimal',
      `Numbers of ${listed(others)} are read with a decimal ${sign}, as they show it, unlike those of other columns`,
      null,
      others.length,
    );
}
