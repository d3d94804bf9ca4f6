import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import type { Detected } from '@/lib/contract/reading';
import { zipOf } from '@/lib/formats/tables.fixture';
import { checkFile } from './check';
import { discard } from './discard';
import { importRow, newWorkspace, receiveText } from './received.fixture';
import { rereadFile } from './reread';
import { env } from '@/lib/env';

vi.hoisted(() => {
  process.env['MAX_UPLOAD_BYTES'] = '100000';
});
const dataDir = env.DATA_DIR;
const CSV = 'date,product_id,units,amount\n2024-01-05,0070,1,2.50\n2024-01-06,0071,2,5.00\n';
let workspaceId: number;

beforeAll(async () => {
  workspaceId = await newWorkspace();
});
afterAll(() => loadPool.end());

const left = async (id: number): Promise<{ files: string[]; rows: number }> => {
  const folder = join(dataDir, 'imports', String(id));
  const { rowCount } = await loadPool.query('SELECT FROM import WHERE workspace_id = $1', [id]);
  return { files: existsSync(folder) ? readdirSync(folder) : [], rows: rowCount ?? 0 };
};

it('keeps the bytes as received, with their hash, and proposes a mapping', async () => {
  const row = await importRow(workspaceId, await receiveText(workspaceId, CSV, '../we/ird\\name.csv'));
  expect(row).toMatchObject({
    kind: 'transactions',
    state: 'uploaded',
    file_name: 'name.csv',
    file_size: String(CSV.length),
    file_hash: createHash('sha256').update(CSV).digest('hex'),
  });
  expect(readFileSync(row.file_path, 'utf8')).toBe(CSV);
  expect(row.mapping.columns).toEqual({ date: 'date', product: 'product_id', units: 'units', amount: 'amount' });
});

it('knows gzip by its content, whatever the name says', async () => {
  const named = await importRow(workspaceId, await receiveText(workspaceId, gzipSync(CSV), 'plain.csv'));
  expect(named.detected).toMatchObject({ delimiter: ',', columns: [{ name: 'date' }, {}, {}, {}] });
  const misnamed = await importRow(
    workspaceId,
    await receiveText(workspaceId, CSV.replace('2.50', '2.51'), 'lines.csv.gz'),
  );
  expect(misnamed.detected).toMatchObject({ delimiter: ',' });
});

it('keeps an archive as received, and reads the file in it that is chosen', async () => {
  const own = await newWorkspace();
  const zip = await zipOf({
    'a.csv': CSV,
    'b.json': JSON.stringify([{ date: '2024-01-05', product: 'x', amount: 1 }]),
  });
  const id = await receiveText(own, zip, 'lines.zip');
  const row = await importRow(own, id);
  expect(row).toMatchObject({ file_hash: createHash('sha256').update(zip).digest('hex') });
  expect((row.detected as Detected).source).toMatchObject({ format: 'csv', member: 'a.csv' });
  await rereadFile({ workspaceId: own, importId: id, userId: null, reading: { member: 'b.json' } });
  const { detected, mapping } = await importRow(own, id);
  expect((detected as Detected).source).toMatchObject({ format: 'json', member: 'b.json' });
  await checkFile({ workspaceId: own, importId: id, mapping });
  expect(await importRow(own, id)).toMatchObject({ state: 'validated', rows_accepted: 1 });
  // The text that was made of it can be made again.
  const folder = join(dataDir, 'imports', String(own));
  for (const name of (await left(own)).files.filter((file) => file.endsWith('.csv'))) rmSync(join(folder, name));
  await checkFile({ workspaceId: own, importId: id, mapping: { ...mapping, negatives: 'returns' } });
  expect(await importRow(own, id)).toMatchObject({ state: 'validated', rows_accepted: 1, error: null });
  await discard({ workspaceId: own, importId: id, userId: null });
  expect((await left(own)).files).toEqual([]);
});

it.each<[string, Buffer | string, string, string]>([
  ['an empty file', '', 'unprocessable', 'The file is empty'],
  ['an empty file in gzip', gzipSync(''), 'unprocessable', 'The file is empty'],
  ['a header without rows', 'date,product,amount\n', 'unprocessable', 'no rows below'],
  ['blank lines', '\n\n  \n', 'unprocessable', 'no rows'],
  ['an old Excel workbook cut off', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'unprocessable', 'damaged or cut off'],
  ['a zip archive cut off', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1]), 'unprocessable', 'damaged or cut off'],
  ['JSON without rows', '{"a":{}}', 'unprocessable', 'no rows'],
  ['bytes that are no text', Buffer.from([1, 2, 0, 3, 0, 0, 9]), 'unsupported_type', 'no text has'],
  ['gzip cut off', gzipSync(CSV.repeat(50)).subarray(0, 60), 'unprocessable', 'damaged or cut off'],
  ['a file over the limit', 'x'.repeat(100_001), 'too_large', 'over the limit'],
  ['gzip that unpacks to far more', gzipSync('x,y\n'.repeat(4_000_000)), 'too_large', 'Unpacked'],
  ['a line over the limit', gzipSync('x'.repeat(3_000_000)), 'unprocessable', 'MAX_LINE_BYTES'],
])('refuses %s and leaves nothing behind', async (_name, body, code, message) => {
  const own = await newWorkspace();
  await expect(receiveText(own, body)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  expect(await left(own)).toEqual({ files: [], rows: 0 });
});

it('leaves nothing behind when the sender breaks off', async () => {
  const own = await newWorkspace();
  const body = Readable.from(
    (function* () {
      yield Buffer.from(CSV);
      throw new Error('connection lost');
    })(),
  );
  await expect(receiveText(own, body)).rejects.toThrow('connection lost');
  expect(await left(own)).toEqual({ files: [], rows: 0 });
});

it('refuses a file that is published already, naming the first import; another workspace may load it', async () => {
  const own = await newWorkspace();
  const first = await receiveText(own, CSV, 'january.csv');
  await receiveText(own, CSV, 'not published yet.csv');
  await loadPool.query(
    `UPDATE import SET state = 'published', published_at = '2024-02-03' WHERE workspace_id = $1 AND id = $2`,
    [own, first],
  );
  await expect(receiveText(own, CSV, 'again.csv')).rejects.toMatchObject({
    code: 'conflict',
    message: `This file is loaded already: "january.csv", import ${first} of 2024-02-03.`,
  });
  expect((await left(own)).files).toHaveLength(2);
  await expect(receiveText(await newWorkspace(), CSV)).resolves.toBeGreaterThan(0);
});

it('reads a file otherwise than was detected, and proposes its mapping anew', async () => {
  const id = await receiveText(workspaceId, `${CSV.replaceAll('amount', 'amount in euro')}2024-01-07,0072,1,1.00\n`);
  const reading = { delimiter: ';', headerRows: 0 };
  await rereadFile({ workspaceId, importId: id, userId: null, reading });
  const other = (await importRow(workspaceId, id)).detected as Detected;
  expect([other.delimiter, other.header, other.columns.length]).toEqual([';', false, 1]);
  await rereadFile({ workspaceId, importId: id, userId: null, reading: {} });
  const row = await importRow(workspaceId, id);
  expect((row.detected as Detected).columns.map(({ name }) => name)).toEqual([
    ...['date', 'product_id', 'units', 'amount in euro'],
  ]);
  expect(row.mapping).toMatchObject({ columns: { date: 'date', product: 'product_id' } });
  await expect(rereadFile({ workspaceId, importId: id, userId: null, reading: { firstRow: 900 } })).rejects.toThrow(
    'no rows',
  );
  await loadPool.query(`UPDATE import SET state = 'cancelled' WHERE workspace_id = $1 AND id = $2`, [workspaceId, id]);
  await expect(rereadFile({ workspaceId, importId: id, userId: null, reading: {} })).rejects.toThrow(
    `Import ${id} is cancelled: only one that is not published can be read anew.`,
  );
});
