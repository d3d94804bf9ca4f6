import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorBody } from '@/lib/contract/errors';
import type { Person } from '@/tests/http';

// The handlers reach PostgreSQL through a wire that the test cuts.

let up = true;
const sockets = new Set<Socket>();
let wire: Server;

const cut = () => {
  up = false;
  for (const socket of sockets) socket.destroy();
};

const spec = { metrics: ['value_sales'], from: '2024-01-01', to: '2024-01-31' };

describe('when the database goes away', () => {
  let http: typeof import('@/tests/http');
  let contract: typeof import('@/lib/contract/query');
  let person: Person;

  beforeAll(async () => {
    const target = new URL(process.env.DATABASE_URL ?? '');
    wire = createServer((socket) => {
      if (!up) return void socket.destroy();
      const onward = connect(Number(target.port || 5432), target.hostname);
      for (const end of [socket, onward]) {
        sockets.add(end);
        end.on('error', () => end.destroy()).on('close', () => sockets.delete(end));
      }
      socket.pipe(onward).pipe(socket);
    });
    await new Promise<void>((done) => wire.listen(0, '127.0.0.1', done));
    const through = new URL(target);
    through.hostname = '127.0.0.1';
    through.port = String((wire.address() as AddressInfo).port);
    vi.stubEnv('DATABASE_URL', through.href);
    http = await import('@/tests/http');
    contract = await import('@/lib/contract/query');
    person = await http.makePerson();
    await http.makeWorkspace([[person, 'viewer']]);
  });

  afterAll(() => {
    cut();
    wire.close();
    vi.unstubAllEnvs();
  });

  const signIn = async () => {
    const { POST } = await import('@/app/api/auth/[...all]/route');
    const body = JSON.stringify({ email: person.email, password: 'a long enough password' });
    const headers = { 'content-type': 'application/json', host: 'localhost:3000', 'x-request-id': 'sign-in-of-ann' };
    return POST(new Request(`${http.origin}/api/auth/sign-in/email`, { method: 'POST', headers, body }));
  };

  const post = (json: object) => http.ask(contract.runQuery, { cookie: person.cookie, json });

  it('gives the last good numbers with their age, and 503 with Retry-After where there are none', async () => {
    expect((await post(spec)).status).toBe(200);
    expect((await signIn()).status).toBe(200);
    cut();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const started = Date.now();
    const last = await post(spec);
    expect(last.status).toBe(200);
    const body = contract.runQuery.response.parse(await last.json());
    expect(body.meta.cache).toMatchObject({ state: 'stale', reason: 'source unavailable' });
    expect(body.meta.cache?.ageSeconds).toBeGreaterThanOrEqual(1);
    expect(Date.now() - started).toBeLessThan(3_000);

    for (let tries = 0; tries < 4; tries += 1) {
      const unknown = await post({ ...spec, to: '2024-02-01' });
      expect(unknown.status).toBe(503);
      expect(Number(unknown.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(errorBody.parse(await unknown.json()).error.code).toBe('unavailable');
    }
    const refused = await signIn();
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(errorBody.parse(await refused.json()).error).toMatchObject({ requestId: 'sign-in-of-ann' });
    const { readiness } = await import('@/lib/http/readiness');
    expect(await readiness()).toMatchObject({ status: 'down', checks: { database: { state: 'down' } } });
  });

  it('answers again by itself once the database is back', async () => {
    up = true;
    await vi.waitFor(async () => expect((await post({ ...spec, to: '2024-02-01' })).status).toBe(200), {
      timeout: 15_000,
      interval: 500,
    });
    const fresh = await post(spec);
    expect(contract.runQuery.response.parse(await fresh.json()).meta.cache?.state).toBe('fresh');
  });
});
