import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createWorkspace } from '@/lib/access/create-workspace';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';

// The most memory that the command holds at once while it checks a file, at two sizes.

const dataDir = vi.hoisted(
  () => (process.env['DATA_DIR'] = `${process.env['TMPDIR'] ?? '/tmp'}/brandlens-memory-${process.pid}-${Date.now()}`),
);
const slug = `memory-${process.pid}-${Date.now()}`;
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  await loadPool.end();
  await db.$disconnect();
});

function write(rows: number): string {
  const path = join(dataDir, `${rows}.csv`);
  const file = openSync(path, 'w');
  writeSync(file, 'date,store,receipt,product,units,amount\n');
  for (let from = 0; from < rows; from += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, n) => {
      const at = from + n;
      return `2024-0${1 + (at % 9)}-1${at % 9},S${at % 90},r${at},P${at % 5_000},1,${at % 100}.25`;
    });
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
  return path;
}

/** Megabytes. */
async function peakOf(file: string): Promise<number> {
  const tell = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + ' '))`;
  const child = spawn(
    process.execPath,
    [
      '--conditions=react-server',
      '--import',
      'tsx',
      '--import',
      `data:text/javascript,${encodeURIComponent(tell)}`,
      'scripts/import.ts',
      ...['--workspace', slug, '--check', file],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let output = '';
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const code = await new Promise((done) => child.on('close', done));
  expect(code, output).toBe(0);
  return Number(/peak (\d+) /.exec(output)![1]) / 1024;
}

describe.skipIf(!process.env['LONG'])('memory (needs LONG=1)', () => {
  it('is as flat for a file of ten times the rows', { timeout: 900_000 }, async () => {
    mkdirSync(dataDir, { recursive: true });
    await createWorkspace({ name: 'Memory', slug });
    const small = await peakOf(write(200_000));
    const large = await peakOf(write(2_000_000));
    console.log(`peak memory: ${Math.round(small)} MB at 200,000 rows, ${Math.round(large)} MB at 2,000,000`);
    expect(large).toBeLessThan(small * 1.3);
  });
});
