import 'server-only';
import { refreshRollups, type Loaded } from '@/lib/rollups/refresh';
import type { OnProgress } from './progress';
import type { Subject } from './touched';

interface Given {
  onProgress?: OnProgress;
  loaded?: Loaded | undefined;
  /** How many lines the import brings to each month, by its first day. */
  lines?: ReadonlyMap<string, number> | undefined;
}

/**
 * Brings the rollups of these days up to date, and tells of each month: in lines where all of them are months of the import, as
 * its months are of different sizes, else in months.
 */
export async function refreshDays(
  { client, workspaceId }: Subject,
  days: string[],
  { onProgress, loaded, lines }: Given = {},
): Promise<void> {
  const months = [...new Set(days.map((day) => `${day.slice(0, 7)}-01`))];
  const sized = lines !== undefined && months.every((month) => lines.has(month));
  const sizeOf = (month: string): number => (sized ? lines.get(month)! : 1);
  const total = months.reduce((sum, month) => sum + sizeOf(month), 0);
  let done = 0;
  const onMonth = async (month: string, made: boolean): Promise<void> => {
    if (made) done += sizeOf(month);
    await onProgress?.({ stage: 'rollups', done, total, ...(!sized && { unit: 'months' }) });
  };
  await refreshRollups(client, workspaceId, days, { onMonth, loaded });
}
