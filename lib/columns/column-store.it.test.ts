import { setTimeout as wait } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { expect, it } from 'vitest';
import { ColumnStore } from './column-store';

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
