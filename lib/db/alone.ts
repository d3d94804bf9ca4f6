import 'server-only';
import type { PoolClient } from 'pg';
import { loadPool } from './pool';

/**
 * Runs on a connection that holds this advisory lock; whoever wants the same waits. A lost connection has lost the lock, and
 * with it the means to write anything.
 */
export async function alone<T>(lock: string, run: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await loadPool.connect();
  let broken: Error | undefined;
  try {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [lock]);
    return await run(client);
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lock]).catch((error: Error) => {
      broken = error;
    });
    client.release(broken);
  }
}
