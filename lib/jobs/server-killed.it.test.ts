import { killServer, removeServer } from './own-server.fixture';
import './own-database.fixture';
import { afterAll, beforeAll, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { closeBoss } from './boss';
import { Ordeal, rounds } from './ordeal.fixture';
import { endAll } from './worker-process.fixture';

// The database server killed, and started again, at random instants of every step.

// The worker killed and the connections cut begin with the stages before.
const ordeal = new Ordeal(2 * rounds);
beforeAll(() => ordeal.learn(), 600_000);
afterAll(async () => {
  await endAll();
  await closeBoss();
  await loadPool.end();
  await db.$disconnect();
  removeServer();
});

it(
  'nothing is lost, doubled or half in, whenever the database server is killed',
  async () => {
    await ordeal.sufferAll(killServer);
  },
  rounds * 1_800_000,
);
