import fc from 'fast-check';
import { z } from 'zod';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Endpoint } from '@/lib/contract/endpoint';
import { errorBody } from '@/lib/contract/errors';
import { registry } from '@/lib/contract/registry';
import { loadPool } from '@/lib/db/pool';
import { closeBoss } from '@/lib/jobs/boss';
import { ask, makePerson, type Person } from '@/tests/http';
import { insertWorkedExample, type WorkedExample } from '@/tests/worked-example';

// Hundreds of requests that are wrong in random ways, and some that happen to be right: none is answered with a 500.

vi.hoisted(() => {
  process.env.RATE_LIMIT = 'off';
});

let person: Person;
let example: WorkedExample;

beforeAll(async () => {
  person = await makePerson();
  example = await insertWorkedExample(loadPool);
  await loadPool.query(`INSERT INTO member (workspace_id, user_id, role) VALUES ($1, $2, 'admin')`, [
    example.workspaceId,
    person.id,
  ]);
});
afterAll(() => closeBoss());

const odd = fc.oneof(
  fc.constantFrom<unknown>('', '0', '-1', '101', 'NaN', '2147483648', '0000-01-01', '9999-99-99', '2024-02-30', 'null'),
  fc.constantFrom<unknown>('[]', '{}', '%', '_', '\\', "'; DROP TABLE x", '\u0000', '\ud800', '🍫', '__proto__', ':'),
  fc.constantFrom<unknown>(
    0,
    -1,
    1,
    2,
    1.5,
    1e300,
    2_147_483_647,
    true,
    null,
    [],
    {},
    [[]],
    [null],
    [''],
    [1],
    'a'.repeat(5_000),
  ),
  fc.string({ maxLength: 30 }),
);
const right = fc.constantFrom('1', '2', '10', 'tea', 'X', 'a.csv', 'products', 'transactions', '2147483647');
const text = fc.oneof(
  right,
  odd.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
);

const spec = { metrics: ['value_sales', 'buyers'], from: '2024-01-01', to: '2024-01-31' };
const edit = (base: object, names: string[], value: fc.Arbitrary<unknown> = odd) =>
  fc.dictionary(fc.constantFrom(...names), value, { minKeys: 1, maxKeys: 2 }).map((wrong) => ({ ...base, ...wrong }));
const dimensions = ['manufacturer', 'brand', 'category', 'product', 'region', 'channel', 'store', 'promotion'];
const breakdowns = fc.constantFrom(...dimensions, 'product:colour', 'store:', 'shopper:age', 'shopper:a"b', 'colour');
const far = fc.constantFrom('1970-01-01', '2023-12-31', '2024-01-01', '2024-02-29', '2199-12-31');
const specs = fc.oneof(
  edit(spec, [
    'metrics',
    'from',
    'to',
    'by',
    'grain',
    'filters',
    'compare',
    'market',
    'search',
    'sort',
    'limit',
    'cursor',
  ]),
  edit({}, [...dimensions, 'attributes']).map((filters) => ({ ...spec, by: 'brand', filters })),
  edit({ ...spec, by: 'brand' }, ['by', 'search', 'sort', 'cursor', 'limit'], fc.oneof(breakdowns, text)),
  fc.record({
    metrics: fc.subarray(['value_sales', 'value_share', 'penetration', 'universe_penetration', 'frequency'], {
      minLength: 1,
    }),
    from: far,
    to: far,
    by: breakdowns,
    grain: fc.constantFrom('day', 'week', 'month', 'year'),
    compare: fc.oneof(fc.constantFrom('previous_period', 'previous_year'), fc.record({ from: far, to: far })),
    sort: fc.constantFrom('name', '-value_sales', 'change:value_sales', '-change:penetration', '--', 'change:'),
  }),
  fc.jsonValue(),
);
const mappings = edit({ columns: { date: 'date', product: 'product', amount: 'amount' } }, [
  'columns',
  'attributes',
  'grain',
  'dateFormat',
  'decimal',
  'negatives',
]).map((mapping) => ({ mapping }));

const bodyOf = ({ id, body }: Endpoint): fc.Arbitrary<unknown> => {
  if (!body) return fc.constant(undefined);
  if (id === 'runQuery') return specs;
  return id === 'checkImport'
    ? fc.oneof(mappings, fc.jsonValue())
    : fc.oneof(edit({ name: 'New' }, ['currency', 'name']), fc.jsonValue());
};

/** Parameters that the endpoint knows, mostly; the workspace is the caller's, mostly. */
const queryOf = ({ id, query }: Endpoint): fc.Arbitrary<Record<string, string>> => {
  const known = query instanceof z.ZodObject ? Object.keys(query.shape).filter((name) => name !== 'workspace') : [];
  const name = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...(known.length > 0 ? known : ['x'])) },
    { weight: 1, arbitrary: fc.constantFrom('workspace', 'colour', '') },
  );
  const value =
    id === 'readQuery'
      ? fc.oneof(
          specs.map((one) => JSON.stringify(one)),
          text,
        )
      : text;
  const chosen = fc.dictionary(name, value, { maxKeys: known.length > 0 ? 2 : 1 });
  const needed = { readQuery: { q: JSON.stringify(spec) }, uploadImport: { fileName: 'a.csv' } }[id] ?? {};
  return fc.oneof(
    fc.constant(needed),
    chosen.map((given) => ({ ...needed, ...given })),
  );
};

const requests = fc.constantFrom(...registry).chain((endpoint) =>
  fc.record({
    endpoint: fc.constant(endpoint),
    id: fc.oneof(fc.constant('EXAMPLE'), text),
    query: queryOf(endpoint),
    json: bodyOf(endpoint),
    body: endpoint.file
      ? fc.oneof(fc.constant('date,product,amount\n2024-01-01,X1,2\n'), fc.string({ maxLength: 200 }))
      : fc.constant(undefined),
  }),
);

it('nothing that is sent is answered with a 500, and every refusal has its form', async () => {
  const seen = new Map<number, number>();
  const property = fc.asyncProperty(requests, async ({ endpoint, id, query, json, body }) => {
    const own = id === 'EXAMPLE' ? String(endpoint.path.includes('brands') ? example.brands.X : example.importId) : id;
    const response = await ask(endpoint, {
      cookie: person.cookie,
      params: endpoint.params ? { id: own } : {},
      query: { workspace: example.slug, ...query },
      ...(json !== undefined && { json }),
      ...(body !== undefined && { body }),
    });
    seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
    const told = await response.text();
    expect(response.status, told.slice(0, 300)).toBeLessThan(500);
    if (response.status >= 400) errorBody.parse(JSON.parse(told));
  });
  await fc.assert(property, { numRuns: 600, seed: 7 });
  // They reach further than the first check.
  for (const status of [200, 400, 404, 409])
    expect([status, seen.get(status) ?? 0]).toEqual([status, expect.toSatisfy((n: number) => n > 3)]);
}, 300_000);
