/** What tells a cell that is set right from others of its file. */
export const cellKey = ({ row, column }: { row: number; column: string }): string => `${row} ${column}`;

/** What tells a value of a column from others. */
export const valueKey = ({ column, from }: { column: string; from: string }): string => JSON.stringify([column, from]);

interface Said {
  row?: number | null | undefined;
  column: string;
  from: string;
  to: string | null;
  next?: boolean | undefined;
}

/** A fix in words, as the audit trail has it. */
export const fixText = ({ row, column, from, to, next }: Said): string =>
  `${typeof row === 'number' ? `row ${row} ` : ''}${column}: “${from}” → ${to === null ? 'as in the file' : `“${to}”`}${next ? ', in the next files too' : ''}`;
