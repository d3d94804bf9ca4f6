import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { db } from '@/lib/db/client';

afterAll(() => db.$disconnect());

const email = `${randomUUID()}@example.com`;

const command = (input: string) =>
  spawnSync(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', 'scripts/create-user.ts', '--email', email],
    { input, encoding: 'utf8', env: { ...process.env, USER_PASSWORD: undefined } },
  );

it('takes the password from a pipe, and fails where none comes', async () => {
  const without = command('');
  expect(without.stderr).toContain('No password was given');
  expect(without.status).toBe(1);
  expect(await db.user.count({ where: { email } })).toBe(0);
  expect(command('a-password-of-mine\n').status).toBe(0);
  expect(await db.user.count({ where: { email } })).toBe(1);
}, 60_000);
