import { randomUUID } from 'node:crypto';
import { loadPool } from '@/lib/db/pool';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';

/** Random sales from 30 December 2023 to 1 March 2024, with their rollups. */
export async function newWorkspace(): Promise<number> {
  const slug = `verify-${randomUUID().slice(0, 8)}`;
  const { workspaceId } = await insertRandomWorkspace(loadPool, { seed: 5, basketsSpan: false, slug });
  await rebuildRollups(workspaceId);
  return workspaceId;
}
