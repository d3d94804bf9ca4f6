import { csvCell } from '@/lib/contract/csv';
import type { Pages, Value } from './pages';
import type { Kind } from './tables';

/** A whole number of 10^-scale, written out. */
export function decimal(whole: string, scale: number): string {
  const [sign, digits] = whole.startsWith('-') ? ['-', whole.slice(1)] : ['', whole];
  if (scale === 0) return whole;
  const padded = digits.padStart(scale + 1, '0');
  const part = padded.slice(-scale).replace(/0+$/, '');
  return `${sign}${padded.slice(0, -scale)}${part && `.${part}`}`;
}

const cell = (value: Value, kind: Kind): string => {
  if (value === null) return '';
  return typeof kind === 'object' ? decimal(String(value), kind.decimal) : csvCell(value);
};

/** The file as text, a page a piece. */
export async function* asCsv({ columns, pages }: Pages): AsyncGenerator<string> {
  yield `${columns.map(({ name }) => name).join(',')}\r\n`;
  for await (const rows of pages)
    yield rows.map((row) => `${row.map((value, at) => cell(value, columns[at]!.kind)).join(',')}\r\n`).join('');
}
