import { afterAll, expect, it, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { newWorkspace } from './random.fixture';
import { verifyWorkspace } from './verify';

// No page's statement is as fast as this: what reads as pages do is given up.
vi.hoisted(() => {
  process.env['DATABASE_STATEMENT_TIMEOUT'] = '1';
});

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

it('what takes longer than a statement may is not taken for proved', async () => {
  const workspaceId = await newWorkspace();
  const { checks, ok } = await verifyWorkspace(workspaceId);
  expect(ok).toBe(null);
  const unchecked = checks.filter((check) => check.unchecked);
  expect(unchecked.map(({ name }) => name)).toContain('shares of disjoint members sum to 100');
  for (const check of unchecked) {
    expect(check).toMatchObject({
      compared: 0,
      differences: [],
      unchecked: 'Reading the lines takes longer than a statement may.',
    });
  }
  // The rollups themselves are compared without that limit.
  expect(checks.find(({ name }) => name === 'sales_month = lines')).toEqual({
    name: 'sales_month = lines',
    compared: 100,
    differences: [],
  });

  await pool.query('UPDATE sales_month SET amount = amount + 100 WHERE workspace_id = $1', [workspaceId]);
  expect((await verifyWorkspace(workspaceId)).ok).toBe(false);
});
