import 'server-only';
import type { PoolClient } from 'pg';
import { namesOf } from '@/lib/audit/names-of';
import { recordAudit } from '@/lib/audit/record';
import { ApiError } from '@/lib/contract/errors';
import { keptFixes, MOST_CELLS, MOST_VALUES, type Fixes, type KeptFixes } from '@/lib/contract/fixes';
import { db } from '@/lib/db/client';
import { findFile } from './find-file';
import { cellKey, fixText, valueKey } from '@/lib/mapping/one-fix';
import { rowsAt } from './rows-at';

interface Asked {
  workspaceId: number;
  importId: number;
  userId: string | null;
  fixes: Fixes;
}

/** What the file says of the cells that are to be set right; refuses rows and columns that it does not have. Taken back, a fix needs none. */
export async function readBefore({ workspaceId, importId, fixes }: Omit<Asked, 'userId'>): Promise<string[]> {
  const { file, columns } = await findFile(workspaceId, importId);
  if (!file) throw new ApiError('conflict', `The file of import ${importId} has not been read.`);
  const wanted = [...new Set(fixes.cells.map(({ row }) => row))];
  const rows = await rowsAt(file, wanted);
  const faults = [
    ...fixes.cells.flatMap(({ row, column, to }, at) =>
      to === null
        ? []
        : !columns.includes(column)
          ? [{ field: `cells.${at}.column`, message: `the file has no column "${column}"` }]
          : rows.has(row)
            ? []
            : [{ field: `cells.${at}.row`, message: `the table has no row ${row}` }],
    ),
    ...fixes.values.flatMap(({ column, to }, at) =>
      to === null || columns.includes(column)
        ? []
        : [{ field: `values.${at}.column`, message: `the file has no column "${column}"` }],
    ),
  ];
  if (faults.length > 0)
    throw new ApiError(
      'invalid_request',
      `The fixes do not fit the file: ${faults[0]!.field} ${faults[0]!.message}.`,
      faults,
    );
  return fixes.cells.map(({ row, column }) => rows.get(row)?.[columns.indexOf(column)] ?? '');
}

/** Keeps fixes with an import that is not published, beside those that it has. Whoever calls has it checked again. */
export async function keepFixes(client: PoolClient, asked: Asked, before: readonly string[]): Promise<void> {
  const { workspaceId, importId, userId, fixes } = asked;
  const { rows } = await client.query<{ fixes: unknown }>(
    'SELECT fixes FROM import WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
    [workspaceId, importId],
  );
  const now = merged(keptFixes.parse(rows[0]?.fixes), asked, before);
  if (now.cells.length > MOST_CELLS || now.values.length > MOST_VALUES)
    throw new ApiError(
      'unprocessable',
      `An import keeps up to ${MOST_CELLS.toLocaleString('en')} cells and ${MOST_VALUES} values that are set right. Mend the file, and load it again.`,
    );
  await client.query('UPDATE import SET fixes = $3 WHERE workspace_id = $1 AND id = $2', [
    workspaceId,
    importId,
    JSON.stringify(now),
  ]);
  const cells = fixes.cells.map((one, at) => fixText({ ...one, from: before[at] ?? '' }));
  const detail = {
    ...(cells.length > 0 && { cells }),
    ...(fixes.values.length > 0 && { values: fixes.values.map(fixText) }),
  };
  await recordAudit(client, { workspaceId, userId, action: 'import.fix', subject: `import ${importId}`, detail });
}

function merged(kept: KeptFixes, { userId: by, fixes }: Asked, before: readonly string[]): KeptFixes {
  const at = new Date().toISOString();
  const cells = new Map(kept.cells.map((one) => [cellKey(one), one]));
  fixes.cells.forEach((one, index) => {
    const { to } = one;
    if (to === null) cells.delete(cellKey(one));
    else cells.set(cellKey(one), { ...one, from: before[index] ?? '', to, by, at });
  });
  const values = new Map(kept.values.map((one) => [valueKey(one), one]));
  const said = new Set([...fixes.cells.map(cellKey), ...fixes.values.map(valueKey)]);
  const dropped = kept.dropped.filter(
    ({ row, ...one }) => !said.has(row === null ? valueKey(one) : cellKey({ row, ...one })),
  );
  for (const one of fixes.values) {
    const { to } = one;
    if (to === null) values.delete(valueKey(one));
    else values.set(valueKey(one), { ...one, to, by, at });
  }
  return { cells: [...cells.values()].sort((a, b) => a.row - b.row), values: [...values.values()], dropped };
}

/** The fixes of an import, each with the name of whoever made it. */
export async function listFixes(workspaceId: number, importId: number): Promise<KeptFixes> {
  const found = await db.import.findUnique({
    where: { workspaceId_id: { workspaceId, id: importId } },
    select: { fixes: true },
  });
  if (!found) throw new ApiError('not_found', `There is no import ${importId}.`);
  const fixes = keptFixes.parse(found.fixes);
  const names = await namesOf(
    workspaceId,
    [...fixes.cells, ...fixes.values, ...fixes.dropped].map(({ by }) => by),
  );
  const named = <T extends { by: string | null }>(one: T): T => ({ ...one, by: names.get(one.by) ?? null });
  return { cells: fixes.cells.map(named), values: fixes.values.map(named), dropped: fixes.dropped.map(named) };
}
