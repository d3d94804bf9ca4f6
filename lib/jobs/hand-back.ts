import 'server-only';
import { loadPool } from '@/lib/db/pool';
import type { Queue } from './boss';

/**
 * Puts a job back for the next process because this one ends. The queue counts a try where a job was started before: as
 * this one was not at fault, it is as if it had not been started.
 */
export async function handBack(queue: Queue, id: string): Promise<void> {
  await loadPool.query(
    `UPDATE pgboss.job SET state = 'retry', started_on = NULL, start_after = now()
     WHERE name = $1 AND id = $2 AND state = 'active'`,
    [queue, id],
  );
}
