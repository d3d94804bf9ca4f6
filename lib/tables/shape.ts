export interface TableShape {
  /** Fields of most rows. */
  width: number;
  /** The row that the table begins with, its header included; 1 is the first of the file. */
  firstRow: number;
  /** Rows of column names; 0: the columns have none. */
  headerRows: number;
  /** The last row of the table, where another table follows. */
  lastRow?: number | undefined;
  /** What the header says, its rows joined; empty without one. */
  header: string[];
  /** The columns whose values are numbers or dates. */
  typed: number[];
  /** What tells that a cell is a value of each column. */
  isValue: readonly ((cell: string) => boolean)[];
  /** Nothing stands above or below the table: no row of it is taken for a note or a total. */
  whole?: boolean | undefined;
}
