import { useLink, useWorkspace } from '@/components/shell/workspace-context';
import type { AnalysisInput, AnalysisTable } from '@/lib/contract/analyses';
import type { NumberInput } from '@/lib/contract/analysis-shoppers';

export type Place = NumberInput['number'];

/** Where the shoppers of a number are listed; null where it opens none. */
export type Address = (number: Place) => string | null;

/** Who bought is told from the role analyst on. */
export function useNumbers(input: AnalysisInput | undefined): Address {
  const link = useLink();
  const { role } = useWorkspace();
  if (!input || role === 'viewer') return () => null;
  const { minVersion: _, ...asked } = input;
  return (number) => link('/shoppers', { q: JSON.stringify({ ...asked, number } satisfies NumberInput) });
}

/** Of a table's cell, by its row and column. */
export const cellAddress =
  ({ id, opens, columns, rows }: AnalysisTable, address: Address) =>
  (row: number, column: string): string | null => {
    if (!opens?.columns.includes(column) || row >= opens.rows) return null;
    const value = rows[row]?.[columns.findIndex((one) => one.id === column)];
    return typeof value === 'number' && value !== 0 ? address({ table: id, row, column }) : null;
  };
