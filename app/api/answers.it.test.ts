import { beforeAll, describe, expect, it } from 'vitest';
import * as members from '@/lib/contract/members';
import { errorBody } from '@/lib/contract/errors';
import { readQuery, runQuery } from '@/lib/contract/query';
import { createWorkspace, getWorkspace, listWorkspaces } from '@/lib/contract/workspaces';
import { db } from '@/lib/db/client';
import { ask, makePerson, makeWorkspace, moveVersion, type Person } from '@/tests/http';

const spec = { metrics: ['value_sales'], from: '2024-01-01', to: '2024-01-31' };

let person: Person;
let workspace: { id: number; slug: string };

beforeAll(async () => {
  person = await makePerson();
  workspace = await makeWorkspace([[person, 'admin']]);
});

const get = (query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  ask(readQuery, { cookie: person.cookie, query: { q: JSON.stringify(spec), ...query }, headers });

describe('a query', () => {
  it('answers GET and POST alike, with how old the answer is', async () => {
    const posted = await ask(runQuery, { cookie: person.cookie, json: spec });
    expect(posted.status).toBe(200);
    const body = readQuery.response.parse(await posted.json());
    expect(body.meta).toMatchObject({ dataVersion: 0, cache: { state: 'miss' } });
    const got = await get();
    const again = readQuery.response.parse(await got.json());
    expect(again.meta.cache?.state).toBe('fresh');
    expect({ ...again, meta: null }).toEqual({ ...body, meta: null });
    expect(got.headers.get('cache-control')).toBe('private, no-cache');
  });

  it('answers 304 while the data stands, and the new numbers once it moved', async () => {
    const etag = (await get()).headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"/);
    const unchanged = await get({}, { 'if-none-match': `"other", ${etag}` });
    expect(unchanged.status).toBe(304);
    expect(await unchanged.text()).toBe('');
    const other = await get({ q: JSON.stringify({ ...spec, to: '2024-02-01' }) }, { 'if-none-match': etag });
    expect(other.status).toBe(200);
    const minVersion = await moveVersion(workspace.id);
    const moved = await get({ q: JSON.stringify({ ...spec, minVersion }) }, { 'if-none-match': etag });
    expect(moved.status).toBe(200);
    expect(readQuery.response.parse(await moved.json()).meta.dataVersion).toBe(minVersion);
    expect(moved.headers.get('etag')).not.toBe(etag);
  });

  it('echoes a harmless request id, and makes one otherwise', async () => {
    expect((await get({}, { 'x-request-id': 'trace-0001' })).headers.get('x-request-id')).toBe('trace-0001');
    const made = await get({ colour: 'red' }, { 'x-request-id': 'no' });
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(errorBody.parse(await made.json()).error.requestId).toBe(made.headers.get('x-request-id'));
  });
});

describe('members', () => {
  const list = async (endpoint: typeof members.listBrands, query: Record<string, string> = {}) => {
    const response = await ask(endpoint, { cookie: person.cookie, query });
    expect(response.status, await response.clone().text()).toBe(200);
    return endpoint.response.parse(await response.json());
  };
  const names = ['50% off', '5000', 'Äpfel', 'apple_pie', 'appleXpie', 'back\\slash', 'zebra'];
  const ids: Record<string, number> = {};

  beforeAll(async () => {
    const { id } = workspace;
    const maker = await db.manufacturer.create({ data: { workspaceId: id, name: 'Maker' } });
    const root = await db.category.findFirstOrThrow({ where: { workspaceId: id } });
    const tea = await db.category.create({ data: { workspaceId: id, name: 'Tea', depth: 1, parentId: root.id } });
    for (const ancestorId of [root.id, tea.id]) {
      await db.categoryAncestor.create({ data: { workspaceId: id, categoryId: tea.id, ancestorId } });
    }
    for (const name of names) {
      const manufacturerId = name === 'zebra' ? maker.id : null;
      ids[name] = (await db.brand.create({ data: { workspaceId: id, name, manufacturerId } })).id;
    }
    const brandId = ids.zebra ?? 0;
    const product = { workspaceId: id, brandId, categoryId: tea.id };
    await db.product.create({
      data: { ...product, code: '007', name: 'Earl', attributes: { leaf: 'loose', bags: 20 } },
    });
    await db.product.create({ data: { ...product, code: 'u', name: 'zebra', unspecified: true } });
    const region = await db.region.create({ data: { workspaceId: id, name: 'North' } });
    await db.store.create({ data: { workspaceId: id, code: 's1', name: 'Corner', regionId: region.id } });
    Object.assign(ids, { maker: maker.id, tea: tea.id, root: root.id, region: region.id });
    await moveVersion(id);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  });

  it('are walked page by page, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await list(members.listBrands, { limit: '3', ...(cursor && { cursor }) });
      expect(page.total).toBe(names.length);
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(names.length);
    expect(new Set(seen)).toEqual(new Set(names));
  });

  it.each([
    ['50%', ['50% off']],
    ['apple_', ['apple_pie']],
    ['APPLE', ['appleXpie', 'apple_pie']],
    ['\\', ['back\\slash']],
    ["'; --", []],
  ])('are found by "%s" as it stands', async (search, found) => {
    const page = await list(members.listBrands, { search });
    expect(page.items.map(({ name }) => name).sort()).toEqual([...found].sort());
    expect(page.total).toBe(found.length);
  });

  it('carry their relations and counts, stand-ins left out', async () => {
    const page = await list(members.listBrands, { manufacturer: String(ids.maker) });
    const zebra = {
      id: ids.zebra,
      name: 'zebra',
      manufacturer: { id: ids.maker, name: 'Maker' },
      categories: [{ id: ids.tea, name: 'Tea' }],
      products: 1,
    };
    expect(page.items).toEqual([zebra]);
    expect((await list(members.listBrands, { category: String(ids.root) })).items).toEqual([zebra]);
    const one = await ask(members.getBrand, { cookie: person.cookie, params: { id: String(ids.zebra) } });
    expect(await one.json()).toEqual(zebra);
    const products = await ask(members.listProducts, { cookie: person.cookie, query: { category: String(ids.root) } });
    expect(await products.json()).toMatchObject({
      total: 1,
      items: [{ code: '007', name: 'Earl', brand: { name: 'zebra' }, attributes: { leaf: 'loose', bags: '20' } }],
    });
    const stores = await ask(members.listStores, { cookie: person.cookie, query: { region: String(ids.region) } });
    expect(await stores.json()).toMatchObject({ items: [{ code: 's1', region: { name: 'North' }, channel: null }] });
    const tree = await ask(members.listCategories, { cookie: person.cookie });
    expect(members.listCategories.response.parse(await tree.json()).items).toMatchObject([
      { depth: 0, parentId: null, path: [], products: 1 },
      { depth: 1, name: 'Tea', parentId: ids.root, path: ['Tea'], products: 1 },
    ]);
    const attributes = await ask(members.listAttributes, { cookie: person.cookie });
    expect(await attributes.json()).toEqual({
      items: [
        { of: 'product', name: 'bags', values: ['20'] },
        { of: 'product', name: 'leaf', values: ['loose'] },
      ],
    });
  });

  it('are read by their ids, another workspace’s left out', async () => {
    const other = await makeWorkspace();
    const theirs = await db.brand.create({ data: { workspaceId: other.id, name: 'theirs' } });
    const found = await list(members.listBrands, { ids: `${ids.zebra},${theirs.id},${ids['5000']}` });
    expect(found).toMatchObject({ total: 2, nextCursor: null, items: [{ name: '5000' }, { name: 'zebra' }] });
    const others = [
      [members.listManufacturers, 'maker', 'Maker'],
      [members.listCategories, 'tea', 'Tea'],
      [members.listRegions, 'region', 'North'],
    ] as const;
    for (const [endpoint, id, name] of others) {
      const one = await ask(endpoint, { cookie: person.cookie, query: { ids: String(ids[id]) } });
      expect(await one.json()).toMatchObject({ total: 1, items: [{ id: ids[id], name }] });
    }
  });

  it.each(['', '1,', 'a', '1.5', '0', '2147483648', Array.from({ length: 101 }, (_, index) => index + 1).join(',')])(
    'refuse ids that are none: %s',
    async (given) => {
      const response = await ask(members.listStores, { cookie: person.cookie, query: { ids: given } });
      expect(response.status).toBe(400);
      expect(errorBody.parse(await response.json()).error.details?.[0]?.field).toMatch(/^ids/);
    },
  );

  it('that are not there make a filter wrong, and another’s count as not there', async () => {
    const other = await makeWorkspace();
    const theirs = await db.brand.create({ data: { workspaceId: other.id, name: 'theirs' } });
    const filtered = await ask(members.listProducts, {
      cookie: person.cookie,
      query: { brand: String(theirs.id) },
    });
    expect(filtered.status).toBe(400);
    expect(errorBody.parse(await filtered.json()).error.details?.[0]?.field).toBe('brand');
    const got = await ask(members.getBrand, { cookie: person.cookie, params: { id: String(theirs.id) } });
    expect(got.status).toBe(404);
  });

  it('answer 304 until the data moves', async () => {
    const first = await ask(members.listBrands, { cookie: person.cookie });
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await ask(members.listBrands, { cookie: person.cookie, headers })).status).toBe(304);
  });
});

describe('workspaces', () => {
  it('are made by whoever is signed in, who becomes admin', async () => {
    const someone = await makePerson();
    const none = await ask(getWorkspace, { cookie: someone.cookie });
    expect(none.status).toBe(404);
    const made = await ask(createWorkspace, { cookie: someone.cookie, json: { name: 'My shop', currency: 'EUR' } });
    const summary = createWorkspace.response.parse(await made.json());
    expect(summary).toMatchObject({ name: 'My shop', role: 'admin' });
    const listed = await ask(listWorkspaces, { cookie: someone.cookie });
    expect(await listed.json()).toEqual({ items: [summary] });
    const detail = await ask(getWorkspace, { cookie: someone.cookie });
    expect(getWorkspace.response.parse(await detail.json())).toMatchObject({
      ...summary,
      lines: 0,
      from: null,
      has: { shoppers: false, promotions: false },
      meta: { currency: 'EUR', dataVersion: 0, newestDate: null },
      lastCheck: null,
    });
  });
});
