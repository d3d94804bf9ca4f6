import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMember } from '@/lib/access/change-people';
import { errorBody } from '@/lib/contract/errors';
import { runQuery } from '@/lib/contract/query';
import { listRegions } from '@/lib/contract/members';
import { updateBases } from '@/lib/contract/workspaces';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { ask, makePerson, type Person } from '@/tests/http';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';

const pool = new Pool({ connectionString: env.DATABASE_URL });
afterAll(() => pool.end());

let admin: Person;
let example: WorkedExample & { slug: string };

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
  const [entry] = await db.auditEntry.findMany({
    where: { workspaceId: example.workspaceId, action: { startsWith: 'workspace.' } },
  });
  expect(entry).toMatchObject({ userId: admin.id, action: 'workspace.bases', detail: { universe: 40 } });
  const gone = await asked(await changed({ universe: null }));
  expect(gone.told?.state).toBe('unavailable');
});

it('of regions has the sum of theirs, and each region its own', async () => {
  const { North, South } = example.regions;
  const byRegion = async (minVersion: number) => {
    const json = {
      metrics: ['universe_penetration'],
      from: '2024-01-01',
      to: '2024-01-31',
      by: 'region',
      sort: 'name',
    };
    const answer = await ask(runQuery, { ...inExample(), json: { ...json, minVersion } });
    const { rows, totals, meta } = runQuery.response.parse(await answer.json());
    const values = [...rows, ...totals].map(({ values: of }) => of.universe_penetration);
    return { values, told: meta.metrics.universe_penetration };
  };
  const none = await byRegion(await changed({ universe: 100 }));
  expect(none.told?.reason).toBe('No universe is set for any of these regions.');

  // Two of the five shoppers bought in the North, three in the South.
  const one = await changed({ regionUniverses: [{ region: North, universe: 10 }] });
  expect((await asked(one, { region: [North] })).total.values).toEqual({ buyers: 2, universe_penetration: 20 });
  expect((await asked(one, { region: [North, South] })).told).toEqual({
    state: 'unavailable',
    reason: 'No universe is set for one of these regions.',
  });
  expect(await byRegion(one)).toMatchObject({
    values: [20, null, 5],
    told: { notes: ['no universe is set for some of the regions', 'low base: fewer than 50 buyers'] },
  });

  const two = await changed({ regionUniverses: [{ region: South, universe: 30 }] });
  const both = await asked(two, { region: [North, South] });
  expect(both.total.values).toEqual({ buyers: 5, universe_penetration: 12.5 });
  expect(both.told?.leaves?.[1]).toEqual({ label: 'Universe', unit: 'count', value: 40 });
  expect((await byRegion(two)).values).toEqual([20, 10, 5]);
  const inShops = await asked(two, { region: [North], channel: [example.channels.Supermarket] });
  expect(inShops.told?.reason).toMatch(/not of channels and stores/);
  const listed = await ask(listRegions, inExample());
  expect(listRegions.response.parse(await listed.json()).items.map(({ universe }) => universe)).toEqual([10, 30]);
  const [entry] = await db.auditEntry.findMany({
    where: { workspaceId: example.workspaceId },
    orderBy: { id: 'desc' },
  });
  expect(entry?.detail).toEqual({ regionUniverses: [{ region: South, universe: 30 }] });
});

it('refuses regions that are not there, and one twice, and keeps nothing of it', async () => {
  const { North } = example.regions;
  for (const [list, field] of [
    [[[2_147_483_647, 3]], 'regionUniverses.0.region'],
    [
      [
        [North, 3],
        [North, 4],
      ],
      'regionUniverses.1.region',
    ],
    [[[North, 0]], 'regionUniverses.0.universe'],
  ] as const) {
    const response = await set({
      universe: 7,
      regionUniverses: list.map(([region, universe]) => ({ region, universe })),
    });
    expect(response.status).toBe(400);
    expect(errorBody.parse(await response.json()).error.details?.[0]?.field).toBe(field);
  }
  const { universe } = await db.workspace.findUniqueOrThrow({ where: { id: example.workspaceId } });
  expect(universe).toBe(100);
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
