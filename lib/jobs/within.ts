import 'server-only';
import type { PoolClient } from 'pg';
import type PgBoss from 'pg-boss';
import { loadPool } from '@/lib/db/pool';

/** Runs in one transaction what belongs together in our tables and in the queue's. */
export async function within<T>(run: (client: PoolClient, db: PgBoss.Db) => Promise<T>): Promise<T> {
  const client = await loadPool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const db: PgBoss.Db = { executeSql: (text, values) => client.query(text, values) };
    const result = await run(client, db);
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
