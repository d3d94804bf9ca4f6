import { spawn } from 'node:child_process';
import { Client } from 'pg';
import { afterAll, expect, it } from 'vitest';
import { env } from '@/lib/env';

const name = `migrate_${process.pid}_${Date.now()}`;
const address = new URL(env.DATABASE_URL);
address.pathname = `/${name}`;

afterAll(async () => {
  const client = new Client({ connectionString: env.DATABASE_URL });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.end();
});

const run = (): Promise<{ code: number | null; output: string }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=react-server', 'scripts/migrate.ts'], {
    env: { ...process.env, DATABASE_URL: address.href },
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
