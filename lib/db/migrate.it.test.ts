import { spawn } from 'node:child_process';
import { Client } from 'pg';
import { afterAll, expect, it } from 'vitest';
import { env } from '@/lib/env';
import { ensureDatabase } from './ensure-database';
import { migrate } from './migrate';

const name = `migrate_${process.pid}_${Date.now()}`;
const address = new URL(env.DATABASE_URL);
address.pathname = `/${name}`;

const heldName = `${name}_held`;
const heldAddress = new URL(address);
heldAddress.pathname = `/${heldName}`;

afterAll(async () => {
  const client = new Client({ connectionString: env.DATABASE_URL });
  await client.connect();
  for (const each of [name, heldName]) await client.query(`DROP DATABASE IF EXISTS ${each} WITH (FORCE)`);
  await client.end();
});

const run = (url = address.href): Promise<{ code: number | null; output: string }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=react-server', 'scripts/migrate.ts'], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code, output })));
};

// Makes a database from nothing twice: with LONG=1.
it.runIf(process.env['LONG'])(
  'two processes that begin with an empty database at once both end with it up to date',
  async () => {
    const runs = await Promise.all([run(), run()]);
    expect(runs.map(({ code, output }) => `${code} ${output}`)).toEqual([
      expect.stringMatching(/^0 [^]*up to date/),
      expect.stringMatching(/^0 [^]*up to date/),
    ]);
  },
  120_000,
);

it('waits shortly for what others hold, changes nothing until then, and marks what it applied as Prisma does', async () => {
  await ensureDatabase(heldAddress.href);
  const other = new Client({ connectionString: heldAddress.href });
  await other.connect();
  const tables = async (): Promise<string[]> => {
    const { rows } = await other.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    return rows.map((row) => row.name);
  };
  try {
    await other.query(`CREATE TABLE _prisma_migrations (
      id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text,
      rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`);
    // Others may read the marks meanwhile, but none can be made.
    await other.query('BEGIN; LOCK TABLE _prisma_migrations IN SHARE MODE');
    let meanwhile: string[] | undefined;
    const waited: string[] = [];
    const applied = await migrate(heldAddress.href, (migration) => {
      waited.push(migration);
      void tables().then((found) => {
        meanwhile = found;
        return other.query('COMMIT');
      });
    });
    expect(waited).toEqual([applied[0]]);
    expect(meanwhile).toEqual(['_prisma_migrations']);
    expect(await tables()).toContain('sale_line');
    // Prisma's engine finds every mark there, and no file changed since.
    expect(await run(heldAddress.href)).toEqual({ code: 0, output: 'The database was up to date already.\n' });
  } finally {
    await other.end();
  }
});
