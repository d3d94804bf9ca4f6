import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkspace } from '@/lib/access/create-workspace';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { listImports, readImport } from '@/lib/ingest/read';
import { env } from '@/lib/env';

// The command as its user meets it: ended by Ctrl-C, and gone on with.

const dataDir = env.DATA_DIR;
const slug = `interrupt-${process.pid}-${Date.now()}`;
const file = join(dataDir, 'lines.csv');
const rows = 20_000;
let workspaceId = 0;

beforeAll(async () => {
  mkdirSync(dataDir, { recursive: true });
  const lines = Array.from({ length: rows }, (_, at) => `2024-01-0${1 + (at % 9)},P${at % 50},1,${at % 100}.25`);
  writeFileSync(file, `date,product,units,amount\n${lines.join('\n')}\n`);
  workspaceId = await createWorkspace({ name: 'Command line', slug });
});
afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

interface Ended {
  code: number | null;
  output: string;
}

/** Runs the command; sends Ctrl-C as soon as it says this. */
function command(args: string[], stopAt?: RegExp): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', 'scripts/import.ts', '--workspace', slug, ...args],
    { env: { ...process.env, IMPORT_CHUNK_BYTES: '10000' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let stopped = false;
  const hear = (text: Buffer): void => {
    output += text.toString();
    if (!stopAt?.test(output) || stopped) return;
    stopped = true;
    child.kill('SIGINT');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((done) => child.on('close', (code) => done({ code, output })));
}

const one = async () => {
  const { items } = await listImports(workspaceId, { limit: 1 });
  return readImport(workspaceId, items[0]!.id);
};

it('Ctrl-C keeps what was read and says how to go on; the rest is loaded then', async () => {
  const stopped = await command([file], /… reading/);
  const { id, state } = await one();
  expect(stopped.output).toContain(`npm run import -- --workspace ${slug} --resume ${id}`);
  expect(stopped.code).toBe(1);
  expect(state).toBe('paused');

  const publishing = await command(['--resume', String(id)], /… (members|lines|rollups)/);
  expect(publishing.output).toContain('nothing of lines.csv was published');
  expect(publishing.output).toMatch(/… (resuming|reading|counting)/);
  expect(await one()).toMatchObject({ state: 'validated', rowsAccepted: rows });

  const rest = await command(['--resume', String(id)]);
  expect(rest.code).toBe(0);
  expect(rest.output).not.toContain('… reading');
  expect(await one()).toMatchObject({ state: 'published', rowsAccepted: rows });
  expect((await command(['--resume', String(id)])).output).toContain('is published; there is nothing to go on with');
  expect((await command(['--pause', String(id)])).output).toContain('only a check can be paused');
  expect((await command(['--cancel', String(id)])).output).toContain('Revert it instead');
  expect((await command(['--resume', 'x'])).output).toContain('--resume wants the number of an import');
});
