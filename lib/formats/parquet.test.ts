import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { gzipSync } from 'node:zlib';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeParquet } from './parquet-thread';
import { parsersSource } from './parquet-values';
import { readBack, zipOf } from './tables.fixture';

type Column = Parameters<typeof parquetWriteBuffer>[0]['columnData'][number];
const parquet = (columnData: Column[], rowGroupSize?: number): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({ columnData, ...(rowGroupSize && { rowGroupSize }) }));

const folder = mkdtempSync(join(tmpdir(), 'brandlens-parquet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = (): string => join(folder, `${(files += 1)}`);

const noRows = (): Promise<void> => Promise.resolve();
async function stored(content: Uint8Array): Promise<string> {
  const path = newPath();
  await writeFile(path, content);
  return path;
}

describe('Parquet', () => {
  it('reads every row group', async () => {
    const data = Array.from({ length: 25 }, (_, at) => `P${at}`);
    const { table, source } = await readBack(parquet([{ name: 'product', data, type: 'STRING' }], 10));
    expect(table).toEqual([['product'], ...data.map((code) => [code])]);
    expect(source).toMatchObject({ format: 'parquet', named: true });
  });
  it('keeps the digits of integers, decimals and floats', async () => {
    const file = parquet([
      { name: 'id', data: [9007199254740993n, -1n, null], type: 'INT64' },
      { name: 'price', data: [0.1, 1e-7, 1e21], type: 'DOUBLE' },
      { name: 'short', data: [0.1, 16777216, null], type: 'FLOAT' },
      { name: 'flag', data: [true, false, null], type: 'BOOLEAN' },
      { name: 'code', data: ['007', '', null], type: 'STRING' },
    ]);
    expect((await readBack(file)).table).toEqual([
      ['id', 'price', 'short', 'flag', 'code'],
      ['9007199254740993', '0.1', '0.1', 'true', '007'],
      ['-1', '0.0000001', '16777216', 'false', ''],
      ['', '1000000000000000000000', '', '', ''],
    ]);
  });
  it('reads durations as text', async () => {
    const path = newPath();
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`COPY (SELECT * FROM (VALUES
        ('a', INTERVAL '14 months' + INTERVAL '3 days' + INTERVAL '1500 milliseconds'), ('b', INTERVAL '2 hours'),
        ('c', INTERVAL '0 days'), ('d', NULL)) AS t (code, took)) TO '${path}' (FORMAT parquet)`);
    expect((await readBack(await readFile(path))).table).toEqual([
      ['code', 'took'],
      ['a', 'P14M3DT1.5S'],
      ['b', 'PT7200S'],
      ['c', 'PT0S'],
      ['d', ''],
    ]);
  });
  it('reads decimals exactly', async () => {
    const exact = (type: 'INT64' | 'INT32', data: (bigint | number)[]): Uint8Array =>
      new Uint8Array(
        parquetWriteBuffer({
          schema: [
            { name: 'root', num_children: 1 },
            { name: 'amount', type, converted_type: 'DECIMAL', scale: 2, precision: 9, repetition_type: 'REQUIRED' },
          ],
          columnData: [{ name: 'amount', data: data.map((cents) => Number(cents) / 100) }],
        }),
      );
    expect((await readBack(exact('INT32', [1999, -5, 100]))).table).toEqual([
      ['amount'],
      ['19.99'],
      ['-0.05'],
      ['1.00'],
    ]);
  });
  it('reads dates and moments', async () => {
    const day = new Date('2024-01-05T10:30:00.250Z');
    const { table } = await readBack(parquet([{ name: 'at', data: [day], type: 'TIMESTAMP' }]));
    expect(table).toEqual([['at'], ['2024-01-05T10:30:00.25']]);
    const parsers = runInNewContext(`(${parsersSource})()`) as Record<string, (value: number | bigint) => string>;
    expect(parsers['dateFromDays']!(19_727)).toBe('2024-01-05');
    expect(parsers['timestampFromNanoseconds']!(-1n)).toBe('1969-12-31T23:59:59.999999999');
  });
  it('keeps lists as JSON', async () => {
    const file = parquet([{ name: 'tags', data: [{ a: ['x', 1] }, null], type: 'JSON' }]);
    expect((await readBack(file)).table[1]).toEqual(['{"a":["x",1]}']);
  });
  it('reads one in an archive or in gzip', async () => {
    const file = parquet([{ name: 'a', data: ['1'], type: 'STRING' }]);
    expect((await readBack(await zipOf({ 'a.parquet': file }))).table).toEqual([['a'], ['1']]);
    expect((await readBack(gzipSync(file))).table).toEqual([['a'], ['1']]);
  });
  it.each([undefined, 2_000])(
    'reads a row group piece by piece, each row once and in order; pages of %s bytes',
    async (pageSize) => {
      const rows = Array.from({ length: 5_000 }, (_, at) => [`P${at}`, at % 13 === 0 ? null : at % 7, `B${at % 3}`]);
      const column = (at: number) => rows.map((row) => row[at]);
      const columnData: Column[] = [
        { name: 'code', data: column(0), type: 'STRING' },
        { name: 'units', data: column(1), type: 'INT32' },
        { name: 'brand', data: column(2), type: 'STRING' },
      ];
      const file = parquetWriteBuffer({ columnData, rowGroupSize: 3_000, ...(pageSize && { pageSize }) });
      const pieces: unknown[][][] = [];
      const take = (piece: unknown[][]) => Promise.resolve(void pieces.push(piece));
      await decodeParquet(await stored(new Uint8Array(file)), ({ schema }) => schema, take, { rows: 700 });
      expect(Math.max(...pieces.map((piece) => piece.length))).toBe(700);
      const decoder = new TextDecoder();
      const shown = (value: unknown) => (value instanceof Uint8Array ? decoder.decode(value) : value);
      expect(pieces.flat().map((row) => row.map(shown))).toEqual(rows);
    },
  );
  it('ends a thread that says nothing', async () => {
    const began = decodeParquet(await stored(parquet([{ name: 'a', data: ['1'], type: 'STRING' }])), () => [], noRows, {
      silentMs: 0,
    });
    await expect(began).rejects.toThrow('cannot be decoded in time');
  });
  it('says of one whose lists are too much for its memory that they are', async () => {
    const lists = Array.from({ length: 20_000 }, (_, at) => Array.from({ length: 60 }, (__, n) => `${at} ${n}`));
    const file = await stored(parquet([{ name: 'a', data: lists, type: 'JSON' }]));
    const decoded = decodeParquet(file, ({ schema }) => schema, noRows, { memoryMb: 12 });
    await expect(decoded).rejects.toThrow('smaller row groups');
  });
  it('refuses one that is cut off', async () => {
    const file = parquet([{ name: 'a', data: ['1'], type: 'STRING' }]);
    await expect(readBack(file.slice(0, -10))).rejects.toThrow('The Parquet file is damaged');
  });
});
