import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basketsSpec, shoppersSpec } from '@/lib/contract/drill';
import { env } from '@/lib/env';
import { exampleRange, insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { listBaskets, streamBaskets } from './list-baskets';
import { listShoppers, streamShoppers } from './list-shoppers';

// The worked example of docs/metrics.md: who and what its counts count.

const pool = new Pool({ connectionString: env.DATABASE_URL });
let example: WorkedExample;
beforeAll(async () => {
  example = await insertWorkedExample(pool);
});
afterAll(() => pool.end());

const ofX = () => ({ ...exampleRange, filters: { brand: [example.brands.X] } });
const shoppersOf = (more = {}, paging: Partial<Parameters<typeof listShoppers>[2]> = {}) =>
  listShoppers(example.workspaceId, shoppersSpec.parse({ ...ofX(), ...more }), { limit: 50, ...paging });
const basketsOf = (more = {}, paging: Partial<Parameters<typeof listBaskets>[2]> = {}) =>
  listBaskets(example.workspaceId, basketsSpec.parse({ ...ofX(), ...more }), { limit: 50, shoppers: true, ...paging });

const text = async (pieces: AsyncGenerator<string>): Promise<string[]> => {
  const all = [];
  for await (const piece of pieces) all.push(piece);
  return all.join('').trimEnd().split('\r\n');
};

describe('the shoppers of a count', () => {
  it('are the buyers, with what they bought of the slice', async () => {
    const { items, total } = await shoppersOf();
    expect(total).toBe(3);
    expect(items).toEqual([
      { shopper: 's1', trips: 1, units: 2, amount: 10, first: '2024-01-02', last: '2024-01-02' },
      { shopper: 's3', trips: 1, units: 1, amount: 9, first: '2024-01-16', last: '2024-01-16' },
      { shopper: 's2', trips: 1, units: 1, amount: 5, first: '2024-01-09', last: '2024-01-09' },
    ]);
  });

  it('are those of the market and of all shoppers, where the number is a part of them', async () => {
    const codes = async (scope: string) => (await shoppersOf({ scope })).items.map(({ shopper }) => shopper).sort();
    expect(await codes('market')).toEqual(['s1', 's2', 's3', 's4']);
    expect(await codes('all')).toEqual(['s1', 's2', 's3', 's4', 's5']);
  });

  it('leave out who brought back only, and take off what buyers brought back', async () => {
    const { rows } = await pool.query<{ no: number }>(
      `SELECT no FROM shopper WHERE workspace_id = $1 AND code IN ('s1', 's4') ORDER BY code`,
      [example.workspaceId],
    );
    const [s1, s4] = rows.map(({ no }) => no);
    const add = `INSERT INTO sale_line (workspace_id, import_id, row_no, date, shopper_no, product_id, units, amount, is_return)
      SELECT workspace_id, import_id, $2, '2024-01-24', $3, product_id, -1, -500, true FROM sale_line
      WHERE workspace_id = $1 AND product_id IN (SELECT id FROM product WHERE workspace_id = $1 AND name = 'X1') LIMIT 1`;
    await pool.query(add, [example.workspaceId, 901, s1]);
    await pool.query(add, [example.workspaceId, 902, s4]);
    const { items } = await shoppersOf();
    expect(items.map(({ shopper, amount, last }) => [shopper, amount, last])).toEqual([
      ['s3', 9, '2024-01-16'],
      ['s1', 5, '2024-01-02'],
      ['s2', 5, '2024-01-09'],
    ]);
    await pool.query('DELETE FROM sale_line WHERE workspace_id = $1 AND row_no > 900', [example.workspaceId]);
  });

  it('come in pages and as CSV', async () => {
    const first = await shoppersOf({}, { limit: 2 });
    const second = await shoppersOf({}, { limit: 2, cursor: first.nextCursor! });
    expect([...first.items, ...second.items]).toEqual((await shoppersOf()).items);
    expect(second.nextCursor).toBeNull();
    expect(await text(streamShoppers(example.workspaceId, shoppersSpec.parse(ofX())))).toEqual([
      'shopper,trips,units,amount,first,last',
      's1,1,2,10,2024-01-02,2024-01-02',
      's3,1,1,9,2024-01-16,2024-01-16',
      's2,1,1,5,2024-01-09,2024-01-09',
    ]);
  });

  it('are text in a spreadsheet, whatever their codes say', async () => {
    await pool.query(`UPDATE shopper SET code = '=1+2' WHERE workspace_id = $1 AND code = 's2'`, [example.workspaceId]);
    const lines = await text(streamShoppers(example.workspaceId, shoppersSpec.parse(ofX())));
    expect(lines.at(-1)).toBe(`'=1+2,1,1,5,2024-01-09,2024-01-09`);
    await pool.query(`UPDATE shopper SET code = 's2' WHERE workspace_id = $1 AND code = '=1+2'`, [example.workspaceId]);
  });
});

describe('the baskets of a count', () => {
  it('are the trips, anonymous ones among them, with what of the slice is in them', async () => {
    const { items, total } = await basketsOf();
    expect(total).toBe(4);
    expect(items.map(({ lines: _, ...basket }) => Object.values(basket))).toEqual([
      ['b1', '2024-01-02', 'A', 's1', 2, 10],
      ['b2', '2024-01-09', 'A', 's2', 1, 5],
      ['b4', '2024-01-16', 'B', 's3', 1, 9],
      ['b6', '2024-01-23', 'A', null, 1, 5],
    ]);
    const identified = await basketsOf({ only: 'identified' });
    expect([identified.total, identified.items.length]).toEqual([3, 3]);
  });

  it('don’t tell a viewer who bought', async () => {
    const { items } = await basketsOf({}, { shoppers: false });
    expect(items.every((basket) => !('shopper' in basket))).toBe(true);
    const [head] = await text(streamBaskets(example.workspaceId, basketsSpec.parse(ofX()), false));
    expect(head).toBe('receipt,date,store,lines,units,amount');
  });

  it('come in pages, and know a cursor that is none', async () => {
    const first = await basketsOf({}, { limit: 3 });
    const second = await basketsOf({}, { limit: 3, cursor: first.nextCursor! });
    expect([...first.items, ...second.items]).toEqual((await basketsOf()).items);
    for (const cursor of [
      'x',
      first.nextCursor!.slice(0, -4),
      Buffer.from('[1,"2024-01-01","-1"]').toString('base64url'),
    ])
      await expect(async () => basketsOf({}, { cursor })).rejects.toMatchObject({ details: [{ field: 'cursor' }] });
  });
});

describe('a wrong number', () => {
  it.each([
    [{ by: 'brand', member: 'X' }, 'member'],
    [{ by: 'brand', member: '2147483647' }, 'member.brand'],
    [{ by: 'category', member: '2147483647' }, 'member'],
    [{ by: 'group', member: '1' }, 'member.group'],
    [{ grain: 'month', period: '2024-01-02' }, 'period'],
  ])('%j is told which field', async (more, field) => {
    await expect(shoppersOf(more)).rejects.toMatchObject({ code: 'invalid_request', details: [{ field }] });
  });

  it.each([
    [{ member: '1' }, 'member'],
    [{ period: '2024-01-01' }, 'period'],
    [{ when: 'before' }, 'when'],
    [{ from: '2025-01-01' }, 'to'],
  ])('%j does not fit together', (more, field) => {
    const { error } = shoppersSpec.safeParse({ ...exampleRange, ...more });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });
});
