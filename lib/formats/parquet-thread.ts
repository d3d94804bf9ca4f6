import 'server-only';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FileMetaData } from 'hyparquet';
import { ApiError } from '@/lib/contract/errors';
import { env } from '@/lib/env';
import { parsersSource } from './parquet-values';

// Parquet is decoded in a thread: bytes that are wrong can make the decoder run for ever or out of memory, and then the
// thread is ended, and nothing else. The program is a text because bundlers follow no file that only a thread opens.

const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const told = () => new Promise((done) => parentPort.once('message', done));
(async () => {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetRead } = await import(workerData.hyparquet);
  const { compressors } = await import(workerData.compressors);
  const parsers = (${parsersSource})();
  const file = await asyncBufferFromFile(workerData.path);
  const options = { parsers, geoparquet: false };
  const metadata = await parquetMetadataAsync(file, options);
  parentPort.postMessage({ metadata });
  // The schema comes back: decimals are taken out of it.
  metadata.schema = await told();
  // Of a list the whole group has to be read to know where its rows begin: then pieces would be read over and over.
  const step = metadata.schema.some(({ repetition_type }) => repetition_type === 'REPEATED') ? Infinity : workerData.rows;
  let groupStart = 0;
  for (const { num_rows } of metadata.row_groups) {
    const groupEnd = groupStart + Number(num_rows);
    for (let rowStart = groupStart; rowStart < groupEnd; rowStart += step) {
      const rowEnd = Math.min(rowStart + step, groupEnd);
      let rows = [];
      const wanted = { file, metadata, rowStart, rowEnd, compressors, utf8: false, useOffsetIndex: true };
      await parquetRead({ ...options, ...wanted, onComplete: (all) => (rows = all) });
      for (let at = 0; at < rows.length; at += 5000) {
        parentPort.postMessage({ rows: rows.slice(at, at + 5000) });
        await told();
      }
    }
    groupStart = groupEnd;
  }
  parentPort.postMessage({ done: true });
})().catch((error) => parentPort.postMessage({ fault: String(error && error.message) }));
`;

const MEMORY_MB = 2_048;
/** What JavaScript says where something is too large for it. */
const tooLarge = /memory|allocation failed|array length/i;
/** Rows that are decoded at a time: writers put millions into a row group. */
const ROWS = 100_000;

type Message = { metadata: FileMetaData } | { rows: unknown[][] } | { done: true } | { fault: string };

const damaged = (why: string): ApiError => {
  if (!tooLarge.test(why)) return refused(why);
  return new ApiError(
    'too_large',
    `Decoding the Parquet file takes more than the ${MEMORY_MB / 1024} GB of memory that it may: lists are decoded a whole row group at a time. Write it with smaller row groups, or send CSV; unless it is damaged (${why}).`,
  );
};
const refused = (why: string): ApiError =>
  new ApiError('unprocessable', `The Parquet file is damaged, or written in a way that is not known (${why}).`);

/** Decodes a file, some rows of a row group at a time: `begin` takes its metadata and answers the schema to read by, `take` some rows. */
export async function decodeParquet(
  path: string,
  begin: (metadata: FileMetaData) => FileMetaData['schema'],
  take: (rows: unknown[][]) => Promise<void>,
  { silentMs = env.PARQUET_TIMEOUT, rows = ROWS, memoryMb = MEMORY_MB } = {},
): Promise<void> {
  const { resolve } = createRequire(join(/* turbopackIgnore: true */ process.cwd(), 'package.json'));
  const worker = new Worker(PROGRAM, {
    eval: true,
    execArgv: [],
    workerData: {
      path,
      rows,
      hyparquet: pathToFileURL(resolve('hyparquet')).href,
      compressors: pathToFileURL(resolve('hyparquet-compressors')).href,
    },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  // What goes wrong between two messages is told by the exit.
  worker.on('error', () => undefined);
  try {
    for (;;) {
      const message = await next(worker, silentMs);
      if ('done' in message) return;
      if ('fault' in message) throw damaged(message.fault);
      if ('metadata' in message) worker.postMessage(begin(message.metadata));
      else {
        await take(message.rows);
        worker.postMessage('more');
      }
    }
  } finally {
    await worker.terminate();
  }
}

/** One message at a time: the thread waits for an answer before it sends another. */
function next(worker: Worker, silentMs: number): Promise<Message> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      finish();
    };
    const fail = (why: string): void => settle(() => reject(damaged(why)));
    const onMessage = (message: Message): void => settle(() => resolve(message));
    const onError = (error: Error): void => fail(error.message);
    const onExit = (): void => fail('it cannot be decoded');
    const timer = setTimeout(() => fail('it cannot be decoded in time'), silentMs);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
