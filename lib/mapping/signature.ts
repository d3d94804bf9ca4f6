import { createHash } from 'node:crypto';

/** What two spellings of a column's name have in common. */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Each column by a key that does not change with case, signs or order; of columns with one key the second is another. */
export function columnKeys(columns: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const key = plain(column);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return `${key}\u001f${count}`;
  });
}

/** The same for files whose headers name the same columns. */
export const signatureOf = (columns: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify(columnKeys(columns).sort()))
    .digest('hex');

/** The columns of one header that the other one has too, with its spelling: the same one, else one of the same key. */
export function counterpartsOf(before: readonly string[], now: readonly string[]): Map<string, string> {
  const same = new Set(before.filter((column) => now.includes(column)));
  const [left, others] = [before, now].map((columns) => columns.filter((column) => !same.has(column)));
  const keys = columnKeys(others!);
  const found = new Map([...same].map((column) => [column, column]));
  columnKeys(left!).forEach((key, at) => {
    const other = others![keys.indexOf(key)];
    if (other !== undefined) found.set(left![at]!, other);
  });
  return found;
}

/** A column of one header as the other one spells it, where it has it. */
export function spelledAs(before: readonly string[], now: readonly string[]): (column: string) => string {
  const names = counterpartsOf(before, now);
  return (column) => names.get(column) ?? column;
}
