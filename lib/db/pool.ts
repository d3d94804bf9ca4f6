import 'server-only';
import { Pool, types } from 'pg';
import { env } from '@/lib/env';

// Dates stay text: a calendar date has no time zone.
types.setTypeParser(types.builtins.DATE, (text) => text);

const keep = globalThis as { brandlensPool?: Pool };

/** The pool for loading and rollups: COPY, long transactions, no statement time-out. */
export const loadPool: Pool = (keep.brandlensPool ??= new Pool({
  connectionString: env.DATABASE_URL,
  // A job of each verb, each with a second connection for its progress; connectors, each with one for its lock.
  max: 16,
  connectionTimeoutMillis: env.DATABASE_ACQUIRE_TIMEOUT,
  application_name: 'brandlens-load',
  // Where the system can: a statement of a process that was killed ends, and with it its locks. Else it runs to its end.
  verify: (client, done) => client.query("SET client_connection_check_interval = '2s'", () => done()),
}));
// Without a listener a connection that is cut ends the process, idle or at work; whoever uses it hears of it anyway.
loadPool.on('error', () => undefined);
loadPool.on('connect', (client) => client.on('error', () => undefined));
