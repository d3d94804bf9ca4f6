import type { Gap } from './aligned';
import type { Quote } from '@/lib/contract/reading';

/** How a file writes its records. */
export interface Dialect {
  /** One or more characters between fields. */
  delimiter: string;
  /** Around values that hold a delimiter or a line break; empty: none does. */
  quote: Quote;
  /** Before a quote or a delimiter that belongs to the value; else such a quote is doubled, for sure where this is empty. */
  escape?: '\\' | '' | undefined;
  /** Where columns are set apart by blanks, one under the other; then nothing else does. */
  gaps?: readonly Gap[] | undefined;
  /** Each row stands in quotes as a whole, as spreadsheets write rows that were pasted into one cell each. */
  wrapped?: boolean | undefined;
  /** What ends a record, where it is not a line break alone. */
  ending?: string | undefined;
}

export interface FileRecord {
  /** Counted from 1 over the whole file, blank rows included, as a spreadsheet shows it. */
  row: number;
  /** Of a record with a fault: as well as it can be read. */
  fields: string[];
  /** The record as it stands in the file. */
  raw: string;
  /** Why the record cannot be read for sure. */
  fault: string | null;
}
