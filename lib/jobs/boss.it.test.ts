import { dropDatabase } from './own-database.fixture';
import { afterAll, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { openBoss, queueNames } from './boss';

afterAll(async () => {
  await loadPool.end();
  await dropDatabase();
});

it('is opened by several processes at once, where nobody has opened it before', async () => {
  const kept = globalThis as { brandlensBoss?: unknown };
  const opened = await Promise.allSettled(
    Array.from({ length: 3 }, () => {
      // Each process has its own.
      delete kept.brandlensBoss;
      return openBoss();
    }),
  );
  expect(opened.map(({ status }) => status)).toEqual(Array(3).fill('fulfilled'));
  for (const one of opened) {
    if (one.status === 'rejected') continue;
    expect((await one.value.getQueues()).map(({ name }) => name).sort()).toEqual([...queueNames].sort());
    await one.value.stop({ graceful: false, close: true });
  }
});
