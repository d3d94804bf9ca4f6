import { dropDatabase } from './own-database.fixture';
import { afterAll, beforeAll, describe, it, expect } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { checkLock } from '@/lib/ingest/check';
import { changeLock } from '@/lib/ingest/changing';
import { startJobs, stopJobs } from './queue';
import { requestPublish, requestVerify } from './request';
import { check, csv, jobsOf, newWorkspace, published, reaches, received, stateNow, until } from './trial.fixture';

beforeAll(() => startJobs());

afterAll(async () => {
  await stopJobs();
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

const verified = async (workspaceId: number): Promise<number> =>
  (await loadPool.query('SELECT FROM rollup_check WHERE workspace_id = $1', [workspaceId])).rowCount ?? 0;

/** Runs work while somebody else holds this lock. */
async function held(lock: string, work: () => Promise<void>): Promise<void> {
  const client = await loadPool.connect();
  try {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [lock]);
    await work();
  } finally {
    client.release(true);
  }
}

describe('what is small does not wait for what is large', () => {
  it('a file to be checked', async () => {
    const [w, other] = [await newWorkspace(), await newWorkspace()];
    const large = await received(w, csv('01', 5));
    await loadPool.query('UPDATE import SET file_size = 16 * 1024 * 1024 WHERE id = $1', [large.importId]);
    await held(checkLock(w, large.importId), async () => {
      await check(large);
      await until('it is begun', async () =>
        (await jobsOf('check-large', `${w}/${large.importId}`)).includes('active'),
      );
      const small = await received(other, csv('01', 5));
      await check(small);
      await reaches(small, 'validated');
      expect(await stateNow(large)).toBe('validating');
    });
    await reaches(large, 'validated');
  });

  it('a file to be published', async () => {
    const [w, other] = [await newWorkspace(), await newWorkspace()];
    const large = await received(w, csv('01', 5));
    await check(large);
    await reaches(large, 'validated');
    await loadPool.query('UPDATE import SET rows_in = 250000, rows_rejected = 249995 WHERE id = $1', [large.importId]);
    await held(changeLock(w), async () => {
      await requestPublish(large);
      const key = `${w}/${large.importId}`;
      await until('it is begun', async () => (await jobsOf('publish-large', key)).includes('active'));
      await published(other, csv('01', 5));
      expect(await stateNow(large)).toBe('publishing');
    });
    await reaches(large, 'published');
  });

  it('a workspace to be verified', async () => {
    const [large, small] = [await newWorkspace(), await newWorkspace()];
    const { importId } = await received(large, csv('01', 1));
    await loadPool.query(
      `UPDATE import SET state = 'published', published_at = now(), rows_in = 1000000, rows_accepted = 1000000, rows_rejected = 0 WHERE id = $1`,
      [importId],
    );
    const client = await loadPool.connect();
    try {
      // Its verification waits for this to end before it is noted.
      await client.query('BEGIN');
      await client.query('SELECT FROM workspace WHERE id = $1 FOR UPDATE', [large]);
      await requestVerify({ workspaceId: large });
      await until('the large one is begun', async () => (await jobsOf('verify-large', `${large}`)).includes('active'));
      await requestVerify({ workspaceId: small });
      await until('the small one is verified', async () => (await verified(small)) === 1);
      expect(await verified(large)).toBe(0);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
    await until('the large one is verified', async () => (await verified(large)) === 1);
  });
});
