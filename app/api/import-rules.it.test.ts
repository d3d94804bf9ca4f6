import { beforeAll, expect, it } from 'vitest';
import { errorBody } from '@/lib/contract/errors';
import { listImportRules, updateImportRules, type RuleChanges } from '@/lib/contract/import-rules';
import { importRules } from '@/lib/contract/rule-facts';
import { env } from '@/lib/env';
import { ask, makePerson, makeWorkspace, type Person } from '@/tests/http';

let admin: Person;
let viewer: Person;
let slug = '';
beforeAll(async () => {
  env.IMPORT_RULES = { drift: { threshold: 0.3, severity: 'error' } };
  [admin, viewer] = [await makePerson(), await makePerson()];
  ({ slug } = await makeWorkspace([
    [admin, 'admin'],
    [viewer, 'viewer'],
  ]));
});

const change = (json: unknown, { cookie } = admin) =>
  ask(updateImportRules, { cookie, query: { workspace: slug }, json });
const read = async ({ cookie } = viewer) => {
  const answer = await ask(listImportRules, { cookie, query: { workspace: slug } });
  return listImportRules.response.parse(await answer.json()).items;
};
const rule = async (name: string) => (await read()).find((one) => one.rule === name);

it('lists every rule, as the installation has them where nothing is set', async () => {
  const rules = await read();
  expect(rules.map((one) => one.rule)).toEqual(importRules);
  expect(await rule('drift')).toMatchObject({
    severity: 'error',
    threshold: 0.3,
    standard: { severity: 'error', threshold: 0.3 },
  });
  expect(await rule('outliers')).toMatchObject({ severity: 'warning', threshold: 10 });
});

it('sets the rules that are named, until they are given back', async () => {
  const set: RuleChanges = { drift: { severity: 'off', threshold: 0.9 }, outliers: { threshold: 4 } };
  const answer = await change(set);
  expect(answer.status).toBe(200);
  expect(await rule('drift')).toMatchObject({ severity: 'off', threshold: 0.9, standard: { severity: 'error' } });
  expect(await rule('outliers')).toMatchObject({ severity: 'warning', threshold: 4 });
  await change({ drift: null });
  expect(await rule('drift')).toMatchObject({ severity: 'error', threshold: 0.3 });
  expect(await rule('outliers')).toMatchObject({ threshold: 4 });
});

it('refuses what is no setting, with the rule and what would be right', async () => {
  const refused = async (json: unknown) => {
    const answer = await change(json);
    expect(answer.status).toBe(400);
    return errorBody.parse(await answer.json()).error.details;
  };
  expect(await refused({ outliers: { threshold: 0.5 } })).toEqual([
    { field: 'outliers.threshold', message: 'must be a number from 1 to 1000000' },
  ]);
  expect(await refused({ unknown_stores: { threshold: 2 } })).toEqual([
    { field: 'unknown_stores.threshold', message: 'must be a number from 0 to 1' },
  ]);
  expect(await refused({ drift: { severity: 'loud' } })).toEqual([
    { field: 'drift.severity', message: 'must be one of off, warning, error' },
  ]);
  expect((await refused({ drfit: null }))?.[0]?.field).toBe('drfit');
});

it('is set by admins alone', async () => {
  expect((await change({ drift: null }, viewer)).status).toBe(403);
});
