import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Readable } from 'node:stream';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { gzipSync } from 'node:zlib';
import { dropDatabase } from './own-database.fixture';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { mapping as mappingShape, type ImportKind } from '@/lib/contract/imports';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { env } from '@/lib/env';
import { removeMade } from '@/lib/formats/plain';
import { workbook } from '@/lib/formats/workbook.fixture';
import { discard } from '@/lib/ingest/discard';
import { cancel } from '@/lib/ingest/halt';
import { readImport } from '@/lib/ingest/read';
import { receiveFile } from '@/lib/ingest/receive';
import { importRow } from '@/lib/ingest/received.fixture';
import { rereadFile } from '@/lib/ingest/reread';
import { startJobs, stopJobs } from './queue';
import { requestCheck, requestRead } from './request';
import { check, csv, newWorkspace, reaches, type Trial } from './trial.fixture';
import { Barrier, end, startWorker } from './worker-process.fixture';

const small = env.READ_AT_ONCE_BYTES;
beforeEach(() => {
  env.READ_AT_ONCE_BYTES = 100;
});
afterEach(async () => {
  env.READ_AT_ONCE_BYTES = small;
  await stopJobs();
});
afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

async function upload(body: Uint8Array, kind?: ImportKind): Promise<Trial> {
  const from = { workspaceId: await newWorkspace(), userId: null, ...(kind && { kind }) };
  const received = { ...from, fileName: 'large', body: Readable.from([Buffer.from(body)]) };
  return { ...from, importId: await receiveFile({ ...received, later: requestRead(from) }) };
}

const lines = csv('01', 2_000);
const [header = [], ...rows] = lines.split('\n').map((line) => line.split(','));
const parquet = (): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: header.map((name, at) => ({ name, data: rows.map((row) => row[at]!), type: 'STRING' as const })),
    }),
  );
const read = ({ workspaceId, importId }: Trial) => readImport(workspaceId, importId);

/** What is kept of the file in its folder. */
async function kept({ workspaceId, importId }: Trial): Promise<string[]> {
  const { file_path: path } = await importRow(workspaceId, importId);
  return (await readdir(dirname(path))).filter((name) => name.startsWith(basename(path)));
}

test('a large file that is to be converted is read by a job: its upload is answered at once', async () => {
  const trial = await upload(parquet());
  expect(await read(trial)).toMatchObject({ state: 'reading', detected: null, mapping: null });
  await expect(requestCheck({ ...trial, mapping: mappingShape.parse({ columns: {} }) })).rejects.toThrow(
    `The file of import ${trial.importId} is still being read. Wait until it is uploaded.`,
  );
  await startJobs();
  await reaches(trial, 'uploaded');
  expect(await read(trial)).toMatchObject({
    kind: 'transactions',
    error: null,
    progress: null,
    detected: { source: { format: 'parquet' }, preview: rows.slice(0, 20) },
    mapping: { columns: { date: 'date', product: 'product', amount: 'amount' } },
  });
  await check(trial);
  await reaches(trial, 'validated');
  expect(await read(trial)).toMatchObject({ rowsIn: 2_000, rowsAccepted: 2_000 });
});

test('so is one that is to be unpacked; text and what is small is read at once', async () => {
  expect(gzipSync(lines).length).toBeGreaterThan(1_000);
  expect((await read(await upload(gzipSync(lines)))).state).toBe('reading');
  expect((await read(await upload(gzipSync(csv('01', 20))))).state).toBe('uploaded');
  expect((await read(await upload(Buffer.from(lines)))).state).toBe('uploaded');
  env.READ_AT_ONCE_BYTES = small;
  expect((await read(await upload(gzipSync(lines)))).state).toBe('uploaded');
});

test('what cannot be read says why, and what was made of it is gone', async () => {
  const trial = await upload(Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(5_000, 7), Buffer.from('PAR1')]));
  await startJobs();
  await reaches(trial, 'failed');
  expect((await read(trial)).error).toMatch(/^The Parquet file is damaged/);
  expect(await kept(trial)).toHaveLength(1);
});

test('the other sheet of a large workbook is read by a job, too', async () => {
  const table = [header, ...rows.slice(0, 300)];
  const trial = await upload(await workbook({ sheets: { North: table, South: table } }), 'transactions');
  await startJobs();
  await reaches(trial, 'uploaded');
  expect((await read(trial)).detected?.source?.sheet).toBe('North');
  await stopJobs();
  const later = requestRead({ ...trial, kind: 'transactions', reading: { sheet: 'South' } });
  await rereadFile({ ...trial, reading: { sheet: 'South' } }, (client) => later(client, trial.importId));
  expect((await read(trial)).state).toBe('reading');
  await startJobs();
  await reaches(trial, 'uploaded');
  expect((await read(trial)).detected?.source?.sheet).toBe('South');
});

test('so are both as one, whose rows are checked from what is made anew of the workbook', async () => {
  const table = [header, ...rows.slice(0, 300)];
  const trial = await upload(await workbook({ sheets: { North: table, South: table } }), 'transactions');
  await startJobs();
  await reaches(trial, 'uploaded');
  await rereadFile({ ...trial, reading: { sheets: 'alike' } });
  const { source } = (await read(trial)).detected!;
  expect(source!.joined).toEqual(['North', 'South'].map((sheet) => ({ sheet, rows: 300, left: 0 })));
  const { file_path: path } = await importRow(trial.workspaceId, trial.importId);
  await removeMade(path);
  expect(await kept(trial)).toHaveLength(1);
  await check(trial);
  await reaches(trial, 'validated');
  expect(await read(trial)).toMatchObject({ rowsIn: 600, rowsAccepted: 600 });
});

test('what a killed worker was reading is read by the next one, from the beginning', async () => {
  const trial = await upload(parquet());
  // It is read, and what was found cannot be written yet.
  const barrier = await Barrier.hold('SELECT 1 FROM import WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [
    trial.workspaceId,
    trial.importId,
  ]);
  const worker = startWorker();
  await barrier.blocks();
  await end(worker, 'SIGKILL');
  await barrier.cut();
  expect((await read(trial)).state).toBe('reading');
  await startJobs();
  await reaches(trial, 'uploaded');
  expect(await read(trial)).toMatchObject({ error: null, detected: { preview: rows.slice(0, 20) } });
  expect((await kept(trial)).filter((name) => name.includes('.part'))).toEqual([]);
});

test('reading that is given up leaves no file, or one that can be read again', async () => {
  const [gone, stopped] = [await upload(parquet()), await upload(parquet())];
  await cancel(stopped);
  expect(await read(stopped)).toMatchObject({
    state: 'failed',
    error: 'Reading the file was cancelled. It can be read again, or discarded.',
  });
  await discard(gone);
  await startJobs();
  await rereadFile({ ...stopped, reading: {} }, (client) => requestRead(stopped)(client, stopped.importId));
  await reaches(stopped, 'uploaded');
  expect((await read(gone)).state).toBe('cancelled');
  expect(await kept(gone)).toEqual([]);
});
