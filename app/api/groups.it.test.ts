import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember } from '@/lib/access/change-people';
import { changeGroup, createGroup, customGroup, deleteGroup, listGroups } from '@/lib/contract/groups';
import { queryResponse, runQuery, type QueryInput } from '@/lib/contract/query';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { ask, makePerson, type Person } from '@/tests/http';
import { exampleRange, insertWorkedExample, type WorkedExample } from '@/tests/worked-example';

// Custom groups, from saving one to the numbers that it makes.

let example: WorkedExample;
let analyst: Person;

beforeAll(async () => {
  example = await insertWorkedExample(loadPool);
  analyst = await makePerson();
  await addMember({ workspaceId: example.workspaceId, userId: analyst.id, role: 'analyst' });
}, 60_000);
afterAll(() => Promise.all([loadPool.end(), db.$disconnect()]));

const signedIn = () => ({ cookie: analyst.cookie, query: { workspace: example.slug } });
const create = (json: unknown) => ask(createGroup, { ...signedIn(), json });
const change = (id: number, json: unknown) => ask(changeGroup, { ...signedIn(), params: { id: String(id) }, json });
const numbers = async (input: Partial<QueryInput>) => {
  const json = { metrics: ['value_sales', 'value_share', 'buyers'], ...exampleRange, ...input };
  const response = await ask(runQuery, { ...signedIn(), json });
  return response.status === 200 ? queryResponse.parse(await response.json()) : response.json();
};
const rowsOf = async (input: Partial<QueryInput>) =>
  queryResponse
    .parse(await numbers(input))
    .rows.map(({ member, values }) => [member?.name, values.value_sales, values.value_share, values.buyers]);

describe('a group', () => {
  it('acts as a brand, as a market, as a region', async () => {
    const { brands, products, regions } = example;
    const made = [
      { name: 'Ours', kind: 'brand', rule: { manufacturer: [example.manufacturers.M] } },
      { name: 'Small packs', kind: 'product', rule: { product: [products.X1, products.Y1] } },
      { name: 'Beyond the North', kind: 'store', rule: { exclude: { region: [regions.North] } } },
    ];
    const ids: number[] = [];
    for (const group of made) ids.push(customGroup.parse(await (await create(group)).json()).id);
    const [ours = 0, small = 0, beyond = 0] = ids;
    // X sold 29, Z 15, both of M; X1 20 and Y1 16; their markets: all of coffee and tea (60), coffee (45).
    expect(await rowsOf({ by: 'group', sort: 'name' })).toEqual([
      ['Ours', 44, expect.closeTo((44 / 60) * 100, 10), 4],
      ['Small packs', 36, 80, 4],
    ]);
    // Of the 36 for small packs X had 20, bought by s1 and s2.
    expect(await rowsOf({ by: 'brand', sort: 'name', filters: { group: [small], brand: [brands.X] } })).toEqual([
      ['X', 20, expect.closeTo((20 / 45) * 100, 10), 2],
    ]);
    const shares = await numbers({ filters: { brand: [brands.Y] }, market: { group: small } });
    expect(queryResponse.parse(shares)).toMatchObject({
      totals: [{ values: { value_share: expect.closeTo((16 / 36) * 100, 10) as number } }],
      meta: { market: 'Small packs' },
    });
    // B and C sold 36; of it Y1 12, X2 9 and Z1 15.
    expect(await rowsOf({ by: 'store_group', filters: { brand: [brands.X] }, market: 'slice' })).toEqual([
      ['Beyond the North', 9, 25, 1],
    ]);
    const left = await numbers({ filters: { exclude: { group: [ours], store_group: [beyond] } } });
    expect(queryResponse.parse(left).totals[0]?.values.value_sales).toBe(4);
    const who = [{ are: 'buyers' as const, ...exampleRange, group: [ours] }];
    expect(queryResponse.parse(await numbers({ filters: { shoppers: who } })).meta.shoppers?.count).toBe(4);
  });

  it('that changes gives no old numbers from the cache, and leaves a trace', async () => {
    const { id } = customGroup.parse(
      await (await create({ name: 'Mine', kind: 'brand', rule: { brand: [example.brands.X] } })).json(),
    );
    const sold = async () => queryResponse.parse(await numbers({ filters: { group: [id] } }));
    expect((await sold()).totals[0]?.values.value_sales).toBe(29);
    expect((await sold()).meta.cache?.state).toBe('fresh');
    const changed = customGroup.parse(await (await change(id, { rule: { name: 'y' } })).json());
    expect(changed).toMatchObject({ name: 'Mine', members: 1, rule: { name: 'y' } });
    const after = await sold();
    expect(after.totals[0]?.values.value_sales).toBe(16);
    expect(after.meta.cache?.state).toBe('miss');
    expect((await ask(deleteGroup, { ...signedIn(), params: { id: String(id) } })).status).toBe(200);
    expect(await numbers({ filters: { group: [id] } })).toMatchObject({
      error: {
        details: [{ field: 'filters.group', message: expect.stringContaining('no group of brands') as string }],
      },
    });
    const { rows } = await loadPool.query<{ action: string }>(
      'SELECT action FROM audit_entry WHERE workspace_id = $1 AND subject = $2 AND user_id = $3 ORDER BY id',
      [example.workspaceId, `group ${id}`, analyst.id],
    );
    expect(rows.map(({ action }) => action)).toEqual(['group.create', 'group.change', 'group.delete']);
  });

  it('is found by its name and by what it acts as', async () => {
    const found = async (query: Record<string, string>) => {
      const response = await ask(listGroups, { ...signedIn(), query: { workspace: example.slug, ...query } });
      return listGroups.response.parse(await response.json()).items.map(({ name, members }) => [name, members]);
    };
    expect(await found({ as: 'region' })).toEqual([['Beyond the North', 2]]);
    expect(await found({ search: 'our' })).toEqual([['Ours', 2]]);
  });

  it.each<[string, unknown, number, string]>([
    ['a name that is taken', { name: 'Ours', kind: 'brand', rule: { name: 'x' } }, 409, 'name'],
    ['no condition', { name: 'All', kind: 'brand', rule: {} }, 400, 'rule'],
    ['a condition of another kind', { name: 'A', kind: 'brand', rule: { region: [1] } }, 400, 'rule.region'],
    ['a member of nobody', { name: 'A', kind: 'product', rule: { product: [999_999_999] } }, 400, 'rule.product'],
    [
      'an attribute of nobody',
      { name: 'A', kind: 'store', rule: { exclude: { attributes: [{ of: 'store', name: 'x', values: ['y'] }] } } },
      400,
      'rule.exclude.attributes.0.name',
    ],
  ])('is refused with %s', async (_, json, status, field) => {
    const response = await create(json);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { details: [{ field }] } });
  });

  it('keeps its kind', async () => {
    const { items } = listGroups.response.parse(await (await ask(listGroups, signedIn())).json());
    const response = await change(items.find(({ kind }) => kind === 'store')?.id ?? 0, { rule: { brand: [1] } });
    expect(response.status).toBe(400);
  });
});
