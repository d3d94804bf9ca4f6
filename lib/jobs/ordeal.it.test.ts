import { dropDatabase } from './own-database.fixture';
import { afterAll, beforeAll, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { closeBoss } from './boss';
import { cutConnections, killWorker, Ordeal, rounds } from './ordeal.fixture';
import { endAll } from './worker-process.fixture';

// The worker killed, or its connections cut, at random instants of every step.

const ordeal = new Ordeal();
beforeAll(() => ordeal.learn(), 600_000);
afterAll(async () => {
  await endAll();
  await closeBoss();
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

it.each([
  ['the worker is killed', killWorker],
  ['the connections are cut', cutConnections],
])(
  'nothing is lost, doubled or half in, whenever %s',
  async (_, blow) => {
    await ordeal.sufferAll(blow);
  },
  rounds * 1_800_000,
);
