import 'server-only';
import type { KeptFixes } from '@/lib/contract/fixes';
import type { Stored } from './each-record';
import { cellKey, valueKey } from '@/lib/mapping/one-fix';
import { rowsAt } from './rows-at';

/**
 * What was set right by hand, for the file as it is read now: cells that still say what they said, and values of columns that
 * are still there, with those that come with its remembered mapping. What does not fit is kept apart, and fits again once the file is read as before.
 */
export async function fitFixes(fixes: KeptFixes, file: Stored, carried: KeptFixes['values'] = []): Promise<KeptFixes> {
  const { cells, values, dropped } = fixes;
  const columns = file.detected.columns.map(({ name }) => name);
  // What was set since is the later word.
  const everyCell = new Map(
    [...dropped.flatMap(({ row, ...one }) => (row === null ? [] : [{ row, ...one }])), ...cells].map((one) => [
      cellKey(one),
      one,
    ]),
  );
  const everyValue = new Map(
    [...carried, ...dropped.flatMap(({ row, ...one }) => (row === null ? [one] : [])), ...values].map((one) => [
      valueKey(one),
      one,
    ]),
  );
  const rows = await rowsAt(file, [...new Set([...everyCell.values()].map(({ row }) => row))]);
  const kept: KeptFixes = { cells: [], values: [], dropped: [] };
  for (const one of everyCell.values()) {
    const at = columns.indexOf(one.column);
    const fits = at >= 0 && rows.has(one.row) && (rows.get(one.row)![at] ?? '') === one.from;
    if (fits) kept.cells.push(one);
    else kept.dropped.push(one);
  }
  for (const one of everyValue.values()) {
    if (columns.includes(one.column)) kept.values.push(one);
    else kept.dropped.push({ ...one, row: null });
  }
  kept.cells.sort((a, b) => a.row - b.row);
  return kept;
}
