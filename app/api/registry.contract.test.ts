import { beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '@/lib/contract/endpoint';
import { errorBody, type ErrorCode } from '@/lib/contract/errors';
import { registry } from '@/lib/contract/registry';
import { errorsOf } from '@/lib/http/openapi';
import { ask, makePerson, makeWorkspace, type Asking, type Person } from '@/tests/http';

// Every endpoint of the registry keeps the same promises, the moment it is listed.

const spec = { metrics: ['value_sales'], from: '2024-01-01', to: '2024-01-31' };

const dates = { from: '2024-01-01', to: '2024-01-31' };
const analysis = { analysis: 'loyalty', ...dates };
const numbered = { ...analysis, number: { figure: 'buyers' } };

/** What makes a call well formed, by endpoint. */
const wellFormed: Record<string, Pick<Asking, 'json' | 'query' | 'body'>> = {
  runQuery: { json: spec },
  readQuery: { query: { q: JSON.stringify(spec) } },
  runAnalysis: { json: analysis },
  readAnalysis: { query: { q: JSON.stringify(analysis) } },
  listLines: { query: { q: JSON.stringify(dates) } },
  exportLines: { query: { q: JSON.stringify(dates) } },
  readLeaves: { query: { q: JSON.stringify({ metric: 'value_share', ...dates }) } },
  listShoppers: { query: { q: JSON.stringify(dates) } },
  exportShoppers: { query: { q: JSON.stringify(dates) } },
  listBaskets: { query: { q: JSON.stringify(dates) } },
  exportBaskets: { query: { q: JSON.stringify(dates) } },
  listAnalysisShoppers: { query: { q: JSON.stringify(numbered) } },
  exportAnalysisShoppers: { query: { q: JSON.stringify(numbered) } },
  createWorkspace: { json: { name: 'Another' } },
  updateCalendar: { json: { weekStart: 7 } },
  createGroup: { json: { name: 'Ours', kind: 'brand', rule: { name: 'a' } } },
  changeGroup: { json: { name: 'Ours' } },
  createConnector: { json: { name: 'Ours', source: { kind: 'http', url: 'https://files.example/a.csv' } } },
  changeConnector: { json: { name: 'Ours' } },
  createKey: { json: { name: 'Ours', scope: 'read' } },
  addPerson: { json: { email: 'nobody@example.com', role: 'viewer' } },
  changePerson: { json: { role: 'viewer' } },
  uploadImport: { query: { fileName: 'a.csv' }, body: 'date,product,amount\n' },
  pushTransactions: { json: [{ date: '2024-01-01', brand: 'a', amount: 1 }] },
  rereadImport: { json: {} },
  fixImport: { json: { values: [{ column: 'amount', from: 'n/a', to: '0' }] } },
  tryRow: { json: { row: 2, cells: ['2024-01-05'] } },
  draftCorrections: { json: { corrections: [{ kind: 'spelling', subject: 'a', brand: 'b' }] } },
  undoCorrections: { json: { ids: [1] } },
  renameTemplate: { json: { name: 'Ours' } },
  dropTemplateFix: { query: { column: 'amount', from: 'n/a' } },
  checkImport: { json: { mapping: { columns: { date: 'date' } } } },
};

/** What ids are, and one that nothing has. */
const idsOf = ({ path }: Endpoint) =>
  path.startsWith('/v1/people')
    ? { what: 'the id of a member', unknown: '00000000-0000-4000-8000-000000000000' }
    : { what: 'whole number', unknown: '2147483647' };

const paramsOf = (endpoint: Endpoint, id = idsOf(endpoint).unknown) =>
  Object.fromEntries([...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, id]));

const callOf = (endpoint: Endpoint, more: Asking = {}): Asking => {
  const base = wellFormed[endpoint.id] ?? {};
  const query = { ...(base.query as Record<string, string>), ...(more.query as Record<string, string>) };
  return { params: paramsOf(endpoint), ...base, ...more, query };
};

async function refusal(response: Response, status: number, code: ErrorCode) {
  const body = errorBody.parse(await response.json());
  expect({ status: response.status, code: body.error.code }, body.error.message).toEqual({ status, code });
  expect(response.headers.get('x-request-id')).toBe(body.error.requestId);
  return body.error;
}

const named = (list: Endpoint[]) => list.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const);
const withRole = registry.filter(({ access }) => access !== 'public' && access !== 'signed-in');

let viewer: Person;
let admin: Person;
let stranger: Person;
let mine: { id: number; slug: string };

beforeAll(async () => {
  [viewer, admin, stranger] = await Promise.all([makePerson(), makePerson(), makePerson()]);
  mine = await makeWorkspace([
    [viewer, 'viewer'],
    [admin, 'admin'],
  ]);
  await makeWorkspace([[stranger, 'admin']]);
});

describe.each(named(registry.filter(({ access }) => access !== 'public')))('%s', (_, endpoint) => {
  it('wants a session', async () => {
    await refusal(await ask(endpoint, callOf(endpoint)), 401, 'unauthenticated');
    const cookie = 'better-auth.session_token=forged.AAAA; better-auth.session_data=e30';
    await refusal(await ask(endpoint, callOf(endpoint, { cookie })), 401, 'unauthenticated');
  });

  it('names an unknown parameter', async () => {
    const { cookie } = admin;
    const error = await refusal(
      await ask(endpoint, callOf(endpoint, { cookie, query: { colour: 'red' } })),
      400,
      'invalid_request',
    );
    expect(error.details?.map(({ field }) => field)).toContain('colour');
  });

  it('refuses writes from another site', async () => {
    if (endpoint.method === 'GET') return;
    const headers = { origin: 'https://elsewhere.example' };
    await refusal(await ask(endpoint, callOf(endpoint, { cookie: admin.cookie, headers })), 403, 'forbidden');
  });

  it('declares the errors it answers with', () => {
    expect(errorsOf(endpoint)).toEqual(expect.arrayContaining(['invalid_request', 'unauthenticated', 'internal']));
  });
});

describe.each(named(withRole))('%s', (_, endpoint) => {
  it('does not know another’s workspace', async () => {
    const call = callOf(endpoint, { cookie: stranger.cookie, query: { workspace: mine.slug } });
    await refusal(await ask(endpoint, call), 404, 'not_found');
  });
});

describe.each(named(withRole.filter(({ access }) => access === 'analyst' || access === 'admin')))(
  '%s',
  (_, endpoint) => {
    it('is not for a viewer', async () => {
      const call = callOf(endpoint, { cookie: viewer.cookie, query: { workspace: mine.slug } });
      await refusal(await ask(endpoint, call), 403, 'forbidden');
    });
  },
);

const takes = (endpoint: Endpoint, name: string) =>
  'shape' in (endpoint.query ?? {}) && name in (endpoint.query as unknown as { shape: object }).shape;

describe.each(named(registry.filter((endpoint) => takes(endpoint, 'limit'))))('%s', (_, endpoint) => {
  const reader = () => (endpoint.access === 'viewer' ? viewer : admin);
  it.each(['101', '0', '-1', '1.5', 'many', ''])('refuses the page size "%s"', async (limit) => {
    const call = callOf(endpoint, { cookie: reader().cookie, query: { limit } });
    const error = await refusal(await ask(endpoint, call), 400, 'invalid_request');
    expect(error.details).toMatchObject([{ field: 'limit', message: expect.stringMatching(/from 1 to 100|whole/) }]);
  });

  it('refuses a made-up cursor and a parameter given twice', async () => {
    const { cookie } = reader();
    const made = await ask(endpoint, callOf(endpoint, { cookie, query: { cursor: 'made-up' } }));
    if (!endpoint.path.includes('{')) await refusal(made, 400, 'invalid_request');
    const query = new URLSearchParams([
      ['limit', '1'],
      ['limit', '2'],
    ]);
    const twice = await ask(endpoint, { cookie, params: paramsOf(endpoint), query });
    expect((await refusal(twice, 400, 'invalid_request')).details?.[0]?.field).toBe('limit');
  });
});

describe.each(named(registry.filter(({ params }) => params)))('%s', (_, endpoint) => {
  const cookie = () => ({ cookie: admin.cookie, query: { workspace: mine.slug } });

  it.each(['0', '-1', '1.5', 'abc', '2147483648', '1e99', "1'--"])('refuses the id "%s"', async (id) => {
    const response = await ask(endpoint, { ...callOf(endpoint, cookie()), params: paramsOf(endpoint, id) });
    const error = await refusal(response, 400, 'invalid_request');
    expect(error.details?.[0]).toMatchObject({ field: 'id', message: expect.stringContaining(idsOf(endpoint).what) });
  });

  it('does not find an id that is not there', async () => {
    await refusal(await ask(endpoint, callOf(endpoint, cookie())), 404, 'not_found');
  });
});

describe.each(named(registry.filter(({ body }) => body)))('%s', (_, endpoint) => {
  const call = (more: Asking): Asking => ({ params: paramsOf(endpoint), cookie: admin.cookie, ...more });
  const json = { 'content-type': 'application/json' };

  it('refuses what is no JSON, what is too much, what is another type, what it does not know', async () => {
    const broken = await ask(endpoint, call({ body: '{"metrics": [', headers: json }));
    await refusal(broken, 400, 'invalid_request');
    const large = await ask(endpoint, call({ body: `"${'x'.repeat(1_000_001)}"`, headers: json }));
    await refusal(large, 413, 'too_large');
    const text = await ask(endpoint, call({ body: 'a=b', headers: { 'content-type': 'text/plain' } }));
    await refusal(text, 415, 'unsupported_type');
    const body = wellFormed[endpoint.id]?.json as object;
    const unknown = await ask(endpoint, call({ json: { ...body, colour: 'red' } }));
    const { details } = await refusal(unknown, 400, 'invalid_request');
    expect(details?.map(({ field }) => field)).toContain('colour');
  });

  it('names the field of a text that cannot be kept, and of what is nested without end', async () => {
    const given = wellFormed[endpoint.id]?.json as object;
    const body = Array.isArray(given) ? (given[0] as object) : given;
    const sent = (field: object) => {
      const wrong = { ...body, ...field };
      return JSON.stringify(Array.isArray(given) ? [wrong] : wrong);
    };
    const bodies = [
      sent({ name: 'a\u0000b' }),
      sent({ name: 'a\ud800b' }),
      sent({ name: 0 }).replace('"name":0', `"name":${'['.repeat(200_000)}${']'.repeat(200_000)}`),
    ];
    for (const text of bodies) {
      const { details } = await refusal(
        await ask(endpoint, call({ body: text, headers: json })),
        400,
        'invalid_request',
      );
      expect(details).toMatchObject([{ field: expect.stringMatching(/\bname$/) }]);
    }
  });
});
