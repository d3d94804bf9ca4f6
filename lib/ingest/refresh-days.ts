import 'server-only';
import { refreshRollups } from '@/lib/rollups/refresh';
import type { OnProgress } from './progress';
import type { Subject } from './touched';

const MOST_STEPS = 12;

/** Brings the rollups of these days up to date, in a few steps of whole months so that progress can be told. */
export async function refreshDays(
  { client, workspaceId }: Subject,
  days: string[],
  onProgress?: OnProgress,
): Promise<void> {
  const months = [...new Set(days.map((day) => day.slice(0, 7)))].sort();
  const size = Math.max(1, Math.ceil(months.length / MOST_STEPS));
  for (let at = 0; at < months.length; at += size) {
    await onProgress?.({ stage: 'rollups', done: at, total: months.length });
    const step = new Set(months.slice(at, at + size));
    await refreshRollups(
      client,
      workspaceId,
      days.filter((day) => step.has(day.slice(0, 7))),
    );
  }
}
