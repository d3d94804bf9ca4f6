import { dropDatabase } from '@/lib/jobs/own-database.fixture';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from '@/lib/db/client';

const password = 'a long enough password';

/** Signs up as the page does, on an installation with this setting. */
async function signUp(setting: string, email: string): Promise<{ status: number; message: string | undefined }> {
  vi.stubEnv('SIGN_UP', setting);
  vi.resetModules();
  delete (globalThis as { brandlensAuth?: unknown }).brandlensAuth;
  const { POST } = await import('@/app/api/auth/[...all]/route');
  const response = await POST(
    new Request('http://localhost:3000/api/auth/sign-up/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', host: 'localhost:3000', origin: 'http://localhost:3000' },
      body: JSON.stringify({ email, password, name: 'Ann' }),
    }),
  );
  const { message } = (await response.json()) as { message?: string };
  return { status: response.status, message };
}

const users = () => db.user.count();

describe('sign-up', () => {
  beforeEach(() => db.user.deleteMany());
  afterEach(() => vi.unstubAllEnvs());
  afterAll(async () => {
    await db.$disconnect();
    await dropDatabase();
  });

  it('is for anybody where it is open', async () => {
    expect(await signUp('open', 'ann@example.com')).toMatchObject({ status: 200 });
    expect(await signUp('open', 'bob@example.com')).toMatchObject({ status: 200 });
    expect(await users()).toBe(2);
  });

  it('is for the first user alone where nothing is set in a production', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    vi.stubEnv('AUTH_SECRET', 'q7Zs0Jm2c9vXr4TgL1bWkY8hNfPdEa3u6IoRtSxVzQw=');
    expect(await signUp('', 'ann@example.com')).toMatchObject({ status: 200 });
    expect(await signUp('', 'bob@example.com')).toMatchObject({ status: 403, message: expect.stringContaining('Ask') });
    expect(await users()).toBe(1);
  });

  it('tells nobody who has an account once it is over', async () => {
    await signUp('first', 'ann@example.com');
    expect(await signUp('first', 'ann@example.com')).toEqual(await signUp('first', 'bob@example.com'));
  });

  it('is for nobody where it is closed, not even the first', async () => {
    expect(await signUp('closed', 'ann@example.com')).toMatchObject({ status: 403 });
    expect(await users()).toBe(0);
  });
});
