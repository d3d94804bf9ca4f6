import 'server-only';
import type { PoolClient } from 'pg';
import { loadPool } from '@/lib/db/pool';
import { stateOf, Stopped, type State } from './state';

/** How often it is looked whether the work is still wanted. */
const EVERY_MS = 500;

/**
 * Runs work on an import for as long as the import is in this state. Once it is paused, cancelled or discarded, the statement at
 * hand is ended, not waited for: over millions of lines one takes minutes. Whoever says so may do it from another process.
 */
export async function heeding<T>(
  { workspaceId, importId }: { workspaceId: number; importId: number },
  state: State,
  client: PoolClient,
  run: () => Promise<T>,
): Promise<T> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  let stopped: State | undefined;
  const look = async (): Promise<void> => {
    const now = await stateOf(workspaceId, importId);
    if (now === state) return;
    stopped = now;
    // Again each time: between two statements there is nothing to end.
    await loadPool.query('SELECT pg_cancel_backend($1)', [rows[0]!.pid]);
  };
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => undefined);
  }, EVERY_MS);
  try {
    return await run();
  } catch (error) {
    if (stopped === undefined) throw error;
    throw new Stopped('conflict', `Import ${importId} is ${stopped}: it was cancelled.`);
  } finally {
    clearInterval(timer);
    // The connection is somebody else's afterwards.
    await looking;
  }
}
