import 'server-only';
import type { PoolClient } from 'pg';
import type { Correction } from '@/lib/contract/corrections';
import { ApiError } from '@/lib/contract/errors';
import { readCorrections } from '@/lib/corrections/list';
import { openBoss, type JobData } from './boss';
import { within } from './within';

interface Asked {
  workspaceId: number;
  userId: string | null;
}

/** Asks for the draft to be applied. What was asked for before and did not come to its end is asked for again. */
export const requestApply = (asked: Asked): Promise<Correction[]> =>
  request(asked, async (client) => {
    const { rows } = await client.query<{ id: number }>(
      `UPDATE correction SET state = 'applying' WHERE workspace_id = $1 AND state IN ('draft', 'applying') RETURNING id`,
      [asked.workspaceId],
    );
    if (rows.length === 0) throw new ApiError('conflict', 'The draft holds no correction to apply.');
    return rows.map(({ id }) => id);
  });

/** Asks for applied corrections to be undone. */
export const requestUndo = (asked: Asked, ids: number[]): Promise<Correction[]> =>
  request(asked, async (client) => {
    const { rows } = await client.query<{ id: number; state: Correction['state'] }>(
      'SELECT id, state FROM correction WHERE workspace_id = $1 AND id = ANY($2) FOR UPDATE',
      [asked.workspaceId, ids],
    );
    const missing = ids.find((id) => !rows.some((row) => row.id === id));
    if (missing !== undefined) throw new ApiError('not_found', `There is no correction ${missing}.`);
    const other = rows.find(({ state }) => state === 'draft' || state === 'applying');
    if (other) throw new ApiError('conflict', `Correction ${other.id} is not applied.`);
    await client.query(
      `UPDATE correction SET state = 'undoing' WHERE workspace_id = $1 AND id = ANY($2) AND state = 'applied'`,
      [asked.workspaceId, ids],
    );
    return ids;
  });

/** One job that waits serves all that is asked for before it begins. */
async function request(
  { workspaceId, userId }: Asked,
  mark: (client: PoolClient) => Promise<number[]>,
): Promise<Correction[]> {
  const boss = await openBoss();
  const ids = await within(async (client, db) => {
    const marked = await mark(client);
    await boss.send('correct', { workspaceId, userId } satisfies JobData, { singletonKey: String(workspaceId), db });
    return marked;
  });
  return readCorrections(workspaceId, ids);
}
