import { afterAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { newWorkspace } from './random.fixture';
import { hold, verifyWorkspace } from './verify';

afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

it('what was read of other data than the rollups that were compared is not taken for proved', async () => {
  const checks = await hold(await newWorkspace(), 7);
  expect(checks.length).toBeGreaterThan(10);
  expect(new Set(checks.map(({ unchecked }) => unchecked))).toEqual(new Set(['The data changed meanwhile.']));
});

describe('where the data lacks something', () => {
  const shoppers = 'No line of the data carries a shopper.';
  const whereLacking = async (...changes: string[]) => {
    const workspaceId = await newWorkspace();
    for (const change of changes) await pool.query(change, [workspaceId]);
    await rebuildRollups(workspaceId);
    const { ok, checks } = await verifyWorkspace(workspaceId);
    const unavailable = checks.flatMap((one) => (one.unavailable ? [[one.name, one.unavailable]] : []));
    return { ok, unavailable, compared: Object.fromEntries(checks.map((one) => [one.name, one.compared])) };
  };

  it('sales are compared without shoppers, and the others say what is lacking', async () => {
    const { ok, unavailable, compared } = await whereLacking(
      'UPDATE sale_line SET shopper_no = NULL WHERE workspace_id = $1',
      'DELETE FROM shopper WHERE workspace_id = $1',
    );
    expect(ok).toBe(true);
    expect(unavailable).toEqual(
      [
        'revenue by behaviour adds up to the change',
        'source of volume adds up to the change',
        'share by behaviour adds up to the change',
        'flows out = flows in, and parts add up to the change',
        'retained + new = buyers, retained + lapsed = buyers before',
        'buyers of either = of one + of the other − of both',
        'buyers never fall when dates or filters widen',
      ].map((name) => [name, shoppers]),
    );
    expect(compared).toMatchObject({
      'shares of disjoint members sum to 100': 7,
      'price, volume, mix adds up to the change': 3,
      'share by category adds up to the change': 3,
      'weighted distribution of a brand ≥ of each of its products': 11,
    });
  });
  it('a store that took back more than it sold leaves %ACV alone', async () => {
    const { ok, unavailable } = await whereLacking(
      `UPDATE sale_line SET amount = -abs(amount), units = -abs(units), is_return = true WHERE workspace_id = $1
       AND store_id = (SELECT min(id) FROM store WHERE workspace_id = $1)`,
    );
    expect(ok).toBe(true);
    expect(unavailable).toEqual([
      [
        'weighted distribution of a brand ≥ of each of its products',
        'A store took back more than it sold, so that brands may weigh less than their products.',
      ],
    ]);
  });
  it('a single day is compared with nothing before it', async () => {
    const { ok, unavailable, compared } = await whereLacking(
      `DELETE FROM sale_line WHERE workspace_id = $1 AND date <> '2024-01-15'`,
    );
    expect(ok).toBe(true);
    const shares = ['behaviour', 'region', 'channel', 'store', 'category'];
    expect(unavailable).toEqual([
      ...shares.map((by) => [
        `share by ${by} adds up to the change`,
        'There are no sales to set against each other in two periods.',
      ]),
      [
        'retained + new = buyers, retained + lapsed = buyers before',
        'The data does not reach back to a period before.',
      ],
    ]);
    expect(compared).toMatchObject({ 'price, volume, mix adds up to the change': 3 });
  });
  it('nothing but returns, or no lines at all, is no fault', async () => {
    const returns =
      'UPDATE sale_line SET amount = -abs(amount), units = -abs(units), is_return = true WHERE workspace_id = $1';
    expect((await whereLacking(returns)).ok).toBe(true);
    expect((await whereLacking('DELETE FROM sale_line WHERE workspace_id = $1')).ok).toBe(true);
  });
});
