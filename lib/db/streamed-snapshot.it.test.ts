import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { env } from '@/lib/env';
import { sql } from './client';
import { streamSnapshot, walkRows } from './streamed-snapshot';

const pool = new Pool({ connectionString: env.DATABASE_URL });
afterAll(() => pool.end());

/** Rows made so far: each takes a lock of its own, which everybody sees. */
const space = 7_133;
async function made(): Promise<number> {
  const { rows } = await pool.query<{ n: string }>(
    `SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND classid = ${space}`,
  );
  return Number(rows[0]?.n);
}

const numbers = (most: number) => sql.sql`SELECT n::int FROM generate_series(1, ${most}::int) n`;
const walk = (most: number, size: number) =>
  streamSnapshot((snapshot) => walkRows<{ n: number }>(snapshot, numbers(most), size));

async function all<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const found = [];
  for await (const piece of pieces) found.push(piece);
  return found;
}

/** Whose statement is one of these, and is still open. */
const open = async (): Promise<number> => {
  const { rows } = await pool.query<{ n: string }>(
    `SELECT count(*) AS n FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'brandlens-streams' AND state <> 'idle'`,
  );
  return Number(rows[0]?.n);
};

describe('a walk through the rows of a statement', () => {
  it.each([0, 1, 6, 7])('gives each of %i rows once, in order', async (most) => {
    const pieces = [];
    for await (const piece of walk(most, 3)) pieces.push(piece.map(({ n }) => n));
    expect(pieces.flat()).toEqual(Array.from({ length: most }, (_, at) => at + 1));
    expect(pieces.every(({ length }) => length > 0 && length <= 3)).toBe(true);
  });

  it('makes them as they are taken, not before', async () => {
    const locking = sql.sql`SELECT pg_try_advisory_xact_lock_shared(${space}::int, n)::text AS got FROM generate_series(1, 2000) n`;
    const rows = streamSnapshot((snapshot) => walkRows(snapshot, locking, 10));
    for (let piece = 0; piece < 3; piece++) await rows.next();
    await pause(200);
    // Those taken, and what waits between the database and the reader.
    expect(await made()).toBeLessThanOrEqual(60);
    await rows.return(undefined);
    expect(await made()).toBe(0);
  });

  it('lets its connection go when its reader turns away, and tells what went wrong', async () => {
    const rows = walk(100_000, 10);
    await rows.next();
    expect(await open()).toBe(1);
    await rows.return(undefined);
    expect(await open()).toBe(0);
    const wrong = streamSnapshot((snapshot) =>
      walkRows(snapshot, sql.sql`SELECT 1 / (n - 25) FROM generate_series(1, 50) n`, 10),
    );
    await expect(all(wrong)).rejects.toThrow(/division by zero/);
    expect(await open()).toBe(0);
  });
});
