import 'server-only';
import type { PoolClient } from 'pg';
import { ApiError } from '@/lib/contract/errors';
import type { Bases } from '@/lib/contract/workspaces';
import { changeWorkspace } from './change-workspace';

interface Change {
  workspaceId: number;
  userId: string;
  /** What is left out stays as it is. */
  bases: Partial<{ [Name in keyof Bases]: Bases[Name] | undefined }>;
}

/** Sets what shopper metrics rest on; answers the data version from which on it holds. */
export function setBases({ workspaceId, userId, bases }: Change): Promise<number> {
  const { universe, lowBase, regionUniverses = [] } = bases;
  const set = [
    ...(universe === undefined ? [] : [['universe', universe] as const]),
    ...(lowBase === undefined ? [] : [['low_base', lowBase] as const]),
  ];
  const also = (client: PoolClient) => setRegions(client, workspaceId, regionUniverses);
  return changeWorkspace({ workspaceId, userId, setting: 'bases', detail: { ...bases }, set, also });
}

async function setRegions(client: PoolClient, workspaceId: number, list: Bases['regionUniverses']): Promise<void> {
  const again = list.findIndex(({ region }, at) => list.findIndex((one) => one.region === region) < at);
  if (again >= 0) throw wrong(again, `region ${list[again]?.region} stands here twice`);
  const { rows } = await client.query<{ id: number }>(
    `WITH given AS (
       SELECT r.id, g.universe FROM unnest($2::int[], $3::int[]) AS g(region, universe)
       JOIN region r ON r.workspace_id = $1 AND r.id = g.region), unset AS (
       DELETE FROM region_universe u USING given
       WHERE u.workspace_id = $1 AND u.region_id = given.id AND given.universe IS NULL), set_now AS (
       INSERT INTO region_universe (workspace_id, region_id, universe)
       SELECT $1, id, universe FROM given WHERE universe IS NOT NULL
       ON CONFLICT (workspace_id, region_id) DO UPDATE SET universe = excluded.universe)
     SELECT id FROM given`,
    [workspaceId, list.map(({ region }) => region), list.map(({ universe }) => universe)],
  );
  const known = new Set(rows.map(({ id }) => id));
  const unknown = list.findIndex(({ region }) => !known.has(region));
  if (unknown >= 0) throw wrong(unknown, `there is no region ${list[unknown]?.region} in this workspace`);
}

const wrong = (at: number, message: string): ApiError =>
  new ApiError('invalid_request', 'A region is wrong.', [{ field: `regionUniverses.${at}.region`, message }]);
