import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { auditWorkspace } from './audit';

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

const holding = [
  'flows out = flows in, and parts add up to the change',
  'buyers of either = of one + of the other − of both',
  'buyers never fall when dates or filters widen',
];

describe('the audit', () => {
  let workspaceId: number;
  const found = async () => {
    const { checks, ok } = await auditWorkspace(workspaceId);
    const faults = checks.flatMap(({ name, differences }) =>
      differences.map((difference) => `${name} | ${difference}`),
    );
    return { checks, ok, faults: faults.filter((fault) => holding.some((name) => fault.startsWith(name))) };
  };
  beforeAll(async () => {
    const slug = `audit-${randomUUID().slice(0, 8)}`;
    ({ workspaceId } = await insertRandomWorkspace(pool, { seed: 5, basketsSpan: false, slug }));
  });
  beforeEach(() => rebuildRollups(workspaceId), 60_000);

  it('finds that all holds, and keeps that', async () => {
    const { checks, ok, faults } = await found();
    expect(faults).toEqual([]);
    expect(ok).toBe(true);
    expect(checks.filter(({ name }) => holding.includes(name)).map(({ compared }) => compared)).toEqual([4, 5, 3]);
    const { rows } = await pool.query<{ ok: boolean; result: unknown }>(
      'SELECT ok, result FROM rollup_check WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1',
      [workspaceId],
    );
    expect(rows).toEqual([{ ok: true, result: checks }]);
  });

  it('names the brand whose set of shoppers was broken', async () => {
    await pool.query(
      `UPDATE shopper_month SET bits = bits & ~bits WHERE workspace_id = $1
       AND brand_id = (SELECT id FROM brand WHERE workspace_id = $1 AND name = 'B2')`,
      [workspaceId],
    );
    const { ok, faults } = await found();
    expect(ok).toBe(false);
    expect(faults.some((fault) => /of either.*buyers of B2: \d+ from the rollups, \d+ on the lines/.test(fault))).toBe(
      true,
    );
  });

  it('names the brand whose shoppers’ money was changed', async () => {
    await pool.query(
      `UPDATE spend_month SET amount[1] = amount[1] + 100 WHERE workspace_id = $1 AND month = '2024-02-01'
       AND brand_id = (SELECT id FROM brand WHERE workspace_id = $1 AND name = 'B2')`,
      [workspaceId],
    );
    const { faults } = await found();
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^flows out = flows in, .* \| B2: it changed by [\d.]+, on the lines by [\d.]+$/);
  });
});
