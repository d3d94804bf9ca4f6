import { useLink, useWorkspace } from '@/components/shell/workspace-context';
import type { AnalysisInput, AnalysisTable } from '@/lib/contract/analyses';
import type { NumberInput } from '@/lib/contract/analysis-shoppers';
import type { BasketsSpec, LinesSpec } from '@/lib/contract/drill';

export type Place = NumberInput['number'];

/** Baskets, and the words for what they are of. */
interface OfBaskets {
  baskets: BasketsSpec;
  of: string;
}

interface OfLines {
  lines: LinesSpec;
  of: string;
}

/** Where the shoppers, baskets or lines of a number are listed; null where it opens none. */
export type Address = (number: Place | OfBaskets | OfLines) => string | null;

/** Who bought is told from the role analyst on. */
export function useNumbers(input: AnalysisInput | undefined): Address {
  const link = useLink();
  const { role } = useWorkspace();
  if (!input) return () => null;
  const { minVersion: _, ...asked } = input;
  return (number) => {
    if ('baskets' in number) return link('/baskets', { q: JSON.stringify(number.baskets), of: number.of });
    if ('lines' in number) return link('/lines', { q: JSON.stringify(number.lines), of: number.of });
    if (role === 'viewer') return null;
    return link('/shoppers', { q: JSON.stringify({ ...asked, number } satisfies NumberInput) });
  };
}

/** Of a table's cell, by its row and column. */
export const cellAddress =
  ({ id, title, opens, baskets, lines, columns, rows }: AnalysisTable, address: Address) =>
  (row: number, column: string): string | null => {
    const named = columns.flatMap(({ unit }, at) => (unit === 'text' ? [String(rows[row]?.[at])] : []));
    const of = `${title} · ${named.join(', ')}`;
    const asked = baskets?.column === column ? baskets.of[row] : undefined;
    if (asked) return address({ baskets: asked, of });
    const adding = lines?.columns.includes(column) ? lines.of[row] : undefined;
    if (adding) return address({ lines: adding, of });
    if (!opens?.columns.includes(column) || row >= opens.rows) return null;
    const value = rows[row]?.[columns.findIndex((one) => one.id === column)];
    return typeof value === 'number' && value !== 0 ? address({ table: id, row, column }) : null;
  };
