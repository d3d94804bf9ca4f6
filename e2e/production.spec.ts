import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { APIRequestContext } from '@playwright/test';
import { end, isBuilt, launch, listens, ready, Wire, type Production } from './production';
import { nobody, person } from './session';
import { expect, settled, test, tileText } from './test';

// The built server, started with the settings that a production has.

test.skip(!isBuilt(), 'There is no built server here: run npm run build first.');
test.use({ storageState: nobody });

const signIn = (request: APIRequestContext, url: string) =>
  request.post(`${url}/api/auth/sign-in/email`, {
    data: { email: person.email, password: person.password },
    headers: { origin: url },
  });

for (const [what, AUTH_SECRET, why] of [
  ['no secret', '', 'AUTH_SECRET is missing'],
  ['a short secret', 'q7Zs0Jm2c9vXr4Tg', 'AUTH_SECRET is only 16 characters long'],
  ['a default secret', 'change-me-change-me-change-me-change-me', 'AUTH_SECRET is a default'],
] as const) {
  test(`refuses to start with ${what}`, async () => {
    const server = await launch({ AUTH_SECRET });
    try {
      expect(await Promise.race([server.ended, wait(20_000, 'still runs')])).toBe(1);
      expect(server.output()).toContain(why);
      expect(server.output()).toContain('openssl rand -base64 32');
    } finally {
      await end(server);
    }
  });
}

test.describe('a server behind one proxy', () => {
  let server: Production;
  test.beforeAll(async () => {
    server = await launch({ TRUSTED_PROXIES: '1' });
    await ready(server);
  });
  test.afterAll(() => end(server));

  test('counts callers by the address that the proxy saw, whatever they write themselves', async () => {
    const ask = (forwarded: string) =>
      fetch(`${server.url}/api/v1/brands`, { headers: { 'x-forwarded-for': forwarded } });
    const first = await ask('203.0.113.7');
    expect(first.status).toBe(401);
    expect(first.headers.get('ratelimit-policy')).toBe('"anonymous";q=60;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"anonymous";r=59;t=\d+$/);
    for (let request = 1; request < 60; request++) await ask(`10.1.1.${request}, 203.0.113.7`);
    const refused = await ask('10.2.2.2, 203.0.113.7');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(((await refused.json()) as { error: { code: string } }).error.code).toBe('rate_limited');
    expect((await ask('203.0.113.8')).status).toBe(401);
  });

  test('tells the signed-in their own limit, answers 304 to who holds the newest, and limits uploads', async ({
    request,
  }) => {
    expect((await signIn(request, server.url)).ok()).toBe(true);
    const first = await request.get(`${server.url}/api/v1/brands?limit=5`);
    expect(first.status()).toBe(200);
    expect(first.headers()['ratelimit-policy']).toBe('"signed-in";q=600;w=60');
    const { etag = '' } = first.headers();
    expect(etag).toMatch(/^W\/"/);
    const again = await request.get(`${server.url}/api/v1/brands?limit=5`, { headers: { 'if-none-match': etag } });
    expect(again.status()).toBe(304);
    expect(await again.text()).toBe('');
    const other = await request.get(`${server.url}/api/v1/brands?limit=6`, { headers: { 'if-none-match': etag } });
    expect(other.status()).toBe(200);
    const upload = await request.post(`${server.url}/api/v1/imports`, { data: '' });
    expect(upload.headers()['ratelimit-policy']).toBe('"upload";q=30;w=60');
    expect(upload.status()).toBe(400);
  });

  test('sends the standard headers with everything, also where no middleware is', async () => {
    const standard = {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    };
    const headersOf = async (path: string) =>
      Object.fromEntries((await fetch(server.url + path, { headers: { 'x-forwarded-for': '203.0.113.20' } })).headers);
    const paths = [
      '/api/health/live',
      '/api/v1/imports',
      '/api/v1/brands',
      '/sign-in',
      '/favicon.svg',
      '/no-such-page',
    ];
    for (const path of paths) expect(await headersOf(path), path).toMatchObject(standard);
    for (const path of paths.slice(0, 3)) {
      expect((await headersOf(path))['content-security-policy'], path).toContain("default-src 'none'");
    }
  });

  test('shows its metrics to nobody elsewhere, and says what the database lacks', async () => {
    const elsewhere = await fetch(`${server.url}/api/metrics`, { headers: { 'x-forwarded-for': '203.0.113.21' } });
    expect(elsewhere.status).toBe(403);
    const here = await fetch(`${server.url}/api/metrics`);
    expect(here.status).toBe(200);
    expect(await here.text()).toContain('process_resident_memory_bytes');
    const ready = (await (await fetch(`${server.url}/api/health/ready`)).json()) as {
      checks: { migrations: { state: string } };
    };
    expect(ready.checks.migrations.state).toBe('ok');
    const built = readdirSync('.next/standalone/prisma/migrations', { recursive: true });
    expect(built.sort()).toEqual(readdirSync('prisma/migrations', { recursive: true }).sort());
  });

  test('lets nobody sign up once there is a user, and says so', async ({ page }) => {
    const refused = await fetch(`${server.url}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url, 'x-forwarded-for': '203.0.113.22' },
      body: JSON.stringify({ email: 'somebody@brandlens.example', password: 'a long enough password', name: 'Some' }),
    });
    expect(refused.status).toBe(403);
    await page.goto(`${server.url}/sign-in`);
    await expect(page.getByText(/New accounts are made by the people who run this installation/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Create an account' })).toHaveCount(0);
    await page.screenshot({ path: 'test-results/screens/sign-up-closed.png' });
  });

  test('runs no script without the nonce of its page', async ({ page }) => {
    const response = await page.goto(`${server.url}/sign-in`);
    const policy = response?.headers()['content-security-policy'] ?? '';
    const [, scripts = ''] = /script-src ([^;]+)/.exec(policy) ?? [];
    expect(scripts).not.toContain('unsafe');
    const [, nonce = ''] = /'nonce-([^']+)'/.exec(scripts) ?? [];
    const html = (await response?.text()) ?? '';
    const inline = [...html.matchAll(/<script\b([^>]*)>/g)].map(([, attributes = '']) => attributes);
    expect(inline.length).toBeGreaterThan(3);
    expect(inline.filter((attributes) => !attributes.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(response?.headers()['x-powered-by']).toBeUndefined();
    expect(response?.headers()['x-frame-options']).toBe('DENY');
  });
});

test('ends on SIGTERM what it has begun, and then itself', async ({ request }) => {
  const wire = await Wire.to(process.env.TEST_DATABASE_URL ?? '');
  const server = await launch({ DATABASE_URL: wire.url });
  try {
    await ready(server);
    expect((await signIn(request, server.url)).ok()).toBe(true);
    wire.hold();
    const answer = request.get(`${server.url}/api/v1/brands?limit=100`);
    await expect.poll(() => wire.asked).toBe(true);
    server.child.kill('SIGTERM');
    await expect.poll(() => listens(server)).toBe(false);
    wire.release();
    expect((await answer).status()).toBe(200);
    // 143: ended by the signal, once what was begun is answered.
    expect([0, 143]).toContain(await Promise.race([server.ended, wait(30_000, 'still runs')]));
  } finally {
    await end(server);
    await wire.close();
  }
});

test('while the database is gone the last numbers stay, with their age, and what was never read says why', async ({
  page,
  watch,
}) => {
  watch.tolerate(/Failed to load resource/);
  const wire = await Wire.to(process.env.TEST_DATABASE_URL ?? '');
  const server = await launch({ DATABASE_URL: wire.url, RATE_LIMIT: 'off', DATABASE_ACQUIRE_TIMEOUT: '1000' });
  try {
    await ready(server);
    expect((await signIn(page.request, server.url)).ok()).toBe(true);
    await page.goto(`${server.url}/overview`);
    await settled(page);
    const shown = await tileText(page, 'value_sales');
    expect(shown).toMatch(/€[\d,]+\.\d\d/);

    wire.cut();
    await page.goto(`${server.url}/overview`);
    await settled(page);
    expect(await tileText(page, 'value_sales')).toBe(shown);
    await expect(page.getByText(/Numbers of .+ ago: newer ones cannot be read right now/).first()).toBeVisible();
    await page.screenshot({ path: 'test-results/screens/database-gone.png', fullPage: true });

    const unread = await page.request.get(`${server.url}/api/v1/products?limit=7`);
    expect(unread.status()).toBe(503);
    expect(Number(unread.headers()['retry-after'])).toBeGreaterThan(0);
    expect((await fetch(`${server.url}/api/health/ready`)).status).toBe(503);
    expect((await fetch(`${server.url}/api/health/live`)).status).toBe(200);

    wire.mend();
    await expect
      .poll(async () => (await page.request.get(`${server.url}/api/v1/products?limit=7`)).status(), { timeout: 30_000 })
      .toBe(200);
  } finally {
    await end(server);
    await wire.close();
  }
});
