import 'server-only';
import type { PoolClient } from 'pg';
import type PgBoss from 'pg-boss';
import { inTransaction } from '@/lib/db/transaction';

/** The queue's tables, within the transaction of this connection. */
export const queueOn = (client: PoolClient): PgBoss.Db => ({
  executeSql: (text, values) => client.query(text, values),
});

/** Runs in one transaction what belongs together in our tables and in the queue's. */
export const within = <T>(run: (client: PoolClient, db: PgBoss.Db) => Promise<T>): Promise<T> =>
  inTransaction((client) => run(client, queueOn(client)));
