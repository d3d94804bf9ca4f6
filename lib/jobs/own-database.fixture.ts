import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { ensureDatabase } from '@/lib/db/ensure-database';
import { migrate } from '@/lib/db/migrate';

// Imported first, before anything reads the settings: a new database for the file, so that no other test's jobs are in
// the queue and the queue's tables are not there yet.

const shared = process.env.DATABASE_URL ?? '';
const address = new URL(shared);
address.pathname = `/jobs_${randomUUID().replaceAll('-', '').slice(0, 12)}`;

export const ownDatabase = address.href;
process.env.DATABASE_URL = ownDatabase;
await ensureDatabase(ownDatabase);
await migrate(ownDatabase);

export async function dropDatabase(): Promise<void> {
  const client = new Client({ connectionString: shared });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(address.pathname.slice(1))} WITH (FORCE)`);
  await client.end();
}
