import 'server-only';
import type { PoolClient } from 'pg';
import { recordAudit } from '@/lib/audit/record';
import type { Role } from '@/lib/contract/endpoint';
import { ApiError } from '@/lib/contract/errors';
import { inTransaction } from '@/lib/db/transaction';
import { forgetMemberships } from './workspace';

interface Member {
  workspaceId: number;
  userId: string;
  /** Who does it; null: the command line. */
  by?: string | null;
}

interface Change extends Member {
  /** Null: none any more. */
  role: Role | null;
  /** Refuses what is not so: somebody who belongs to the workspace already, or who does not. */
  only?: 'new' | 'known' | undefined;
}

/** Makes a user a member of a workspace, or gives a member another role. */
export const addMember = (member: Member & { role: Role; only?: Change['only'] }): Promise<void> => change(member);

/** Lets a member in no more. Other processes know within five seconds. */
export const removeMember = (member: Member): Promise<void> => change({ ...member, role: null, only: 'known' });

async function change({ workspaceId, userId, by = null, role, only }: Change): Promise<void> {
  await inTransaction(async (client) => {
    // Not the workspace's row: a publish holds that for minutes.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`people ${workspaceId}`]);
    const { rows } = await client.query<{ email: string; role: Role | null }>(
      `SELECT u.email, m.role FROM "user" u LEFT JOIN member m ON m.user_id = u.id AND m.workspace_id = $1 WHERE u.id = $2`,
      [workspaceId, userId],
    );
    const [found] = rows;
    if (!found || (only === 'known' && found.role === null))
      throw new ApiError('not_found', 'There is no such member of the workspace.');
    if (only === 'new' && found.role !== null)
      throw new ApiError('conflict', `${found.email} belongs to the workspace already, as ${found.role}.`);
    if (found.role === role) return;
    if (found.role === 'admin') await keepOneAdmin(client, workspaceId, userId);
    await client.query(
      role === null
        ? 'DELETE FROM member WHERE workspace_id = $1 AND user_id = $2'
        : `INSERT INTO member (workspace_id, user_id, role) VALUES ($1, $2, '${role}')
           ON CONFLICT (workspace_id, user_id) DO UPDATE SET role = EXCLUDED.role`,
      [workspaceId, userId],
    );
    const action = role === null ? 'person.remove' : found.role === null ? 'person.add' : 'person.change';
    const detail = { email: found.email, before: found.role, role };
    await recordAudit(client, { workspaceId, userId: by, action, subject: `person ${userId}`, detail });
  });
  forgetMemberships(userId);
}

/** A workspace without one could not be looked after by anybody. */
async function keepOneAdmin(client: PoolClient, workspaceId: number, userId: string): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT FROM member WHERE workspace_id = $1 AND role = 'admin' AND user_id <> $2 LIMIT 1`,
    [workspaceId, userId],
  );
  if (!rowCount) throw new ApiError('conflict', 'They are the only admin. Make somebody else an admin first.');
}
