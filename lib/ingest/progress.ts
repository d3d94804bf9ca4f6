import 'server-only';
import { loadPool } from '@/lib/db/pool';
import type { Progress } from './read-file';

export type { Progress };
export type OnProgress = (progress: Progress) => void | Promise<void>;

/** Keeps the progress of a job where the list of imports shows it: outside of the job's transaction, twice a second at most. */
export function progressOf(workspaceId: number, importId: number): OnProgress {
  let last = 0;
  let stage = '';
  return async (progress) => {
    if (progress.stage === stage && Date.now() - last < 500) return;
    last = Date.now();
    stage = progress.stage;
    await loadPool
      .query(
        `UPDATE import SET progress = $3
         WHERE workspace_id = $1 AND id = $2 AND state IN ('validating', 'publishing', 'reverting')`,
        [workspaceId, importId, JSON.stringify(progress)],
      )
      .catch(() => undefined);
  };
}
