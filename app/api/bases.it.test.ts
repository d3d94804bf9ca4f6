import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMember } from '@/lib/access/add-member';
import { errorBody } from '@/lib/contract/errors';
import { runQuery } from '@/lib/contract/query';
import { updateBases } from '@/lib/contract/workspaces';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { ask, makePerson, type Person } from '@/tests/http';
import { insertWorkedExample } from '@/tests/worked-example';

const pool = new Pool({ connectionString: env.DATABASE_URL });
afterAll(() => pool.end());

let admin: Person;
let example: { workspaceId: number; slug: string };

beforeAll(async () => {
  admin = await makePerson();
  example = await insertWorkedExample(pool, `bases-${randomUUID()}`);
  await addMember({ workspaceId: example.workspaceId, userId: admin.id, role: 'admin' });
});

const inExample = () => ({ cookie: admin.cookie, query: { workspace: example.slug } });
const set = (json: unknown) => ask(updateBases, { ...inExample(), json });
const changed = async (json: unknown) => updateBases.response.parse(await (await set(json)).json()).dataVersion;
/** Five shoppers bought in the four weeks of the example. */
const asked = async (minVersion: number, filters = {}) => {
  const json = {
    metrics: ['buyers', 'universe_penetration'],
    from: '2024-01-01',
    to: '2024-01-31',
    minVersion,
    filters,
  };
  const { totals, meta } = runQuery.response.parse(await (await ask(runQuery, { ...inExample(), json })).json());
  return { total: totals[0]!, told: meta.metrics.universe_penetration };
};

it('penetration of the universe is there once one is set, and gone with it', async () => {
  const none = await asked(0);
  expect(none.told).toMatchObject({ state: 'unavailable', reason: 'No universe is set for the workspace.' });
  const some = await asked(await changed({ universe: 40 }));
  expect(some.total.values).toEqual({ buyers: 5, universe_penetration: 12.5 });
  const [entry] = await db.auditEntry.findMany({ where: { workspaceId: example.workspaceId } });
  expect(entry).toMatchObject({ userId: admin.id, action: 'workspace.bases', detail: { universe: 40 } });
  const gone = await asked(await changed({ universe: null }));
  expect(gone.told?.state).toBe('unavailable');
});

it('fewer buyers than the low base are marked, and 0 marks none', async () => {
  expect((await asked(await changed({ lowBase: 6 }))).total.lowBase).toContain('buyers');
  expect((await asked(await changed({ lowBase: 5 }))).total.lowBase).toBeUndefined();
  expect((await asked(await changed({ lowBase: 0 }))).total.lowBase).toBeUndefined();
});

it.each([
  [{ universe: 0 }, 'universe', 'at least 1, or null for none'],
  [{ universe: 1.5 }, 'universe', 'a whole number'],
  [{ universe: 2e9 + 1 }, 'universe', 'at most 2,000,000,000'],
  [{ lowBase: -1 }, 'lowBase', '0 or more'],
  [{ lowBase: null }, 'lowBase', 'a whole number'],
  [{ base: 3 }, 'base', /./],
])('refuses %j', async (json, field, message) => {
  const response = await set(json);
  expect(response.status).toBe(400);
  const [detail] = errorBody.parse(await response.json()).error.details ?? [];
  expect(detail).toEqual({ field, message: expect.stringMatching(message) as string });
});
