import { NextRequest } from 'next/server';
import { describe, expect, it } from 'vitest';
import { errorBody } from '@/lib/contract/errors';
import { config } from '@/middleware';
import { guard } from './guard';

const visit = (path: string, address: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
  guard(
    new NextRequest(`http://localhost:3000${path}`, {
      method: init.method ?? 'GET',
      headers: { 'x-forwarded-for': address, ...init.headers },
    }),
  );

describe('what every request passes', () => {
  it('counts callers by address and tells them where they stand', async () => {
    const first = await visit('/api/v1/brands', '198.51.100.1');
    expect(first.headers.get('x-middleware-next')).toBe('1');
    expect(first.headers.get('ratelimit-policy')).toBe('"anonymous";q=60;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"anonymous";r=59;t=\d+$/);
    for (let request = 1; request < 60; request += 1) await visit('/api/v1/brands', '198.51.100.1');
    const refused = await visit('/api/v1/brands', '198.51.100.1');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/^"anonymous";r=0;t=\d+$/);
    expect(errorBody.parse(await refused.json()).error.code).toBe('rate_limited');
    expect((await visit('/api/v1/brands', '198.51.100.2')).status).toBe(200);
    expect((await visit('/brands', '198.51.100.1')).status).toBe(429);
  });

  it('is not fooled by an address or a user that the caller writes', async () => {
    const headers = { 'x-user-id': 'somebody', cookie: 'better-auth.session_token=forged.AAAA' };
    for (let request = 0; request < 60; request += 1) {
      await visit('/api/v1/brands', `10.0.0.${request}, 198.51.100.3`, { headers });
    }
    expect((await visit('/api/v1/brands', '10.9.9.9, 198.51.100.3', { headers })).status).toBe(429);
  });

  it('allows few attempts at a password', async () => {
    const attempt = () => visit('/api/auth/sign-in/email', '198.51.100.4', { method: 'POST' });
    for (let request = 0; request < 10; request += 1) expect((await attempt()).status).toBe(200);
    expect((await attempt()).status).toBe(429);
  });

  it('leaves what comes with a key to be counted by the handler, under /api/v1 alone', async () => {
    const headers = { authorization: 'Bearer bl_anything' };
    const policy = async (path: string) =>
      (await visit(path, '198.51.100.8', { headers })).headers.get('ratelimit-policy');
    expect(await policy('/api/v1/brands')).toBeNull();
    for (const path of ['/api/openapi.json', '/api/auth/get-session', '/api/v2/brands']) {
      expect(await policy(path), path).toBe('"anonymous";q=60;w=60');
    }
  });

  it('hands on a request id, the caller’s where it is harmless', async () => {
    const id = (response: Response) => response.headers.get('x-middleware-request-x-request-id');
    expect(id(await visit('/api/v1/brands', '198.51.100.5', { headers: { 'x-request-id': 'abc-12345' } }))).toBe(
      'abc-12345',
    );
    const odd = await visit('/api/v1/brands', '198.51.100.5', { headers: { 'x-request-id': 'a b;<script>' } });
    expect(id(odd)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('lets pages run only scripts that bear their nonce', async () => {
    const [one, two] = [await visit('/brands', '198.51.100.6'), await visit('/brands', '198.51.100.6')];
    const policies = [one, two].map((response) => response.headers.get('content-security-policy') ?? '');
    const nonces = policies.map((policy) => /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1]);
    expect(nonces[0]).toBeDefined();
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(one.headers.get('x-middleware-request-x-nonce')).toBe(nonces[0]);
    expect(policies[0]).toContain("frame-ancestors 'none'");
    expect(policies[0]).not.toContain('unsafe-eval');
  });

  it('answers a preflight of an unlisted origin with 403', async () => {
    const headers = { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' };
    expect((await visit('/api/v1/query', '198.51.100.7', { method: 'OPTIONS', headers })).status).toBe(403);
  });
});

describe('the matcher', () => {
  const matched = (path: string) => new RegExp(`^${config.matcher[0] ?? ''}$`).test(path);

  it('leaves out uploads, health checks and files, and nothing else', () => {
    for (const path of [
      '/api/v1/imports',
      '/api/v1/transactions',
      '/api/health/ready',
      '/_next/static/a.js',
      '/favicon.ico',
      '/logo.svg',
    ]) {
      expect(matched(path), path).toBe(false);
    }
    const inside = [
      '/',
      '/brands',
      '/api/v1/query',
      '/api/v1/imports/1',
      '/api/v1/transactions/1',
      '/api/v1/imports/1/rejects.csv',
      '/api/auth/sign-in/email',
    ];
    for (const path of inside) expect(matched(path), path).toBe(true);
  });
});
