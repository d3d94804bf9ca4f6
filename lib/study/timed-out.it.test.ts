import { afterAll, expect, it, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { insertWorkedExample } from '@/tests/worked-example';
import { ask } from './ask.fixture';

// No page's statement is as fast as this.
vi.hoisted(() => {
  process.env['DATABASE_STATEMENT_TIMEOUT'] = '1';
});

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

it.each(['switching', 'distribution', 'revenue_change'] as const)(
  '%s that takes too long is given up, with advice',
  async (analysis) => {
    const { workspaceId } = await insertWorkedExample(pool);
    await expect(ask(workspaceId, { analysis, from: '2024-01-01', to: '2024-01-31' })).rejects.toMatchObject({
      code: 'timed_out',
      message: 'The analysis ran past its time limit. Take fewer dates, or filter a category or a brand.',
    });
  },
);
