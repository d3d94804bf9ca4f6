import { afterAll, describe, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { listRegions } from '@/lib/dimensions/named';
import { act, february, january, one, productFile, products, storeFile } from './examples.fixture';
import { publish } from './publish';
import { revert } from './revert';
import { newWorkspace, numbersOf, stageLines, stageMembers } from './staged.fixture';

afterAll(() => loadPool.end());

describe('revert', () => {
  const files = (w: number): (() => Promise<number>)[] => [
    () => stageLines(w, january, { mapping: { attributes: [{ column: 'age', of: 'shopper' }] } }),
    () => stageMembers(w, 'products', productFile),
    () => stageMembers(w, 'stores', storeFile),
    () => stageLines(w, february),
  ];

  it.each([0, 1, 2, 3])('of file %i of four leaves every number as if it had never been loaded', async (left) => {
    const [w, never] = [await newWorkspace(), await newWorkspace()];
    // Shopper numbers are never used again: the first file's are taken in both.
    const ids: number[] = [];
    for (const file of files(w)) ids.push(await file());
    for (const id of ids) await publish(act(w, id));
    await revert(act(w, ids[left]!));
    for (const [at, file] of files(never).entries()) if (at !== left) await publish(act(never, await file()));
    const same =
      left === 0 ? (row: string) => !/^(shopper|shopper_day|shopper_month|shopper_month_store) /.test(row) : () => true;
    expect((await numbersOf(w)).filter(same)).toEqual((await numbersOf(never)).filter(same));
  });

  it('of everything, in mixed order, leaves the empty workspace; each step the numbers before it', async () => {
    const w = await newWorkspace();
    const states = [await numbersOf(w)];
    const ids: number[] = [];
    for (const file of files(w)) {
      ids.push(await file());
      await publish(act(w, ids.at(-1)!));
      states.push(await numbersOf(w));
    }
    for (const id of [...ids].reverse()) {
      states.pop();
      await revert(act(w, id));
      expect(await numbersOf(w)).toEqual(states.at(-1));
    }
    for (const table of ['brand', 'manufacturer', 'region', 'channel', 'store', 'product', 'basket', 'member_claim'])
      expect([table, await one(`SELECT count(*)::int AS value FROM ${table} WHERE workspace_id = $1`, [w])]).toEqual([
        table,
        0,
      ]);
    expect(await one('SELECT next_shopper_no AS value FROM workspace WHERE id = $1', [w])).toBe(4);
    expect(await one('SELECT data_version::int AS value FROM workspace WHERE id = $1', [w])).toBe(8);
  });

  it('leaves names and codes their ids for when they come again: links and custom groups hold', async () => {
    const w = await newWorkspace();
    const idsOf = async () => {
      const { rows } = await loadPool.query<{ member: string }>(
        ['brand', 'manufacturer', 'region', 'channel']
          .map((table) => `SELECT '${table} ' || name || ' ' || id AS member FROM ${table} WHERE workspace_id = $1`)
          .concat(
            ['product', 'store'].map(
              (table) => `SELECT '${table} ' || code || ' ' || id FROM ${table} WHERE workspace_id = $1`,
            ),
          )
          .concat(`SELECT 'category ' || depth || name || ' ' || id FROM category WHERE workspace_id = $1`)
          .join(' UNION ALL ') + ' ORDER BY 1',
        [w],
      );
      return rows.map(({ member }) => member);
    };
    const first = await stageLines(w, january);
    await publish(act(w, first));
    const before = await idsOf();
    expect(before).toHaveLength(18);
    await revert(act(w, first));
    const other = await stageLines(w, february);
    await publish(act(w, other));
    await publish(act(w, await stageLines(w, january)));
    await revert(act(w, other));
    expect(await idsOf()).toEqual(before);
  });

  it('leaves a region its universe for when it comes again', async () => {
    const w = await newWorkspace();
    const regions = async () => (await listRegions(w, { limit: 10 })).data.items;
    const id = await stageLines(w, january);
    await publish(act(w, id));
    const [north] = await regions();
    await loadPool.query('INSERT INTO region_universe VALUES ($1, $2, 70)', [w, north!.id]);
    await revert(act(w, id));
    expect(await regions()).toEqual([]);
    await publish(act(w, await stageLines(w, january)));
    expect((await regions()).map(({ name, universe }) => [name, universe])).toEqual([
      ['North', 70],
      ['South', null],
    ]);
  });

  it('gives a member made by hand back as it was', async () => {
    const w = await newWorkspace();
    await loadPool.query(
      `WITH b AS (INSERT INTO brand (workspace_id, name) VALUES ($1, 'Hand') RETURNING id)
       INSERT INTO product (workspace_id, code, name, brand_id, category_id, attributes)
       SELECT $1, '001', 'by hand', b.id, c.id, '{"size": "big"}' FROM b, category c WHERE c.workspace_id = $1`,
      [w],
    );
    const before = await numbersOf(w);
    const id = await stageMembers(w, 'products', productFile);
    await publish(act(w, id));
    expect((await products(w))[0]).toBe('001 | X coffee | Xtra | - | Beans');
    const lines = await stageLines(w, january);
    await publish(act(w, lines));
    await revert(act(w, id));
    expect((await products(w))[0]).toBe('001 | by hand | Hand | - | All categories | 0.25 | kg');
    await revert(act(w, lines));
    expect(await numbersOf(w)).toEqual(before);
  });

  it('is refused for what is not published, and done once', async () => {
    const w = await newWorkspace();
    const id = await stageLines(w, january);
    await expect(revert(act(w, id))).rejects.toMatchObject({ code: 'conflict' });
    await publish(act(w, id));
    await Promise.all([revert(act(w, id)), revert(act(w, id))]);
    await revert(act(w, id));
    expect(await one('SELECT data_version::int AS value FROM workspace WHERE id = $1', [w])).toBe(2);
    await expect(publish(act(w, id))).rejects.toMatchObject({ code: 'conflict' });
  });
});
