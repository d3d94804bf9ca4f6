import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { discard } from './discard';
import { one } from './examples.fixture';
import { publish } from './publish';
import { listImports, listRejects, readImport, streamRejects } from './read';
import { dryRun, importRow } from './received.fixture';
import { newWorkspace, stageLines } from './staged.fixture';

afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

const line = [{ date: '2024-01-01', product: 'p', amount: 1 }];
const act = (workspaceId: number, importId: number, userId: string | null = null) => ({
  workspaceId,
  importId,
  userId,
});

async function all<T>(page: (cursor?: string) => Promise<{ items: T[]; total: number; nextCursor: string | null }>) {
  const pages: T[][] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page(cursor);
    pages.push(items);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

describe('listImports', () => {
  it('tells the newest first, page by page, of this workspace alone', async () => {
    const [w, other] = [await newWorkspace(), await newWorkspace()];
    const ids: number[] = [];
    for (let at = 0; at < 5; at += 1) {
      ids.push(await stageLines(w, line));
      await stageLines(other, line);
    }
    const pages = await all((cursor) => listImports(w, { limit: 2, cursor }));
    expect(pages.map((items) => items.map(({ id }) => id))).toEqual([[ids[4], ids[3]], [ids[2], ids[1]], [ids[0]]]);
    const first = await listImports(w, { limit: 5 });
    expect(first).toMatchObject({ total: 5, nextCursor: null });
    expect(await listImports(await newWorkspace(), { limit: 5 })).toEqual({ items: [], total: 0, nextCursor: null });
    await expect(listImports(w, { limit: 2, cursor: 'garbage' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('names who loaded it, and when it was published', async () => {
    const w = await newWorkspace();
    const userId = randomUUID();
    await db.user.create({ data: { id: userId, name: 'Ada', email: `${userId}@example.com` } });
    const id = await stageLines(w, line);
    await loadPool.query('UPDATE import SET created_by = $3 WHERE workspace_id = $1 AND id = $2', [w, id, userId]);
    await publish(act(w, id, userId));
    const { items } = await listImports(w, { limit: 1 });
    expect(items[0]).toMatchObject({ id, createdBy: 'Ada', state: 'published', revertedAt: null, dataVersion: 1 });
    expect(Date.parse(items[0]!.publishedAt!)).toBeGreaterThanOrEqual(Date.parse(items[0]!.createdAt));
  });
});

describe('readImport', () => {
  it('tells what was understood, mapped and reported; nothing where nothing was', async () => {
    const { workspaceId, id } = await dryRun('date,product,amount\n2024-01-01,p,1.5\n2024-01-02,p,x\n');
    const found = await readImport(workspaceId, id);
    expect(found).toMatchObject({
      id,
      kind: 'transactions',
      state: 'validated',
      rowsIn: 2,
      rowsAccepted: 1,
      rowsRejected: 1,
      totalAmount: 1.5,
      from: '2024-01-01',
      to: '2024-01-01',
      detected: { delimiter: ',', columns: [{ name: 'date' }, { name: 'product' }, { name: 'amount' }] },
      mapping: { columns: { date: 'date', product: 'product', amount: 'amount' } },
    });
    expect(found.report?.rejections).toEqual([expect.objectContaining({ column: 'amount', count: 1 })]);
    const bare = await loadPool.query<{ id: number }>(
      `INSERT INTO import (workspace_id, kind, state, file_name, file_size, file_hash, file_path)
       VALUES ($1, 'products', 'uploaded', 'a.csv', 0, $2, '') RETURNING id`,
      [workspaceId, randomUUID()],
    );
    expect(await readImport(workspaceId, bare.rows[0]!.id)).toMatchObject({
      detected: null,
      mapping: null,
      report: null,
      rowsIn: null,
    });
    const elsewhere = await newWorkspace();
    await expect(readImport(elsewhere, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('rejected rows', () => {
  const insert = (w: number, id: number, rows: [number, string, string, string][]) =>
    loadPool.query(
      `INSERT INTO rejected_row (workspace_id, import_id, row_no, column_name, reason, raw)
       SELECT $1, $2, r->>0, r->>1, r->>2, r->>3 FROM jsonb_array_elements($3::jsonb) r`.replace(
        'r->>0',
        '(r->>0)::int',
      ),
      [w, id, JSON.stringify(rows)],
    );

  it('are listed in the order of the file, several columns of a row apart, none twice', async () => {
    const [w, other] = [await newWorkspace(), await newWorkspace()];
    const [id, another] = [await stageLines(w, line), await stageLines(w, line)];
    await insert(w, id, [
      [10, 'amount', 'not a number', 'c'],
      [2, 'date', 'not a date', 'a'],
      [2, '', 'too few columns', 'a'],
      [2, 'amount', 'not a number', 'a'],
      [9, 'Ünits', 'not a number', 'b'],
    ]);
    await insert(w, another, [[1, 'x', 'y', 'z']]);
    const pages = await all((cursor) =>
      listRejects({ workspaceId: w, importId: id, rows: true }, { limit: 2, cursor }),
    );
    expect(pages.map((items) => items.map(({ row, column }) => `${row} ${column}`))).toEqual([
      ['2 ', '2 amount'],
      ['2 date', '9 Ünits'],
      ['10 amount'],
    ]);
    expect(await listRejects({ workspaceId: w, importId: id, rows: true }, { limit: 1 })).toMatchObject({
      total: 5,
      items: [{ row: 2, column: '', reason: 'too few columns', raw: 'a' }],
    });
    await expect(listRejects({ workspaceId: other, importId: id, rows: true }, { limit: 2 })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(
      listRejects({ workspaceId: w, importId: id, rows: true }, { limit: 2, cursor: 'WzEsMl0' }),
    ).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  const csvOf = async (w: number, id: number): Promise<string> => {
    let text = '';
    for await (const piece of streamRejects({ workspaceId: w, importId: id, rows: true })) text += piece;
    return text;
  };

  it('come as CSV whose cells are quoted, and are no formulas', async () => {
    const w = await newWorkspace();
    const id = await stageLines(w, line);
    await insert(w, id, [
      [2, 'amount', 'says "no", twice', '2024,"a ""b""",x'],
      [3, '=HYPERLINK("http://x")', '+1', '-1'],
      [4, '@sum', '\tx', 'a\nb'],
      [5, 'plain', 'plain', '=1+1'],
    ]);
    expect(await csvOf(w, id)).toBe(
      [
        'row,column,reason,raw',
        '2,amount,"says ""no"", twice","2024,""a """"b"""""",x"',
        `3,"'=HYPERLINK(""http://x"")",'+1,'-1`,
        `4,'@sum,'\tx,"a\nb"`,
        `5,plain,plain,'=1+1`,
        '',
      ].join('\r\n'),
    );
    expect(await csvOf(w, await stageLines(w, line))).toBe('row,column,reason,raw\r\n');
    await expect(csvOf(await newWorkspace(), id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('come whole, however many', async () => {
    const w = await newWorkspace();
    const id = await stageLines(w, line);
    await loadPool.query(
      `INSERT INTO rejected_row (workspace_id, import_id, row_no, column_name, reason, raw)
       SELECT $1, $2, n, c, 'no', 'r' FROM generate_series(2, 2002) n, unnest(ARRAY['b', 'a']) c`,
      [w, id],
    );
    const rows = (await csvOf(w, id)).trim().split('\r\n').slice(1);
    expect(rows).toHaveLength(4_002);
    expect(rows.slice(0, 3)).toEqual(['2,a,no,r', '2,b,no,r', '3,a,no,r']);
    expect(new Set(rows).size).toBe(4_002);
  });
});

describe('discard', () => {
  it('takes the rows and the file, and leaves the record of it', async () => {
    const { workspaceId: w, id } = await dryRun('date,product,amount\n2024-01-01,p,1\n2024-01-02,p,x\n');
    const { file_path: path } = await importRow(w, id);
    expect(existsSync(path)).toBe(true);
    await discard(act(w, id));
    expect(existsSync(path)).toBe(false);
    for (const table of ['staged_line', 'staged_member', 'rejected_row'])
      expect([table, await one(`SELECT count(*)::int AS value FROM ${table} WHERE workspace_id = $1`, [w])]).toEqual([
        table,
        0,
      ]);
    expect(await readImport(w, id)).toMatchObject({ state: 'cancelled', fileName: 'file.csv', rowsIn: 2, error: null });
    await discard(act(w, id));
    expect(
      await one(
        `SELECT array_agg(action || ' ' || subject ORDER BY id) AS value FROM audit_entry WHERE workspace_id = $1`,
        [w],
      ),
    ).toEqual([`import.upload import ${id}`, `import.discard import ${id}`]);
    // The same file may come again.
    const again = await dryRun('date,product,amount\n2024-01-01,p,1\n2024-01-02,p,x\n', {}, { workspaceId: w });
    expect(again.import.state).toBe('validated');
  });

  it.each(['publishing', 'published', 'reverting', 'reverted'])('is refused for what is %s', async (state) => {
    const w = await newWorkspace();
    const id = await stageLines(w, line);
    await loadPool.query('UPDATE import SET state = $3, published_at = now() WHERE workspace_id = $1 AND id = $2', [
      w,
      id,
      state,
    ]);
    await expect(discard(act(w, id))).rejects.toThrow(`is ${state} and cannot be discarded`);
    expect((await readImport(w, id)).state).toBe(state);
    expect(await one('SELECT count(*)::int AS value FROM staged_line WHERE workspace_id = $1', [w])).toBe(1);
  });

  it("is not for another workspace's import", async () => {
    const [w, other] = [await newWorkspace(), await newWorkspace()];
    const id = await stageLines(w, line);
    await expect(discard(act(other, id))).rejects.toMatchObject({ code: 'not_found' });
    expect((await readImport(w, id)).state).toBe('validated');
  });
});
