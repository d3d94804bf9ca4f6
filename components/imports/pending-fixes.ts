import { useMemo } from 'react';
import { useSessionStorage } from '@mantine/hooks';
import { fixes as fixesShape } from '@/lib/contract/fixes';

// Cells set right on the page and not yet checked; they outlive a reload.

export interface CellOf {
  row: number;
  column: string;
  /** What the file says there. */
  file: string;
}

/** In which cells: this one alone, all of its column that say the same, also those of files to come. */
export interface How {
  everywhere: boolean;
  next: boolean;
}

const sameCell = (a: { row: number; column: string }, b: { row: number; column: string }): boolean =>
  a.row === b.row && a.column === b.column;

export function usePendingFixes(id: number) {
  const [kept, keep, clear] = useSessionStorage<unknown>({ key: `brandlens-fixes-${id}`, defaultValue: null });
  const fixes = useMemo(() => fixesShape.safeParse(kept).data ?? { cells: [], values: [] }, [kept]);
  const isValueOf = ({ column, file }: CellOf, one: { column: string; from: string }): boolean =>
    one.column === column && one.from === file.trim();
  const without = (cell: CellOf) => ({
    cells: fixes.cells.filter((one) => !sameCell(one, cell)),
    values: fixes.values.filter((one) => !isValueOf(cell, one)),
  });
  return {
    fixes,
    count: fixes.cells.length + fixes.values.length,
    clear,
    /** What the cell is to say; undefined where nothing is waiting for it. */
    valueOf: (cell: CellOf): string | undefined =>
      (fixes.cells.find((one) => sameCell(one, cell)) ?? fixes.values.find((one) => isValueOf(cell, one)))?.to ??
      undefined,
    /** Where else it is to be set. */
    howOf: (cell: CellOf): How => {
      const value = fixes.values.find((one) => isValueOf(cell, one));
      return { everywhere: value !== undefined, next: value?.next === true };
    },
    set: (cell: CellOf, to: string, { everywhere, next }: How) => {
      const { row, column, file } = cell;
      const { cells, values } = without(cell);
      if (everywhere) keep({ cells, values: [...values, { column, from: file.trim(), to, ...(next && { next }) }] });
      else keep({ cells: [...cells, { row, column, to }], values: fixes.values });
    },
  };
}
export type PendingFixes = ReturnType<typeof usePendingFixes>;
