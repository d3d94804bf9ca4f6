import 'server-only';
import { loadPool } from '@/lib/db/pool';
import type { Progress } from './reading';

export type { Progress };
export type OnProgress = (progress: Progress) => void | Promise<void>;

export interface Paced extends Progress {
  /** Done a second, lately; null while nothing can be said. */
  rate: number | null;
  secondsLeft: number | null;
}

/** What is measured lies within so long: the pace of the beginning says little of that of now. */
const windowMs = 20_000;

/** Adds pace and remaining time to what is told within one stage after the other. */
export function paced(now: () => number = Date.now): (progress: Progress) => Paced {
  let seen: { at: number; done: number }[] = [];
  let stage = '';
  return (progress) => {
    const { done, total } = progress;
    if (progress.stage !== stage) seen = [];
    stage = progress.stage;
    const at = now();
    seen.push({ at, done });
    while (seen.length > 2 && at - seen[0]!.at > windowMs) seen.shift();
    const first = seen[0]!;
    const seconds = (at - first.at) / 1000;
    const rate = seconds >= 0.5 && done > first.done ? (done - first.done) / seconds : null;
    const secondsLeft = rate === null || total === null ? null : Math.ceil(Math.max(0, total - done) / rate);
    return { ...progress, rate, secondsLeft };
  };
}

/** Keeps the progress of a job where the list of imports shows it: outside of the job's transaction, twice a second at most. */
export function progressOf(workspaceId: number, importId: number): OnProgress {
  let last = 0;
  let stage = '';
  const pace = paced();
  return async (progress) => {
    if (progress.stage === stage && Date.now() - last < 500) return;
    last = Date.now();
    stage = progress.stage;
    await loadPool
      .query(
        `UPDATE import SET progress = $3
         WHERE workspace_id = $1 AND id = $2 AND state IN ('reading', 'validating', 'publishing', 'reverting')`,
        [workspaceId, importId, JSON.stringify(pace(progress))],
      )
      .catch(() => undefined);
  };
}
