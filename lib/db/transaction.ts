import 'server-only';
import type { PoolClient } from 'pg';
import { loadPool } from './pool';

/** Runs a change in one transaction of the pool for loading: all of it or nothing. */
export async function inTransaction<T>(run: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await loadPool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await run(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
