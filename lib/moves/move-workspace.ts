import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { to } from 'pg-copy-streams';
import { copyFrom } from '@/lib/db/copy';
import { folderOf } from '@/lib/files/folder';
import { hashTable, readTotals, rowsOf } from './compare';
import { left, listTables, type Table } from './tables';

export interface Move {
  /** Addresses of the two databases. */
  from: string;
  to: string;
  slug: string;
  /** Its slug over there. */
  as: string;
  /** Where the other database's server keeps received files (its DATA_DIR). */
  files: string;
  onTable?: (name: string) => void;
}

export interface Moved {
  tables: { name: string; rows: number; differs: string | null }[];
  /** Tables that stay, with how many rows of the workspace they hold. */
  stays: { name: string; rows: number; why: string }[];
  /** Lines, units and amount on either side. */
  totals: [from: string, to: string];
  files: {
    copied: number;
    missing: number;
    /** Those that are not what was received, by their SHA-256. */
    differ: number;
  };
  /** The workspace's id over there; null when the two sides differ, and then nothing is there. */
  workspaceId: number | null;
}

/** Something that the caller can mend before anything has moved. */
export class MoveFault extends Error {}

/**
 * Copies a workspace from one database to another: from one snapshot, in one transaction, every row compared by its hash before
 * the commit. Where a single row differs, all of it is rolled back. The workspace stays where it was.
 */
export async function moveWorkspace(move: Move): Promise<Moved> {
  const [source, target] = [clientOf(move.from), clientOf(move.to)];
  const written: string[] = [];
  try {
    for (const client of [source, target]) {
      // Of a cut connection, the statement at hand tells.
      client.on('error', () => undefined);
      await connect(client);
      // Hashes are of texts: both sides write them alike.
      await client.query(`SET TIME ZONE 'UTC'; SET DateStyle = 'ISO'; SET bytea_output = 'hex'`);
    }
    await source.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await target.query('BEGIN');
    const ids = await begin(source, target, move);
    const tables = await listTables(source);
    for (const table of tables) {
      move.onTable?.(table.name);
      await copyRows(source, target, table, ids, move);
    }
    const files = await copyFiles(source, ids, move.files, written);
    const moved = await compare(source, target, tables, ids);
    const same =
      moved.tables.every(({ differs }) => differs === null) &&
      moved.totals[0] === moved.totals[1] &&
      files.differ === 0;
    await target.query(same ? 'COMMIT' : 'ROLLBACK');
    if (!same) await remove(written);
    return { ...moved, files, workspaceId: same ? ids.to : null };
  } catch (error) {
    await target.query('ROLLBACK').catch(() => undefined);
    await remove(written);
    throw error;
  } finally {
    await Promise.all([source.end().catch(() => undefined), target.end().catch(() => undefined)]);
  }
}

function clientOf(connectionString: string): Client {
  if (!/^postgres(ql)?:\/\//.test(connectionString) || !URL.canParse(connectionString))
    throw new MoveFault(
      `"${connectionString}" is no address of a database; it looks like postgres://user@host:5432/name.`,
    );
  return new Client({ connectionString, application_name: 'brandlens-move' });
}

async function connect(client: Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    const why = error instanceof Error ? error.message || (error as { code?: string }).code : String(error);
    throw new MoveFault(
      `The database ${client.database} at ${client.host}:${client.port} cannot be reached (${why}). Start it, or make it with DATABASE_URL=… npm run db:migrate.`,
    );
  }
}

interface Ids {
  from: number;
  to: number;
}

const remove = (paths: readonly string[]): Promise<unknown> =>
  Promise.all(paths.map((path) => rm(path, { force: true })));

async function begin(source: Client, target: Client, { slug, as, files }: Move): Promise<Ids> {
  const migrations = `SELECT coalesce(string_agg(migration_name, ', ' ORDER BY migration_name), '') AS names
                      FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const [ours, theirs] = await Promise.all(
    [source, target].map(async (client) => {
      const { rows } = await client.query<{ known: boolean }>(
        `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known`,
      );
      return rows[0]!.known ? (await client.query(migrations)).rows[0].names : null;
    }),
  );
  if (ours !== theirs)
    throw new MoveFault(
      'The databases stand at different migrations. Bring both up to date: DATABASE_URL=… npm run db:migrate.',
    );
  const { rows } = await source.query<{ id: number; busy: string | null }>(
    `SELECT id, (SELECT string_agg(file_name, ', ') FROM import i WHERE i.workspace_id = w.id AND i.state IN ('publishing', 'reverting')) AS busy
     FROM workspace w WHERE slug = $1`,
    [slug],
  );
  const found = rows[0];
  if (!found) throw new MoveFault(`There is no workspace "${slug}" in the first database.`);
  if (found.busy) throw new MoveFault(`${found.busy} is being published or reverted. Wait for it, then move.`);
  const taken = await target.query('SELECT 1 FROM workspace WHERE slug = $1', [as]);
  if (taken.rowCount)
    throw new MoveFault(`The other database has a workspace "${as}" already. Name another with --as.`);
  const { rows: made } = await target.query<{ id: number }>(
    `SELECT nextval(pg_get_serial_sequence('workspace', 'id'))::int AS id`,
  );
  const ids = { from: found.id, to: made[0]!.id };
  const folder = folderOf('imports', ids.to, files);
  if ((await readdir(folder).catch(() => [])).length > 0)
    throw new MoveFault(
      `${folder} holds files already, of another workspace. Name the other server's DATA_DIR with --files.`,
    );
  return ids;
}

async function copyRows(source: Client, target: Client, table: Table, ids: Ids, { as, files }: Move): Promise<void> {
  const columns = table.columns.map(({ name }) => `"${name}"`).join(', ');
  const over: Record<string, string> = {
    slug: `${source.escapeLiteral(as)}::text`,
    file_path: `${source.escapeLiteral(`${folderOf('imports', ids.to, files)}/`)} || regexp_replace(file_path, '^.*[/\\\\]', '')`,
  };
  const values = table.columns.map(({ name }) => over[name] ?? `"${name}"`);
  await copy(
    source,
    `SELECT ${ids.to}::int, ${values.join(', ')} ${rowsOf(table, ids.from)}`,
    target,
    `"${table.name}" ("${table.key}", ${columns})`,
  );
  // What is made over there from now on has ids of its own.
  if (table.sequence)
    await target.query(
      `SELECT setval($1, greatest((SELECT last_value FROM ${table.sequence}), coalesce((SELECT max(id) FROM "${table.name}" WHERE workspace_id = $2), 1)))`,
      [table.sequence, ids.to],
    );
}

/** In binary: bits and lists cross as they are kept. */
const copy = (source: Client, query: string, target: Client, into: string): Promise<void> =>
  copyFrom(
    target,
    `COPY ${into} FROM STDIN (FORMAT binary)`,
    source.query(to(`COPY (${query}) TO STDOUT (FORMAT binary)`)),
  );

/** The received files of what moves: an import can be checked and published again from them. */
async function copyFiles(source: Client, ids: Ids, dataDir: string, written: string[]): Promise<Moved['files']> {
  const folder = folderOf('imports', ids.to, dataDir);
  const { rows } = await source.query<{ file_path: string; file_hash: string }>(
    `SELECT file_path, file_hash FROM import WHERE workspace_id = $1 AND state IN ('published', 'reverted') AND file_path <> ''`,
    [ids.from],
  );
  const files = { copied: 0, missing: 0, differ: 0 };
  for (const { file_path: path, file_hash: hash } of rows) {
    if (!existsSync(path)) {
      files.missing += 1;
      continue;
    }
    await mkdir(folder, { recursive: true });
    const copied = join(folder, basename(path));
    written.push(copied);
    await copyFile(path, copied);
    files[(await hashOf(copied)) === hash ? 'copied' : 'differ'] += 1;
  }
  return files;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function compare(
  source: Client,
  target: Client,
  tables: readonly Table[],
  ids: Ids,
): Promise<Pick<Moved, 'tables' | 'stays' | 'totals'>> {
  const compared: Moved['tables'] = [];
  for (const table of tables) {
    const [here, there] = await Promise.all([hashTable(source, table, ids.from), hashTable(target, table, ids.to)]);
    const differs =
      here.rows !== there.rows
        ? `${here.rows} rows here, ${there.rows} there`
        : here.hashes !== there.hashes
          ? 'as many rows, but not the same'
          : null;
    compared.push({ name: table.name, rows: Number(here.rows), differs });
  }
  const stays: Moved['stays'] = [];
  for (const [name, why] of Object.entries(left)) {
    const { rows } = await source.query<{ rows: string }>(
      `SELECT count(*) AS rows FROM "${name}" WHERE workspace_id = $1`,
      [ids.from],
    );
    if (Number(rows[0]?.rows) > 0) stays.push({ name, rows: Number(rows[0]?.rows), why });
  }
  return { tables: compared, stays, totals: [await readTotals(source, ids.from), await readTotals(target, ids.to)] };
}
