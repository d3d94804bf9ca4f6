import 'server-only';
import { refreshRollups, type Loaded } from '@/lib/rollups/refresh';
import type { OnProgress } from './progress';
import type { Subject } from './touched';

/** Brings the rollups of these days up to date, and tells of each month. */
export async function refreshDays(
  { client, workspaceId }: Subject,
  days: string[],
  { onProgress, loaded }: { onProgress?: OnProgress; loaded?: Loaded | undefined } = {},
): Promise<void> {
  const total = new Set(days.map((day) => day.slice(0, 7))).size;
  let done = 0;
  const onMonth = async (): Promise<void> => {
    // Counted first: another month may begin while this is told.
    const before = done;
    done += 1;
    await onProgress?.({ stage: 'rollups', done: before, total });
  };
  await refreshRollups(client, workspaceId, days, { onMonth, loaded });
}
