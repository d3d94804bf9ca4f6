import { afterAll, describe, expect, it, vi } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { act, february, january, one, productFile, products, storeFile, totals } from './examples.fixture';
import { publish } from './publish';
import { readImport } from './read';
import { revert } from './revert';
import { newWorkspace, numbersOf, stageLines, stageMembers, type StagedLine } from './staged.fixture';

afterAll(() => loadPool.end());

describe('publish', () => {
  it('makes members and lines of staged rows, amounts as exact integers', async () => {
    const w = await newWorkspace();
    const id = await stageLines(w, january);
    await publish(act(w, id));
    expect(await totals(w)).toEqual({ lines: 5, amount: 2551, units: 6, shoppers: 2, baskets: 2 });
    expect(await products(w)).toEqual([
      '001 | X 250 | X | M | Coffee | 0.25 | kg',
      '002 | 002 | (no brand) | - | All categories',
      '003 | 003 | N (no brand) | N | All categories',
      '~unspecified:Y:Drinks | Y (unspecified) | Y | - | Drinks | unspecified',
    ]);
    expect(
      await one('SELECT array_agg(code ORDER BY code COLLATE "C") AS value FROM store WHERE workspace_id = $1', [w]),
    ).toEqual(['A', '~place:South']);
    const workspace = await loadPool.query(
      'SELECT grain, data_version::int, next_shopper_no, baskets_span FROM workspace WHERE id = $1',
      [w],
    );
    expect(workspace.rows[0]).toEqual({ grain: 'receipt', data_version: 1, next_shopper_no: 3, baskets_span: false });
    expect(await one('SELECT count(*)::int AS value FROM staged_line WHERE workspace_id = $1', [w])).toBe(0);
    expect(
      await one(
        'SELECT sum(amount)::int AS value FROM sales_month t JOIN category c ON c.workspace_id = t.workspace_id AND c.id = t.category_id WHERE t.workspace_id = $1 AND c.depth = 0 AND member_kind = 0',
        [w],
      ),
    ).toBe(2551);
    expect(await readImport(w, id)).toMatchObject({ state: 'published', error: null, progress: null });
    expect(await one('SELECT action AS value FROM audit_entry WHERE workspace_id = $1', [w])).toBe('import.publish');
  });

  it('is done for readers before it tidies up', async () => {
    const w = await newWorkspace();
    const id = await stageLines(w, january);
    let seen: ReturnType<typeof readImport> | undefined;
    await publish({ ...act(w, id), onChanged: () => void (seen = readImport(w, id)) });
    expect(await seen).toMatchObject({ state: 'published', progress: null, dataVersion: 1 });
  });

  it('tells the planner of every member it made: plans for empty tables compare all with all', async () => {
    const known = `SELECT array_agg(relname ORDER BY relname)::text[] AS value FROM pg_stat_user_tables
      WHERE last_analyze IS NOT NULL AND relname IN ('brand', 'category', 'category_ancestor', 'product')`;
    // A table that someone else analyzes is passed over, and what was done shows in the statistics a second later.
    await vi.waitFor(
      async () => {
        const w = await newWorkspace();
        await publish(act(w, await stageMembers(w, 'products', productFile)));
        expect(await one(known, [])).toEqual(['brand', 'category', 'category_ancestor', 'product']);
      },
      { timeout: 20_000, interval: 500 },
    );
  });

  it('never loads twice, however often and by however many it is asked', async () => {
    const w = await newWorkspace();
    const id = await stageLines(w, january);
    await Promise.all([publish(act(w, id)), publish(act(w, id))]);
    await publish(act(w, id));
    expect((await totals(w))?.lines).toBe(5);
    expect(await one('SELECT data_version::int AS value FROM workspace WHERE id = $1', [w])).toBe(1);
  });

  it('keeps codes apart by receipt, store and date, or by receipt alone', async () => {
    const lines: StagedLine[] = [
      { date: '2024-01-01', store: 'A', receipt: '7', product: 'p', amount: 1 },
      { date: '2024-01-02', store: 'A', receipt: '7', product: 'p', amount: 1 },
      { date: '2024-01-02', receipt: '7', product: 'p', amount: 1 },
      { date: '2024-01-02', receipt: '7', product: 'p', amount: 1 },
    ];
    const w = await newWorkspace();
    await publish(act(w, await stageLines(w, lines)));
    expect((await totals(w))?.baskets).toBe(3);
    const unique = await newWorkspace();
    const id = await stageLines(unique, lines, { mapping: { receiptUnique: true, grain: 'day' } });
    await publish(act(unique, id));
    expect((await totals(unique))?.baskets).toBe(1);
    const settings = `SELECT grain || ' ' || baskets_span AS value FROM workspace WHERE id = $1`;
    expect(await one(settings, [unique])).toBe('day true');
    await revert(act(unique, id));
    expect(
      await one(`SELECT coalesce(grain, 'none') || ' ' || baskets_span AS value FROM workspace WHERE id = $1`, [
        unique,
      ]),
    ).toBe('none false');
  });

  it('gives the empty workspace the decimals that its first file needs, and refuses more later', async () => {
    const w = await newWorkspace();
    await publish(
      act(w, await stageLines(w, [{ date: '2024-01-01', product: 'p', amount: '1.234' }], { neededScale: 3 })),
    );
    expect(await one('SELECT currency_scale AS value FROM workspace WHERE id = $1', [w])).toBe(3);
    expect((await totals(w))?.amount).toBe(1234);
    const more = await stageLines(w, [{ date: '2024-01-01', product: 'p', amount: '1.2345' }], { neededScale: 4 });
    await expect(publish(act(w, more))).rejects.toThrow('more decimals');
    expect(await readImport(w, more)).toMatchObject({
      state: 'validated',
      error: expect.stringContaining('more decimals') as string,
    });
    expect((await totals(w))?.lines).toBe(1);
  });

  it.each([
    [2, '99999999999999.99'],
    [4, '-99999999999999.9999'],
    [3, '12345678901234.567'],
  ])('keeps the largest amounts with %i decimals to the last digit', async (neededScale, amount) => {
    const w = await newWorkspace();
    await publish(act(w, await stageLines(w, [{ date: '2024-01-01', product: 'p', amount }], { neededScale })));
    const { rows } = await loadPool.query<{ same: boolean }>(
      `SELECT l.amount::numeric / 10 ^ w.currency_scale::numeric = $2 AS same FROM sale_line l JOIN workspace w ON w.id = l.workspace_id WHERE w.id = $1`,
      [w, amount],
    );
    expect(rows).toEqual([{ same: true }]);
  });

  it('changes nothing when the staged rows are not what was checked', async () => {
    const w = await newWorkspace();
    const id = await stageLines(w, january);
    await loadPool.query('DELETE FROM staged_line WHERE workspace_id = $1 AND import_id = $2 AND row_no = 3', [w, id]);
    const before = await numbersOf(w);
    await expect(publish(act(w, id))).rejects.toThrow('accepted 5 rows, but 4');
    expect(await numbersOf(w)).toEqual(before);
    expect(await one('SELECT data_version::int AS value FROM workspace WHERE id = $1', [w])).toBe(0);
  });

  it('touches no other workspace', async () => {
    const [a, b] = [await newWorkspace(), await newWorkspace()];
    await publish(act(a, await stageLines(a, january)));
    const before = await numbersOf(a);
    await publish(act(b, await stageLines(b, february)));
    expect(await numbersOf(a)).toEqual(before);
    await expect(publish(act(b, await stageLines(a, february)))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('product and store files', () => {
  it('describe members that lines brought before, and win over what later lines say', async () => {
    const w = await newWorkspace();
    await publish(act(w, await stageLines(w, january)));
    await publish(act(w, await stageMembers(w, 'products', productFile)));
    await publish(act(w, await stageLines(w, february)));
    expect(await products(w)).toEqual([
      '001 | X coffee | Xtra | M | Beans | 0.25 | kg',
      '002 | 002 | X | M2 | Tea | 1 | l',
      '003 | 003 | N (no brand) | N | All categories',
      '999 | never sold | (no brand) | - | All categories',
      '~unspecified:Y:Drinks | Y (unspecified) | Y | - | Drinks | unspecified',
    ]);
    const tea = `SELECT sum(t.amount)::int AS value FROM sales_month t JOIN category c ON c.workspace_id = t.workspace_id
      AND c.id = t.category_id WHERE t.workspace_id = $1 AND c.name = 'Tea' AND t.member_kind = 0`;
    expect(await one(tea, [w])).toBe(501);
  });

  it('give the same numbers in whatever order the files come', async () => {
    const [before, after] = [await newWorkspace(), await newWorkspace()];
    for (const w of [before, after]) {
      const files = [
        () => stageLines(w, january),
        () => stageMembers(w, 'products', productFile),
        () => stageMembers(w, 'stores', storeFile),
      ];
      for (const file of w === before ? files.reverse() : files) await publish(act(w, await file()));
    }
    expect(await numbersOf(after)).toEqual(await numbersOf(before));
  });
});
