import { Client } from 'pg';
import { openSchemaEngine, readMigrations } from './schema-engine';

const filters = { externalTables: [], externalEnums: [] };

/** The database and the migrations here tell different stories: a person has to decide. */
export class HistoryFault extends Error {}

/** Of this program alone; the schema engine has a lock of its own, for which it waits ten seconds. */
const LOCK = 7_240_118;

/** Applies the migrations that the database lacks, oldest first; answers their names. One process does so, others wait. */
export async function migrate(connectionString: string): Promise<string[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return await applyMissing(connectionString);
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}

async function applyMissing(connectionString: string): Promise<string[]> {
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
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}
