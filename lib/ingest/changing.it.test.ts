import type { PoolClient } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { analyze } from './changing';

const tables = [`changed_${process.pid}_one`, `changed_${process.pid}_two`] as const;
const clients: PoolClient[] = [];

beforeAll(async () => {
  for (const table of tables) await loadPool.query(`CREATE TABLE ${table} (id int)`);
});
afterAll(async () => {
  for (const client of clients) {
    await client.query('ROLLBACK');
    client.release();
  }
  for (const table of tables) await loadPool.query(`DROP TABLE ${table}`);
  await loadPool.end();
});

it('survives another change that analyzes the same tables in another order', async () => {
  const [here, there] = [await loadPool.connect(), await loadPool.connect()];
  clients.push(here, there);
  for (const client of clients) {
    await client.query('BEGIN');
    for (const table of tables) await client.query(`INSERT INTO ${table} VALUES (1)`);
  }
  await analyze(here, [tables[0]]);
  await analyze(there, [tables[1]]);
  // Each holds what the other wants, until PostgreSQL ends one of the waits.
  await Promise.all([analyze(here, [tables[1]]), analyze(there, [tables[0]])]);
  for (const client of clients)
    expect((await client.query(`SELECT count(*)::int AS count FROM ${tables[0]}`)).rows).toEqual([{ count: 1 }]);
});
