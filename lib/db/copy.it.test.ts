import { Readable, Writable } from 'node:stream';
import type { PoolClient } from 'pg';
import { afterEach, expect, test } from 'vitest';
import { copyFrom, copyTo } from './copy';
import { loadPool } from './pool';
import { inTransaction } from './transaction';

const warnings: Error[] = [];
const onWarning = (warning: Error): void => void warnings.push(warning);
process.on('warning', onWarning);
afterEach(() => void warnings.splice(0));

const TABLE = 'CREATE TEMP TABLE copied (n int) ON COMMIT DROP';
const COPY = 'COPY copied FROM STDIN';

async function* numbers(pieces: number, then: string): AsyncGenerator<Buffer> {
  for (let piece = 0; piece < pieces; piece += 1) yield Buffer.from('1\n'.repeat(10_000));
  if (then === 'fails') throw new Error('the source failed');
  yield Buffer.from(then);
}

async function* waiting(): AsyncGenerator<Buffer> {
  yield Buffer.from('1\n');
  await new Promise(() => undefined);
}

/** Whether a connection takes a statement at once: behind one that runs, a second that waits is what pg warns of. */
async function busy(client: PoolClient): Promise<boolean> {
  await Promise.all([client.query('ROLLBACK'), client.query('SELECT 1')]);
  await new Promise((told) => setImmediate(told));
  return warnings.length > 0;
}

async function broken(source: Readable | AsyncIterable<Buffer> | Buffer, signal?: AbortSignal) {
  const client = await loadPool.connect();
  try {
    await client.query('BEGIN');
    await client.query(TABLE);
    const message = await copyFrom(client, COPY, source, signal).then(
      () => 'copied',
      (error: Error) => error.message,
    );
    return { message, busy: await busy(client) };
  } finally {
    client.release();
  }
}

test('a COPY whose source fails is over before the next statement is asked', async () => {
  expect(await broken(numbers(0, 'fails'))).toEqual({ message: 'the source failed', busy: false });
  expect(await broken(numbers(300, 'fails'))).toEqual({ message: 'the source failed', busy: false });
});

test('so is one that is called off', async () => {
  const source = Readable.from(waiting());
  const { message, busy: stillBusy } = await broken(source, AbortSignal.timeout(50));
  expect(message).toMatch(/abort/);
  expect(stillBusy).toBe(false);
});

test('so is one that PostgreSQL refuses', async () => {
  const refused = { message: expect.stringContaining('invalid input syntax'), busy: false };
  expect(await broken(numbers(300, 'one\n'))).toEqual(refused);
  expect(await broken(Buffer.from('one\n'))).toEqual(refused);
});

test('nothing of it stays with the connection', async () => {
  await inTransaction(async (client) => {
    await client.query(TABLE);
    const heard = () => ['drain', 'end', 'error'].map((event) => client.listenerCount(event));
    const before = heard();
    for (let at = 0; at < 3; at += 1) await copyFrom(client, COPY, numbers(1, '1\n'));
    expect(heard()).toEqual(before);
  });
});

test('a connection that is gone says so, and nobody waits for it', async () => {
  const client = await loadPool.connect();
  await client.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
  await expect(copyFrom(client, COPY, numbers(1, '1\n'))).rejects.toThrow(/terminated|not queryable/);
  client.release(true);
});

test('a transaction whose COPY fills a full disk ends, and its connection is not used again', async () => {
  let written = 0;
  const full = new Writable({
    write: (_bytes, _encoding, done) => done((written += 1) > 3 ? new Error('disk full') : null),
  });
  const series = 'COPY (SELECT generate_series(1, 3000000)) TO STDOUT';
  await expect(inTransaction((client) => copyTo(client, series, full))).rejects.toThrow('disk full');
  const { rows } = await loadPool.query<{ one: number }>('SELECT 1 AS one');
  expect(rows).toEqual([{ one: 1 }]);
});

test('what PostgreSQL refuses in the middle keeps its connection', async () => {
  const client = await loadPool.connect();
  const nowhere = new Writable({ write: (_bytes, _encoding, done) => done() });
  await client.query('BEGIN');
  const dividing = 'COPY (SELECT 1 / (5000 - n) FROM generate_series(1, 30000) n) TO STDOUT';
  await expect(copyTo(client, dividing, nowhere)).rejects.toThrow('division by zero');
  await client.query('ROLLBACK');
  client.release();
});
