import { readFileSync } from 'node:fs';
import { dropDatabase } from './own-database.fixture';
import { afterAll, expect, it } from 'vitest';
import { fixes as fixesShape } from '@/lib/contract/fixes';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { listFixes } from '@/lib/ingest/fix';
import { verifyRollups } from '@/lib/rollups/verify';
import { closeBoss } from './boss';
import { requestFix, requestPublish } from './request';
import { csv, everything, newWorkspace, reaches, received, reported, stateNow, type Trial } from './trial.fixture';
import { Barrier, end, endAll, startWorker } from './worker-process.fixture';

// A worker killed while it reads a file with cells set right by hand, and what the next one makes of it.

/** Some hundred rows to a chunk. */
const inChunks = { IMPORT_CHUNK_BYTES: '20000' };

afterAll(async () => {
  await endAll();
  await closeBoss();
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

const one = async <T>(column: string, table: string, { workspaceId, importId }: Trial): Promise<T | undefined> => {
  const id = table === 'import' ? 'id' : 'import_id';
  const { rows } = await loadPool.query<{ found: T }>(
    `SELECT ${column} AS found FROM ${table} WHERE workspace_id = $1 AND ${id} = $2`,
    [workspaceId, importId],
  );
  return rows[0]?.found;
};

it('a check with cells set right by hand, killed midway, goes on with them', async () => {
  const rows = csv('01', 30_000).split('\n');
  // A value and a cell in each part of the file: before the checkpoint, at it, behind it.
  for (const at of [3, 700, 25_000, 29_900]) rows[at] = rows[at]!.replace(/[^,]+$/, 'n/a');
  const text = rows.join('\n');
  const fixes = fixesShape.parse({
    cells: [5, 1_400, 25_001, 29_990].map((row) => ({ row, column: 'amount', to: `${row}.5` })),
    values: [{ column: 'amount', from: 'n/a', to: '7' }],
  });
  const fixed = async (): Promise<Trial> => received(await newWorkspace(), text);
  const [alone, trial] = [await fixed(), await fixed()];
  const worker = startWorker(inChunks);
  await requestFix({ ...alone, fixes });
  await reaches(alone, 'validated');
  const checked = await reported(alone);
  // Row 25,001 has a fix of its own.
  expect(checked).toMatchObject({
    rowsIn: 30_000,
    rowsAccepted: 30_000,
    report: { fixed: [{ column: 'amount', from: 'n/a', cells: 3 }] },
  });

  const barrier = await Barrier.hold(
    `INSERT INTO staged_line (workspace_id, import_id, row_no, date, units, amount) VALUES ($1, $2, 25001, '2024-01-01', 1, 1)`,
    [trial.workspaceId, trial.importId],
  );
  await requestFix({ ...trial, fixes });
  await barrier.blocks();
  expect(await stateNow(trial)).toBe('validating');
  await end(worker, 'SIGKILL');
  await barrier.release();
  expect(await one<number>('row_no', 'import_checkpoint', trial)).toBeGreaterThan(1_400);
  startWorker(inChunks);
  await reaches(trial, 'validated');
  expect(await reported(trial)).toEqual(checked);
  expect(await listFixes(trial.workspaceId, trial.importId)).toMatchObject({ cells: fixes.cells, dropped: [] });

  for (const each of [alone, trial]) {
    await requestPublish(each);
    await reaches(each, 'published');
  }
  expect(await everything(trial.workspaceId)).toEqual(await everything(alone.workspaceId));
  expect((await verifyRollups(trial.workspaceId)).ok).toBe(true);
  expect(readFileSync((await one<string>('file_path', 'import', trial))!, 'utf8')).toBe(text);
});
