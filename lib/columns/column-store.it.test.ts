import { setTimeout as wait } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { afterAll, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { BinaryRows, ListField } from './binary-rows';
import { ColumnStore, type Piece } from './column-store';

afterAll(() => loadPool.end());

// At once: the statement is asked for, and has not begun.
it.each([0, 100])('ends the statement at hand when the work beside it fails after %s ms', async (ms) => {
  let statement: Promise<void> | undefined;
  const work = ColumnStore.beside({} as PoolClient, async (store) => {
    statement = store.run('CREATE TABLE counted AS SELECT sum(range % 7) FROM range(1000000000000)');
    statement.catch(() => undefined);
    if (ms > 0) await wait(ms);
    throw new Error('The connection was cut.');
  });
  await expect(work).rejects.toThrow('The connection was cut.');
  await expect(statement).rejects.toThrow(/interrupt/i);
});

it('leaves a connection that takes the next statement when work fails while rows are being sent, and begins nothing more', async () => {
  const client = await loadPool.connect();
  const begun: string[] = [];
  try {
    await client.query('BEGIN; CREATE TEMP TABLE taken (n int) ON COMMIT DROP');
    const work = ColumnStore.beside(client, (store) =>
      store.each(['send', 'fail', 'never begun'], async (task) => {
        begun.push(task);
        if (task === 'fail') throw new Error('This one fails.');
        await store.sendAll([{ target: 'taken', query: 'SELECT range FROM range(3000000)' }]);
        await store.sendAll([{ target: 'taken', query: 'SELECT range FROM range(3000000)' }]);
      }),
    );
    await expect(work).rejects.toThrow('This one fails.');
    expect(begun).toEqual(['send', 'fail']);
    await client.query('ROLLBACK');
    const { rows } = await client.query<{ taken: string | null }>(`SELECT to_regclass('pg_temp.taken')::text AS taken`);
    expect(rows[0]!.taken).toBeNull();
  } finally {
    client.release();
  }
});

it('hears of rows that PostgreSQL does not take', async () => {
  const client = await loadPool.connect();
  try {
    await client.query('BEGIN; CREATE TEMP TABLE taken (n int CHECK (n < 5)) ON COMMIT DROP');
    const work = ColumnStore.beside(client, (store) =>
      store.each([3, 7, 11], async (count) => {
        await store.sendAll([{ target: 'taken', query: `SELECT range FROM range(${count})` }]);
      }),
    );
    await expect(work).rejects.toThrow('taken_n_check');
    await client.query('ROLLBACK');
  } finally {
    client.release();
  }
});

it('brings whole numbers of either width from a query into lists, to the last digit', async () => {
  const client = await loadPool.connect();
  try {
    await client.query('BEGIN; CREATE TEMP TABLE listed (small smallint[], plain int[], wide bigint[]) ON COMMIT DROP');
    const lists = ([2, 4, 8] as const).map((width) => new ListField(width));
    await ColumnStore.beside(client, async (store) => {
      const query = (type: string): string =>
        `SELECT a::int, b::int, c::${type} FROM (VALUES (1, -7, -9223372036854775808), (-2, 2147483647, 4294967297)) v (a, b, c)`;
      await store.sendBinary(rowOf(store.pieces(query('bigint')), lists), 'listed');
      await store.sent();
      await expect(rowOf(store.pieces(query('varchar')), lists).next()).rejects.toThrow('Column 2 holds neither');
    });
    const { rows } = await client.query('SELECT small, plain, wide::text[] FROM listed');
    expect(rows).toEqual([{ small: [1, -2], plain: [-7, 2147483647], wide: ['-9223372036854775808', '4294967297'] }]);
    await client.query('ROLLBACK');
  } finally {
    client.release();
  }
});

async function* rowOf(pieces: AsyncIterable<Piece>, lists: ListField[]): AsyncGenerator<Buffer> {
  const rows = new BinaryRows();
  for await (const { size, columns } of pieces) lists.forEach((list, at) => list.take(columns[at]!, 0, size));
  rows.row(lists.length);
  for (const list of lists) rows.list(list);
  yield rows.end();
}
