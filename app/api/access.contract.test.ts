import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '@/lib/access/create-key';
import { revokeKey } from '@/lib/access/revoke-key';
import type { Endpoint } from '@/lib/contract/endpoint';
import { errorBody } from '@/lib/contract/errors';
import type { KeyScope } from '@/lib/contract/keys';
import { registry } from '@/lib/contract/registry';
import { db } from '@/lib/db/client';
import { openApiDocument } from '@/lib/http/openapi';
import { ask, makePerson, makeWorkspace, type Asking } from '@/tests/http';
import { admitted, callers, table, unknown, type Caller } from './access.fixture';

// Who may call what: every endpoint of the OpenAPI document, by every role and scope, in the own and in another workspace.

/** Other files of routes, which no workspace's data comes through. */
const beside = ['auth/[...all]', 'health/live', 'health/ready', 'metrics', 'openapi.json', '[...rest]'];

/** A thing of another workspace for each path with an id. */
const foreign: Record<string, () => number | string> = {
  '/v1/brands/{id}': () => theirs.brand,
  '/v1/groups/{id}': () => theirs.group,
  '/v1/keys/{id}': () => theirs.key,
  '/v1/imports/{id}': () => theirs.import,
  '/v1/corrections/{id}': () => theirs.correction,
  '/v1/mapping-templates/{id}': () => theirs.template,
  '/v1/connectors/{id}': () => theirs.connector,
  '/v1/people/{id}': () => theirs.person,
};

/** Refused for its parameter, and for nothing else, once the caller is let in: nothing is done. */
const probe = { colour: 'red' };
/** The least that makes a call with an id well formed. */
const bodies: Record<string, unknown> = {
  changeGroup: { name: 'Mine now' },
  changeConnector: { name: 'Mine now' },
  rereadImport: {},
  renameTemplate: { name: 'Mine now' },
  changePerson: { role: 'viewer' },
  fixImport: { values: [{ column: 'amount', from: 'n/a', to: '0' }] },
  tryRow: { row: 2, cells: ['2024-01-05', 'P1', '2.50'] },
  checkImport: { mapping: { columns: { date: 'date', product: 'product', amount: 'amount' } } },
};

/** The same of those that want more in the query than the workspace. */
const asks: Record<string, Record<string, string>> = { dropTemplateFix: { column: 'amount', from: 'n/a' } };

const show = {} as Record<Caller, Asking>;
const mine = { id: 0, slug: '' };
const theirs = {
  id: 0,
  slug: '',
  brand: 0,
  group: 0,
  key: 0,
  import: 0,
  template: 0,
  connector: 0,
  correction: 0,
  person: '',
};

let asked = 0;

/** Each from another address: how often one may ask is not what is asked here. */
const knock = (endpoint: Endpoint, asking: Asking, query: Record<string, string>): Promise<Response> => {
  asked += 1;
  const headers = { 'x-forwarded-for': `10.0.${asked >> 8}.${asked & 255}` };
  return ask(endpoint, { params: { id: '2147483647' }, headers, ...asking, query });
};

async function statusOf(response: Response) {
  const { error } = errorBody.parse(await response.json());
  return { status: response.status, fields: error.details?.map(({ field }) => field) ?? [], message: error.message };
}

const held = () =>
  Promise.all([
    db.import.findMany({ where: { workspaceId: theirs.id } }),
    db.customGroup.findMany({ where: { workspaceId: theirs.id } }),
    db.apiKey.findMany({ where: { workspaceId: theirs.id } }),
    db.brand.findMany({ where: { workspaceId: theirs.id } }),
    db.mappingTemplate.findMany({ where: { workspaceId: theirs.id } }),
    db.connector.findMany({ where: { workspaceId: theirs.id } }),
    db.connectorRun.findMany({ where: { workspaceId: theirs.id } }),
    db.correction.findMany({ where: { workspaceId: theirs.id } }),
    db.member.findMany({ where: { workspaceId: theirs.id } }),
    db.workspace.findUnique({ where: { id: theirs.id } }),
  ]);

beforeAll(async () => {
  const people = [makePerson(), makePerson(), makePerson(), makePerson()] as const;
  const [viewer, analyst, admin, stranger] = await Promise.all(people);
  Object.assign(
    mine,
    await makeWorkspace([
      [viewer, 'viewer'],
      [analyst, 'analyst'],
      [admin, 'admin'],
    ]),
  );
  Object.assign(theirs, { ...(await makeWorkspace([[stranger, 'viewer']])), person: stranger.id });
  const key = async (name: string, scope: KeyScope) =>
    createKey({ workspaceId: mine.id, userId: null, name, scope, expiresInDays: 1 });
  const keys = await Promise.all([
    key('r', 'read'),
    key('i', 'import'),
    key('a', 'admin'),
    key('e', 'admin'),
    key('x', 'admin'),
  ]);
  const [read, load, all, expired, revoked] = keys;
  await db.apiKey.updateMany({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1_000) } });
  await revokeKey({ workspaceId: mine.id, userId: null, id: revoked.id });
  Object.assign(show, {
    nobody: {},
    'forged cookie': { cookie: 'better-auth.session_token=forged.AAAA; better-auth.session_data=e30' },
    'garbage key': { key: `${all.key.slice(0, -2)}xx`, cookie: admin.cookie },
    'expired key': { key: expired.key, cookie: admin.cookie },
    'revoked key': { key: revoked.key, cookie: admin.cookie },
    viewer: { cookie: viewer.cookie },
    analyst: { cookie: analyst.cookie },
    admin: { cookie: admin.cookie },
    'read key': { key: read.key },
    'import key': { key: load.key },
    'admin key': { key: all.key },
  } satisfies Record<Caller, Asking>);

  const where = { workspaceId: theirs.id };
  const brand = await db.brand.create({ data: { ...where, name: 'Theirs' } });
  const group = await db.customGroup.create({ data: { ...where, name: 'Theirs', kind: 'brand', rule: { name: 'a' } } });
  const file = { fileName: 'a.csv', fileSize: 1, fileHash: 'a', filePath: '/nowhere' };
  const loaded = await db.import.create({ data: { ...where, ...file, kind: 'transactions', state: 'validated' } });
  const kept = await db.mappingTemplate.create({
    data: { ...where, signature: 'a', name: 'Theirs', kind: 'stores', mapping: {}, fileName: 'a.csv' },
  });
  const corrected = await db.correction.create({ data: { ...where, kind: 'spelling', subject: 'Theirs', brand: 'x' } });
  const made = await createKey({ workspaceId: theirs.id, userId: null, name: 'k', scope: 'admin', expiresInDays: 1 });
  const source = { kind: 'http', url: 'https://files.example/a.csv' };
  const connector = await db.connector.create({ data: { ...where, name: 'Theirs', source } });
  await db.connectorRun.create({ data: { ...where, connectorId: connector.id, state: 'done', endedAt: new Date() } });
  const ids = { brand: brand.id, group: group.id, import: loaded.id, key: made.id };
  Object.assign(theirs, { ...ids, template: kept.id, connector: connector.id, correction: corrected.id });
});

describe('the table', () => {
  it('names every endpoint of the OpenAPI document, and no other', () => {
    const { paths } = openApiDocument('http://localhost');
    const operations = Object.values(paths ?? {}).flatMap((path) => Object.values(path as Record<string, object>));
    const ids = operations.map((operation) => ('operationId' in operation ? operation.operationId : 'nameless'));
    expect(Object.keys(table).sort()).toEqual(ids.sort());
  });

  it('misses no route: each is in the registry with each of its methods', async () => {
    const folder = join(process.cwd(), 'app/api');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('route.ts'),
    );
    const listed = registry.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, '[$1]').slice(1)}`);
    const found: string[] = [];
    for (const file of files) {
      const route = file.slice(0, -'/route.ts'.length);
      if (beside.includes(route)) continue;
      const exported = Object.keys((await import(join(folder, file))) as object);
      found.push(...exported.filter((name) => name !== 'OPTIONS').map((method) => `${method} ${route}`));
    }
    expect(found.sort()).toEqual(listed.sort());
  });
});

describe.each(registry.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (id, endpoint) => {
  const opens = () => admitted[table[id]!];
  const inWorkspace = table[id] !== 'signed in' && table[id] !== 'person';

  it.each(callers)('is asked by: %s', async (caller) => {
    const query = { ...probe, ...(inWorkspace && { workspace: mine.slug }) };
    const { status, fields, message } = await statusOf(await knock(endpoint, show[caller], query));
    const expected = unknown.includes(caller) ? 401 : opens().includes(caller) ? 400 : 403;
    expect(status, message).toBe(expected);
    if (expected === 400) expect(fields).toContain('colour');
  });

  if (!inWorkspace) return;
  it.each(callers)('is closed in another workspace to: %s', async (caller) => {
    const response = await knock(endpoint, show[caller], { ...probe, workspace: theirs.slug });
    expect((await statusOf(response)).status).toBe(unknown.includes(caller) ? 401 : 404);
  });

  if (!endpoint.params) return;
  it.each(['admin', 'admin key'] as const)('finds nothing of another workspace for: %s', async (caller) => {
    const path = Object.keys(foreign).find((start) => endpoint.path.startsWith(start));
    const params = { id: String(foreign[path ?? 'a path of the list above']!()) };
    const before = await held();
    const json = bodies[id] === undefined ? {} : { json: bodies[id] };
    const response = await ask(endpoint, {
      ...show[caller],
      ...json,
      params,
      query: { ...asks[endpoint.id], workspace: mine.slug },
    });
    expect((await statusOf(response)).status).toBe(404);
    expect(await held()).toEqual(before);
  });
});
