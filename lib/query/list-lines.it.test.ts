import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesSpec } from '@/lib/contract/drill';
import type { SaleLine } from '@/lib/contract/lines';
import { db } from '@/lib/db/client';
import { loadPool as pool } from '@/lib/db/pool';
import { insertRandomWorkspace } from '@/lib/rollups/random.fixture';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { listLines, streamLines } from './list-lines';

let workspaceId: number;
let brand: number;
beforeAll(async () => {
  const slug = `lines-${randomUUID().slice(0, 8)}`;
  ({ workspaceId } = await insertRandomWorkspace(pool, { seed: 3, basketsSpan: false, slug }));
  await rebuildRollups(workspaceId);
  const { rows } = await pool.query<{ id: number }>(`SELECT id FROM brand WHERE workspace_id = $1 AND name = 'B1'`, [
    workspaceId,
  ]);
  brand = rows[0]?.id ?? 0;
}, 60_000);
afterAll(() => Promise.all([pool.end(), db.$disconnect()]));

const asked = (filters = {}) => linesSpec.parse({ from: '2023-12-31', to: '2024-02-29', filters });

async function walk(filters: object) {
  const items: SaleLine[] = [];
  let cursor: string | undefined;
  let totals;
  do {
    const page = await listLines(workspaceId, asked(filters), { limit: 37, cursor, shoppers: true });
    items.push(...page.items);
    ({ totals } = page);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return { items, totals };
}

describe('the lines under a sum', () => {
  it.each([
    ['everything', () => ({})],
    ['a brand', () => ({ brand: [brand] })],
    ['a brand on promotion', () => ({ brand: [brand], promotion: 'promoted' })],
    ['all but a brand', () => ({ exclude: { brand: [brand] } })],
  ])('add up to it, page after page: %s', async (_, filters) => {
    const { items, totals } = await walk(filters());
    expect(items.length).toBeGreaterThan(10);
    expect(new Set(items.map(({ import: file, row }) => `${file} ${row}`)).size).toBe(items.length);
    expect(items.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(totals?.value ?? NaN, 6);
    expect(items.reduce((sum, { units }) => sum + units, 0)).toBeCloseTo(totals?.units ?? NaN, 6);
  });

  it('are all in the CSV, with shoppers for those who may see them', async () => {
    const { items } = await walk({});
    const read = async (shoppers: boolean) => {
      const pieces = [];
      for await (const piece of streamLines(workspaceId, asked(), shoppers)) pieces.push(piece);
      return pieces.join('').trimEnd().split('\r\n');
    };
    const [head = '', ...rows] = await read(true);
    expect(head.split(',').at(-1)).toBe('shopper');
    expect(rows).toHaveLength(items.length);
    expect(rows[0]?.startsWith(`${items[0]?.import},${items[0]?.row},2023-12-31,`)).toBe(true);
    expect((await read(false))[0]).not.toContain('shopper');
    const { items: seen } = await listLines(workspaceId, asked(), { limit: 5, shoppers: false });
    expect(seen.every((item) => !('shopper' in item))).toBe(true);
  });

  it('start again when the data has changed, and know a wrong cursor', async () => {
    const { nextCursor } = await listLines(workspaceId, asked(), { limit: 5, shoppers: false });
    await pool.query('UPDATE workspace SET data_version = data_version + 1 WHERE id = $1', [workspaceId]);
    const next = (cursor: string | null) =>
      listLines(workspaceId, asked(), { limit: 5, cursor: cursor ?? '', shoppers: false });
    await expect(next(nextCursor)).rejects.toMatchObject({ code: 'conflict' });
    for (const wrong of [
      'x',
      Buffer.from('[1,"2024-13-99",1,1]').toString('base64url'),
      Buffer.from('{}').toString('base64url'),
    ]) {
      await expect(async () => next(wrong)).rejects.toMatchObject({
        code: 'invalid_request',
        details: [{ field: 'cursor' }],
      });
    }
  });
});
