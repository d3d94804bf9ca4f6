import 'server-only';
import type { PoolClient } from 'pg';
import { recordAudit } from '@/lib/audit/record';
import { ApiError } from '@/lib/contract/errors';
import { faultsOfRule, type GroupKind, type GroupRule } from '@/lib/contract/groups';
import { loadPool } from '@/lib/db/pool';
import { inSnapshot } from '@/lib/db/snapshot';
import { checkAttributes, checkIds } from '@/lib/query/check';

/** More would make a break-down by groups slow: each is read by itself. */
const most = 100;

export interface Saved {
  id: number;
  /** The data version that the change made. */
  dataVersion: number;
}

interface Who {
  workspaceId: number;
  userId: string;
}

export async function createGroup(
  who: Who,
  { name, kind, rule }: { name: string; kind: GroupKind; rule: GroupRule },
): Promise<Saved> {
  await checkMembers(who.workspaceId, rule);
  return changing(who.workspaceId, async (client) => {
    const {
      rows: [held],
    } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM custom_group WHERE workspace_id = $1',
      [who.workspaceId],
    );
    if ((held?.count ?? 0) >= most) throw new ApiError('conflict', `A workspace has at most ${most} groups.`);
    const { rows } = await client.query<{ id: number }>(
      'INSERT INTO custom_group (workspace_id, name, kind, rule) VALUES ($1, $2, $3, $4) RETURNING id',
      [who.workspaceId, name, kind, JSON.stringify(rule)],
    );
    const id = rows[0]?.id ?? 0;
    await recordAudit(client, { ...who, action: 'group.create', subject: `group ${id}`, detail: { name, kind, rule } });
    return id;
  });
}

export async function changeGroup(
  who: Who,
  id: number,
  { name, rule }: { name?: string | undefined; rule?: GroupRule | undefined },
): Promise<Saved> {
  if (rule) await checkMembers(who.workspaceId, rule);
  return changing(who.workspaceId, async (client) => {
    const { rows } = await client.query<{ kind: GroupKind }>(
      `UPDATE custom_group SET name = coalesce($3, name), rule = coalesce($4, rule), changed_at = now()
       WHERE workspace_id = $1 AND id = $2 RETURNING kind`,
      [who.workspaceId, id, name ?? null, rule ? JSON.stringify(rule) : null],
    );
    const [changed] = rows;
    if (!changed) throw new ApiError('not_found', `There is no group ${id}.`);
    const faults = rule ? faultsOfRule(changed.kind, rule) : [];
    if (faults.length > 0) {
      const details = faults.map(({ path, message }) => ({ field: ['rule', ...path].join('.'), message }));
      throw new ApiError('invalid_request', `The rule is none of a group of ${changed.kind}s.`, details);
    }
    await recordAudit(client, { ...who, action: 'group.change', subject: `group ${id}`, detail: { name, rule } });
    return id;
  });
}

export const deleteGroup = (who: Who, id: number): Promise<Saved> =>
  changing(who.workspaceId, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'DELETE FROM custom_group WHERE workspace_id = $1 AND id = $2 RETURNING name',
      [who.workspaceId, id],
    );
    if (!rows[0]) throw new ApiError('not_found', `There is no group ${id}.`);
    await recordAudit(client, {
      ...who,
      action: 'group.delete',
      subject: `group ${id}`,
      detail: { name: rows[0].name },
    });
    return id;
  });

/** What a rule names must be there, as what a query names. */
const checkMembers = (workspaceId: number, rule: GroupRule): Promise<void> =>
  inSnapshot(async (snapshot) => {
    const { exclude = {}, name: _, ...include } = rule;
    await checkIds(snapshot, workspaceId, [
      ['rule.', include],
      ['rule.exclude.', exclude],
    ]);
    for (const [within, { attributes = [] }] of [
      ['rule', include],
      ['rule.exclude', exclude],
    ] as const) {
      const asked = attributes.map(({ of, name }, at) => ({ field: `${within}.attributes.${at}.name`, of, name }));
      await checkAttributes(snapshot, workspaceId, asked);
    }
  });

/** Runs a change of groups in one transaction that moves the data version: every answer that rests on groups is then old. */
async function changing(workspaceId: number, change: (client: PoolClient) => Promise<number>): Promise<Saved> {
  const client = await loadPool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = '5s'`);
    const { rows } = await client.query<{ data_version: string }>(
      `UPDATE workspace SET data_version = data_version + 1, groups_version = data_version + 1, data_changed_at = now()
       WHERE id = $1 RETURNING data_version`,
      [workspaceId],
    );
    const id = await change(client);
    await client.query('COMMIT');
    return { id, dataVersion: Number(rows[0]?.data_version) };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw told(error);
  } finally {
    client.release();
  }
}

const codes = { lockNotAvailable: '55P03', uniqueViolation: '23505' };

function told(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === codes.uniqueViolation) {
    return new ApiError('conflict', 'There is a group of this name already.', [
      { field: 'name', message: 'must be another name' },
    ]);
  }
  if (code === codes.lockNotAvailable) {
    return new ApiError('conflict', 'The data is being loaded right now. Save the group when that is done.');
  }
  return error;
}
