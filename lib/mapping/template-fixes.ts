import 'server-only';
import type { PoolClient } from 'pg';
import { recordAudit } from '@/lib/audit/record';
import { ApiError } from '@/lib/contract/errors';
import { keptFixes, templateFixes } from '@/lib/contract/fixes';
import { inTransaction } from '@/lib/db/transaction';
import { fixText, valueKey } from './one-fix';
import { spelledAs } from './signature';

interface Carried {
  client: PoolClient;
  workspaceId: number;
  userId: string | null;
  template: number;
  /** The header that the template had, and the one of the file that is being published. */
  columns: { before: string[]; now: string[] };
  /** What of the file was set right. */
  fixes: unknown;
}

/** Adds what of a file was said to go on to the next ones; what goes on already, as this file spells its columns. */
export async function carryOn({ client, workspaceId, userId, template, columns, fixes }: Carried): Promise<void> {
  const spelled = spelledAs(columns.before, columns.now);
  const { rows } = await client.query<{ name: string; fixes: unknown }>(
    'SELECT name, fixes FROM mapping_template WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
    [workspaceId, template],
  );
  const kept = templateFixes
    .parse(rows[0]?.fixes ?? [])
    .map((one) => ({ ...one, column: spelled(one.column) }))
    .map((one) => [valueKey(one), one] as const);
  const added = keptFixes
    .parse(fixes)
    .values.filter(({ next }) => next)
    .map(({ column, from, to, by, at }) => ({ column, from, to, by, at }));
  if (kept.length + added.length === 0) return;
  const all = new Map([...kept, ...added.map((one) => [valueKey(one), one] as const)]);
  await client.query('UPDATE mapping_template SET fixes = $3 WHERE workspace_id = $1 AND id = $2', [
    workspaceId,
    template,
    JSON.stringify([...all.values()]),
  ]);
  if (added.length === 0) return;
  const detail = { name: rows[0]?.name, values: added.map(fixText) };
  await recordAudit(client, { workspaceId, userId, action: 'template.fix', subject: `template ${template}`, detail });
}

interface Asked {
  workspaceId: number;
  userId: string | null;
  id: number;
  column: string;
  from: string;
}

/** Lets a value be set right no more in files to come. Those that are here keep what they have. */
export const dropTemplateFix = ({ workspaceId, userId, id, column, from }: Asked): Promise<void> =>
  inTransaction(async (client) => {
    const { rows } = await client.query<{ name: string; fixes: unknown }>(
      'SELECT name, fixes FROM mapping_template WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
      [workspaceId, id],
    );
    const [found] = rows;
    if (!found) throw new ApiError('not_found', `There is no remembered mapping ${id}.`);
    const fixes = templateFixes.parse(found.fixes);
    const doomed = fixes.find((one) => valueKey(one) === valueKey({ column, from }));
    if (!doomed)
      throw new ApiError('not_found', `The mapping “${found.name}” sets no “${from}” of the column “${column}” right.`);
    await client.query('UPDATE mapping_template SET fixes = $3 WHERE workspace_id = $1 AND id = $2', [
      workspaceId,
      id,
      JSON.stringify(fixes.filter((one) => one !== doomed)),
    ]);
    const detail = { name: found.name, removed: [fixText(doomed)] };
    await recordAudit(client, { workspaceId, userId, action: 'template.fix', subject: `template ${id}`, detail });
  });
