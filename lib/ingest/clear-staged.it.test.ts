import { dropDatabase } from '@/lib/jobs/own-database.fixture';
import { afterAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { clearStaged } from './clear-staged';
import { january, one } from './examples.fixture';
import { newWorkspace, stageLines } from './staged.fixture';

// A database of its own: nobody else has anything staged.
afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

const left = (workspaceId: number): Promise<unknown> =>
  one('SELECT count(*)::int AS value FROM staged_line WHERE workspace_id = $1', [workspaceId]);

/** As the end of a publish of a million lines, undone by `end`. */
async function clear(workspaceId: number, importId: number, end: 'COMMIT' | 'ROLLBACK'): Promise<number> {
  const client = await loadPool.connect();
  try {
    await client.query('BEGIN');
    await clearStaged({ client, workspaceId, importId }, 1_000_000);
    const { rows } = await client.query<{ file: number }>(`SELECT pg_relation_filenode('staged_line')::int AS file`);
    return rows[0]!.file;
  } finally {
    await client.query(end);
    client.release();
  }
}

const file = (): Promise<unknown> => one(`SELECT pg_relation_filenode('staged_line')::int AS value`, []);

describe('staged rows that are published', () => {
  it('go at once when nothing else is staged, and are there again when the publish breaks off', async () => {
    const w = await newWorkspace();
    const id = await stageLines(w, january);
    const before = await file();
    expect(await clear(w, id, 'ROLLBACK')).not.toBe(before);
    expect([await left(w), await file()]).toEqual([5, before]);
    await clear(w, id, 'COMMIT');
    expect(await left(w)).toBe(0);
  });

  it('go by themselves beside those of another import, whichever is older', async () => {
    const [first, second] = [await newWorkspace(), await newWorkspace()];
    const [one, other] = [await stageLines(first, january), await stageLines(second, january)];
    await clear(first, one, 'ROLLBACK');
    await clear(second, other, 'COMMIT');
    expect([await left(first), await left(second)]).toEqual([5, 0]);
    const third = await stageLines(second, january);
    await clear(first, one, 'COMMIT');
    expect([await left(first), await left(second)]).toEqual([0, 5]);
    await clear(second, third, 'COMMIT');
  });

  it('go although another check holds the table', async () => {
    const w = await newWorkspace();
    const id = await stageLines(w, january);
    const other = await loadPool.connect();
    try {
      await other.query('BEGIN; LOCK TABLE staged_line IN ROW EXCLUSIVE MODE');
      await clear(w, id, 'COMMIT');
    } finally {
      await other.query('ROLLBACK');
      other.release();
    }
    expect(await left(w)).toBe(0);
  });
});
