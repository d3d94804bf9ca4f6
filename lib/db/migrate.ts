import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { openSchemaEngine, readMigrations } from './schema-engine';

const filters = { externalTables: [], externalEnums: [] };

/** The database and the migrations here tell different stories: a person has to decide. */
export class HistoryFault extends Error {}

/** Something else held what a migration changes for all the time that it was tried. */
export class HeldFault extends Error {}

/** Whoever asks for a table behind a waiting migration waits as well: it waits shortly, and tries again until this has passed. */
const PATIENCE = { each: 2_000, pause: 3_000, whole: 120_000 };

/** Of this program alone; the schema engine has a lock of its own, for which it waits ten seconds. */
const LOCK = 7_240_118;

/**
 * Applies the migrations that the database lacks, oldest first; answers their names. One process does so, others wait. Each is applied
 * as a whole or not at all, with its mark that it is, so that it may be ended at any instant. `onWait` is told of the first wait for
 * what others hold.
 */
export async function migrate(connectionString: string, onWait?: (name: string) => void): Promise<string[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const missing = await findMissing(connectionString);
    for (const { name, script } of missing) await apply(client, name, script, onWait);
    return missing.map(({ name }) => name);
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}

async function findMissing(connectionString: string): Promise<{ name: string; script: string }[]> {
  const engine = await openSchemaEngine(connectionString);
  try {
    const migrationsList = readMigrations();
    const found = await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters });
    const list = (names: string[]): string => names.join(', ');
    if (found.failedMigrationNames.length > 0) {
      throw new HistoryFault(
        `A migration broke off here before: ${list(found.failedMigrationNames)}. Restore the database from a backup, or start with an empty one.`,
      );
    }
    if (found.editedMigrationNames.length > 0) {
      throw new HistoryFault(
        `Changed since it was applied here: ${list(found.editedMigrationNames)}. Bring back the file as it was, or start with an empty database.`,
      );
    }
    if (found.history && found.history.diagnostic !== 'databaseIsBehind') {
      throw new HistoryFault(
        `The database has had migrations that this version of Brandlens does not know: ${list(found.history.unpersistedMigrationNames)}. Use the version that applied them, or a newer one.`,
      );
    }
    // Makes the table of migrations, and refuses a database that has other tables.
    if (!found.hasMigrationsTable)
      await engine.applyMigrations({ migrationsList: { ...migrationsList, migrationDirectories: [] }, filters });
    const missing = new Set(found.history?.unappliedMigrationNames);
    return migrationsList.migrationDirectories
      .filter(({ path }) => missing.has(path))
      .map(({ path, migrationFile: { content } }) => ({ name: path, script: content.value as string }));
  } finally {
    engine.free();
  }
}

async function apply(client: Client, name: string, script: string, onWait?: (name: string) => void): Promise<void> {
  const until = Date.now() + PATIENCE.whole;
  for (let told = false; ; told = true) {
    try {
      await client.query(`BEGIN; SET LOCAL lock_timeout = ${PATIENCE.each}; SET LOCAL statement_timeout = 0`);
      await client.query(script);
      // As Prisma marks what it has applied: its engine reads this, and so do readiness and `migrate-workspace`.
      await client.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
        [randomUUID(), createHash('sha256').update(script).digest('hex'), name],
      );
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK');
      if (!(error instanceof DatabaseError) || error.code !== '55P03') throw error;
      if (Date.now() > until)
        throw new HeldFault(`${name} waits for something that is at work on its tables. Nothing was changed by it.`, {
          cause: error,
        });
      if (!told) onWait?.(name);
      await sleep(PATIENCE.pause);
    }
  }
}
