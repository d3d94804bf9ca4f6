import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { endpoint } from '@/lib/contract/endpoint';
import { ApiError, errorBody } from '@/lib/contract/errors';

/** A Sentry that keeps what it is sent. */
const envelopes: string[] = [];
// Sessions and such are sent too, and say nothing of an error.
const events = () => envelopes.filter((envelope) => envelope.includes('"type":"event"'));
let server: Server;
// Made here: the lines around where an error was made are sent with it, and a test's own are no leak.
const brokenPage = new TypeError('secret detail of the page');

const failing = endpoint({
  id: 'failing',
  method: 'POST',
  path: '/v1/failing',
  tag: 'Test',
  access: 'public',
  summary: 'Fails as it is told',
  body: z.strictObject({ how: z.enum(['bug', 'broken promise', 'down', 'refused']), password: z.string().optional() }),
  response: z.object({ ok: z.boolean() }),
});

describe('what is our fault', () => {
  let call: (how: string, headers?: Record<string, string>) => Promise<Response>;
  let flush: () => Promise<void>;

  beforeAll(async () => {
    server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks);
        envelopes.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
        response.writeHead(200).end('{}');
      })();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    vi.stubEnv('SENTRY_DSN', `http://key@127.0.0.1:${(server.address() as AddressInfo).port}/1`);
    const { startSentry, flushSentry } = await import('@/lib/observability/sentry');
    const { handle } = await import('@/lib/http/handle');
    await startSentry();
    flush = flushSentry;
    const run = handle(failing, ({ body }) => {
      if (body.how === 'bug') throw new TypeError('secret detail of the bug');
      if (body.how === 'broken promise') return Promise.resolve({ ok: 'yes' } as never);
      if (body.how === 'down') throw Object.assign(new Error('gone'), { code: 'P1001' });
      throw new ApiError('conflict', 'It is there already.');
    });
    call = (how, headers = {}) =>
      run(
        new Request('http://localhost:3000/api/v1/failing', {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie: 'better-auth.session_token=topsecret', ...headers },
          body: JSON.stringify({ how, password: 'hunter22' }),
        }),
        { params: Promise.resolve({}) },
      );
  });

  afterAll(() => {
    server.close();
    vi.unstubAllEnvs();
  });

  it('is reported under the request id, and told in one fixed sentence', async () => {
    const response = await call('bug', { 'x-request-id': 'trace-of-the-bug' });
    expect(response.status).toBe(500);
    const { error } = errorBody.parse(await response.json());
    expect(error).toEqual({
      code: 'internal',
      message: 'Something went wrong on our side. It has been reported.',
      requestId: 'trace-of-the-bug',
    });
    await flush();
    const sent = events().filter((envelope) => envelope.includes('secret detail of the bug'));
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('"requestId":"trace-of-the-bug"');
    expect(sent[0]).toContain('"path":"/api/v1/failing"');
    expect(sent[0]).not.toMatch(/topsecret|hunter22/);
  });

  it('includes a page that fails, under its request id, without cookies and query', async () => {
    const { reportRender } = await import('@/lib/observability/report');
    await reportRender(
      brokenPage,
      {
        path: '/brands?search=what-was-asked',
        method: 'GET',
        headers: { 'x-request-id': 'trace-of-the-page', cookie: 'better-auth.session_token=topsecret' },
      },
      { routerKind: 'App Router', routePath: '/(app)/brands', routeType: 'render', revalidateReason: undefined },
    );
    await flush();
    const sent = events().filter((envelope) => envelope.includes('secret detail of the page'));
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('"requestId":"trace-of-the-page"');
    expect(sent[0]).not.toMatch(/topsecret|what-was-asked/);
  });

  it('includes an answer that breaks its contract', async () => {
    expect((await call('broken promise')).status).toBe(500);
    await flush();
    expect(events().join()).toContain('breaks its contract');
  });

  it('does not include what a client did wrong, nor a database that is away', async () => {
    await flush();
    const before = events().length;
    expect((await call('refused')).status).toBe(409);
    expect((await call('no such way')).status).toBe(400);
    const down = await call('down');
    expect(down.status).toBe(503);
    expect(down.headers.get('retry-after')).toBe('5');
    await flush();
    expect(events()).toHaveLength(before);
  });
});
