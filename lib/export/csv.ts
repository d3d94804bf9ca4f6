import { csvCell } from '@/lib/contract/csv';
import { decimalText, withoutExponent } from '@/lib/formats/decimal';
import type { Pages, Value } from './pages';
import type { Kind } from './tables';

const cell = (value: Value, kind: Kind): string => {
  if (value === null) return '';
  return typeof kind === 'object' ? withoutExponent(decimalText(BigInt(value), kind.decimal)) : csvCell(value);
};

/** The file as text, a page a piece. */
export async function* asCsv({ columns, pages }: Pages): AsyncGenerator<string> {
  yield `${columns.map(({ name }) => csvCell(name)).join(',')}\r\n`;
  for await (const rows of pages)
    yield rows.map((row) => `${row.map((value, at) => cell(value, columns[at]!.kind)).join(',')}\r\n`).join('');
}
