import { withoutGuard } from '@/lib/contract/csv';

// What both kinds of rows share: cells by field, faults, odd things that are taken all the same.

export interface Fault {
  /** The file's column; empty when the whole row is at fault. */
  column: string;
  reason: string;
  /** The reason without what is of this row alone, so that equal faults count together. */
  rule?: string;
}
export type Warn = (rule: WarningRule) => void;

export const warningRules = {
  large_amount: 'The amount is over 1,000,000',
  missing_category: 'The category is missing',
  pack_size:
    'The pack size cannot be read, so the row adds nothing to volume; write it like 250 g, 1.5 L or 12 x 330 ml',
  rounded: 'Unit price × weighed units was rounded to the smallest coin, as tills do',
  calculated_rounded: 'A calculated value was rounded: amounts to the smallest coin, units to 3 decimals, prices to 4',
  residue: 'The number carries a tiny remainder of binary arithmetic, which was dropped',
  brand_not_found:
    'No brand of the workspace is named in the text that it is looked for in, so the row comes without one',
  other_zone: 'In the time zone of the workspace it is another day than in the one that the row gives its time in',
  day_before: 'Sold before the hour at which the business day starts, so that it counts to the day before',
  return_sign: 'A row marked as a return has positive values; they are counted as negative',
  mended_row: 'The row is written with another delimiter or other quotes than the rest; it was read by its own',
  bad_character: 'The row holds bytes that are no character in the encoding of the file; they are shown as \ufffd',
  extra_fields: 'The row has empty fields after the last column',
} as const;
export type WarningRule = keyof typeof warningRules;

export const LONGEST_TEXT = 255;
// Spelt out: by its Unicode name the class takes four times as long to look for.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const CONTROLS = /\p{Cc}/gu;

/**
 * A cell as text: without blanks around it, control characters in it, and the apostrophe that keeps a spreadsheet from running
 * it; null when nothing is left.
 */
export function cleanText(cell: string | undefined): string | null {
  if (!cell) return null;
  const bare = withoutGuard(cell.trim());
  const text = CONTROL.test(bare) ? bare.replace(CONTROLS, ' ').trim() : bare;
  return text === '' ? null : text;
}

/** Where each mapped field stands in a row. */
export function columnIndex(columns: string[], mapped: Record<string, string>): (field: string) => number {
  const at = new Map(Object.entries(mapped).map(([field, column]) => [field, columns.indexOf(column)]));
  return (field) => at.get(field) ?? -1;
}
