import { spawn } from 'node:child_process';
import { mkdirSync, closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '@/lib/access/create-workspace';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { env } from '@/lib/env';

// The most memory that the command holds at once while it checks a file, at two sizes.

const dataDir = env.DATA_DIR;
mkdirSync(dataDir, { recursive: true });
const slug = `memory-${process.pid}-${Date.now()}`;
afterAll(async () => {
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

/** Each row says so much that all of them together do not fit into the heap below. */
function writeProducts(rows: number): string {
  const path = join(dataDir, `${rows}-products.csv`);
  const file = openSync(path, 'w');
  writeSync(file, 'product_id,product_name,brand\n');
  const tale = 'as it is told on the back of the pack '.repeat(24);
  for (let from = 0; from < rows; from += 1_000) {
    const lines = Array.from(
      { length: 1_000 },
      (_, n) => `P${from + n},${(tale + (from + n)).slice(-250)},"${' '.repeat(600)}B${n}"`,
    );
    writeSync(file, `${lines.join('\n')}\n`);
  }
  writeSync(file, 'P7,Seven again,B7\n');
  closeSync(file);
  return path;
}

/** Megabytes. */
async function peakOf(file: string, workspace = slug, ...node: string[]): Promise<number> {
  const tell = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + ' '))`;
  const child = spawn(
    process.execPath,
    [
      ...node,
      '--conditions=react-server',
      '--import',
      'tsx',
      '--import',
      `data:text/javascript,${encodeURIComponent(tell)}`,
      'scripts/import.ts',
      ...['--workspace', workspace, '--check', file],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let output = '';
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const code = await new Promise((done) => child.on('close', done));
  expect(code, output).toBe(0);
  return Number(/peak (\d+) /.exec(output)![1]) / 1024;
}

it('checks a product file that is larger than the heap, and still knows every code', { timeout: 600_000 }, async () => {
  const id = await createWorkspace({ name: 'Heap', slug: `${slug}-heap` });
  await peakOf(writeProducts(140_000), `${slug}-heap`, '--max-old-space-size=90');
  const { rowsAccepted, rowsRejected, report } = await db.import.findFirstOrThrow({ where: { workspaceId: id } });
  expect({ rowsAccepted, rowsRejected }).toEqual({ rowsAccepted: 140_000, rowsRejected: 1 });
  expect(report).toMatchObject({ duplicates: [{ code: 'P7', rows: [9, 140_002] }] });
});

describe.skipIf(!process.env['LONG'])('memory (needs LONG=1)', () => {
  it('is as flat for a file of ten times the rows', { timeout: 900_000 }, async () => {
    await createWorkspace({ name: 'Memory', slug });
    const small = await peakOf(write(200_000));
    const large = await peakOf(write(2_000_000));
    console.log(`peak memory: ${Math.round(small)} MB at 200,000 rows, ${Math.round(large)} MB at 2,000,000`);
    expect(large).toBeLessThan(small * 1.3);
  });
});
