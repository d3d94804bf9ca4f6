import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { createWorkspace } from '@/lib/access/create-workspace';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { askToVerify } from './ask-to-verify';

afterAll(() => Promise.all([loadPool.end(), db.$disconnect()]));

it('queues the verification of the workspace that a command has changed', async () => {
  const slug = `ask-${randomUUID().slice(0, 8)}`;
  const workspaceId = await createWorkspace({ name: 'Changed by a command', slug });
  await askToVerify(workspaceId);
  const { rows } = await loadPool.query<{ name: string }>(
    `SELECT name FROM pgboss.job WHERE (data->>'workspaceId')::int = $1`,
    [workspaceId],
  );
  expect(rows).toEqual([{ name: 'verify' }]);
});
