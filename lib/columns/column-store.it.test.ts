import { setTimeout as wait } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { expect, it } from 'vitest';
import { ColumnStore } from './column-store';

it('ends the statement at hand when the work beside it fails', async () => {
  let statement: Promise<void> | undefined;
  const work = ColumnStore.beside({} as PoolClient, async (store) => {
    statement = store.run('CREATE TABLE counted AS SELECT sum(range % 7) FROM range(1000000000000)');
    statement.catch(() => undefined);
    await wait(100);
    throw new Error('The connection was cut.');
  });
  await expect(work).rejects.toThrow('The connection was cut.');
  await expect(statement).rejects.toThrow(/interrupt/i);
});
