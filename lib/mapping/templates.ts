import 'server-only';
import { namesOf } from '@/lib/audit/names-of';
import { recordAudit } from '@/lib/audit/record';
import { ApiError } from '@/lib/contract/errors';
import { templateFixes } from '@/lib/contract/fixes';
import { mapping as mappingShape } from '@/lib/contract/imports';
import type { Template } from '@/lib/contract/templates';
import { loadPool } from '@/lib/db/pool';
import { inTransaction } from '@/lib/db/transaction';

interface Row extends Omit<Template, 'mapping' | 'fixes' | 'usedAt'> {
  fixes: unknown;
  mapping: unknown;
  usedAt: Date;
}

/** The remembered mappings of the workspace, the one used last first. */
export async function listTemplates(workspaceId: number, id: number | null = null): Promise<Template[]> {
  const { rows } = await loadPool.query<Row>(
    `SELECT id, name, kind, columns, mapping, fixes, file_name AS "fileName", used_at AS "usedAt" FROM mapping_template
     WHERE workspace_id = $1 AND ($2::int IS NULL OR id = $2) ORDER BY used_at DESC, id DESC LIMIT 100`,
    [workspaceId, id],
  );
  const read = rows.map((row) => ({ ...row, fixes: templateFixes.parse(row.fixes) }));
  const names = await namesOf(
    workspaceId,
    read.flatMap(({ fixes }) => fixes.map(({ by }) => by)),
  );
  return read.map((row) => ({
    ...row,
    mapping: mappingShape.parse(row.mapping),
    fixes: row.fixes.map((one) => ({ ...one, by: names.get(one.by) ?? null })),
    usedAt: row.usedAt.toISOString(),
  }));
}

/** The same, as whoever asks may see them. `rows`: what cells of files say, and what is set right is that. */
export async function showTemplates(workspaceId: number, rows: boolean): Promise<Template[]> {
  const templates = await listTemplates(workspaceId);
  return rows ? templates : templates.map((one) => ({ ...one, fixes: [] }));
}

export const readTemplate = async (workspaceId: number, id: number): Promise<Template> =>
  (await listTemplates(workspaceId, id))[0] ?? missing(id);

interface Asked {
  workspaceId: number;
  userId: string | null;
  id: number;
}

export async function renameTemplate({ name, ...asked }: Asked & { name: string }): Promise<Template> {
  await change(
    asked,
    'template.rename',
    'UPDATE mapping_template SET name = $3 WHERE workspace_id = $1 AND id = $2 RETURNING name',
    [name],
  );
  return readTemplate(asked.workspaceId, asked.id);
}

/** Forgets a mapping. Files that were mapped by it stay as they are. */
export const forgetTemplate = (asked: Asked): Promise<void> =>
  change(
    asked,
    'template.forget',
    'DELETE FROM mapping_template WHERE workspace_id = $1 AND id = $2 RETURNING name',
    [],
  );

const missing = (id: number): never => {
  throw new ApiError('not_found', `There is no remembered mapping ${id}.`);
};

const change = (
  { workspaceId, userId, id }: Asked,
  action: 'template.rename' | 'template.forget',
  statement: string,
  values: string[],
) =>
  inTransaction(async (client) => {
    const { rows } = await client.query<{ name: string }>(statement, [workspaceId, id, ...values]);
    const [changed] = rows;
    if (!changed) return missing(id);
    await recordAudit(client, {
      workspaceId,
      userId,
      action,
      subject: `template ${id}`,
      detail: { name: changed.name },
    });
  });
