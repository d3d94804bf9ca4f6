import { afterAll, describe, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { verifyRollups } from '@/lib/rollups/verify';
import { correction, file, january, load, numbers } from './corrected.fixture';
import { act, totals } from './examples.fixture';
import { listRestatements } from './list-restatements';
import { previewReplacement } from './preview-replacement';
import { publish } from './publish';
import { readImport } from './read';
import { receiveText, recheck } from './received.fixture';
import { restore } from './restore';
import { revert } from './revert';
import { newWorkspace } from './staged.fixture';

afterAll(() => loadPool.end());

describe('a file that replaces', () => {
  it('takes out what is there of its stores and dates, and nothing else', async () => {
    const w = await newWorkspace();
    await load(w, january, 'january.csv');
    await load(w, correction, 'correction.csv', true);
    // 2024-02-01 stays: 100. January is 9 + 30 + 11.
    expect(await totals(w)).toMatchObject({ lines: 4, amount: 15_000 });
    const alone = await newWorkspace();
    await load(alone, file('2024-02-01,A,s3,r3,p3,Three,Z,1,100'), 'rest.csv');
    await load(alone, correction, 'correction.csv');
    const money = (row: string) => /^sales_(day|month|product_day|product_month) /.test(row);
    expect((await numbers(w)).filter(money)).toEqual((await numbers(alone)).filter(money));
    expect(await verifyRollups(w)).toMatchObject({ ok: true });
  });

  it('is shown before it happens, month by month, and is what happens', async () => {
    const w = await newWorkspace();
    const first = await load(w, january, 'january.csv');
    const id = await receiveText(w, `${correction}\n2024-02-02,New,s1,r1,p1,One,X,1,2`, 'correction.csv');
    await expect(previewReplacement(w, id)).rejects.toMatchObject({ code: 'conflict' });
    await recheck(w, id);
    expect(await previewReplacement(w, id)).toEqual({
      stores: 3,
      days: 3,
      from: '2024-01-30',
      to: '2024-02-02',
      months: [
        {
          month: '2024-01-01',
          goes: { lines: 4, units: 5, amount: 53 },
          comes: { lines: 3, units: 5, amount: 50 },
          now: 53,
          then: 50,
        },
        {
          month: '2024-02-01',
          goes: { lines: 0, units: 0, amount: 0 },
          comes: { lines: 1, units: 1, amount: 2 },
          now: 100,
          then: 102,
        },
      ],
      imports: [{ id: first, fileName: 'january.csv', lines: 4 }],
    });
    await publish({ ...act(w, id), replaces: true });
    expect(await totals(w)).toMatchObject({ lines: 5, amount: 15_200 });
    await expect(previewReplacement(w, id)).rejects.toMatchObject({ code: 'conflict' });
    expect((await listRestatements(w, { limit: 1, new: 'false' })).items).toMatchObject([
      { sentence: 'February 2024 was $100.00, is $102.00, because correction.csv replaced 4 lines of january.csv.' },
    ]);
    expect(await listRestatements(w, { limit: 9, new: 'false' })).toMatchObject({ total: 2, nextCursor: null });
    expect(await listRestatements(w, { limit: 1, new: 'true' })).toMatchObject({
      total: 4,
      nextCursor: expect.any(String),
    });
  });

  it('is told of on either side, as long as it holds', async () => {
    const w = await newWorkspace();
    const first = await load(w, january, 'january.csv');
    const second = await load(w, correction, 'correction.csv', true);
    const at = expect.stringMatching(/^20\d\d-.*Z$/);
    expect(await readImport(w, first)).toMatchObject({
      replacedBy: [{ id: second, fileName: 'correction.csv', lines: 4, at }],
      replaced: [],
    });
    const replaced = [{ id: first, fileName: 'january.csv', lines: 4, at }];
    expect(await readImport(w, second)).toMatchObject({ replacedBy: [], replaced });
    await revert(act(w, second));
    for (const id of [first, second]) expect(await readImport(w, id)).toMatchObject({ replacedBy: [], replaced: [] });
    await restore(act(w, second));
    expect(await readImport(w, second)).toMatchObject({ replaced });
    await revert(act(w, first));
    expect(await readImport(w, second)).toMatchObject({ replaced: [] });
    await restore(act(w, first));
    expect(await readImport(w, second)).toMatchObject({ replaced });
  });

  it('by receipt takes out what is there of its receipts, and nothing else of the stores and days', async () => {
    const w = await newWorkspace();
    const first = await load(w, january, 'january.csv');
    const before = await numbers(w);
    const id = await receiveText(w, file('2024-01-30,A,s1,r1,p1,One,X,1,9'), 'changed.csv');
    await loadPool.query(`UPDATE import SET replaces_by = 'receipt' WHERE workspace_id = $1 AND id = $2`, [w, id]);
    await recheck(w, id);
    await publish(act(w, id));
    // r1 of A is 9; r1 of B, of the same day, stays 11; r2 stays 12; February 100.
    expect(await totals(w)).toMatchObject({ lines: 4, amount: 13_200 });
    expect(await readImport(w, id)).toMatchObject({
      replacesBy: 'receipt',
      replaces: true,
      replaced: [{ id: first, lines: 2 }],
    });
    await revert(act(w, id));
    expect(await numbers(w)).toEqual(before);
    await restore(act(w, id));
    expect(await totals(w)).toMatchObject({ lines: 4, amount: 13_200 });
    expect(await verifyRollups(w)).toMatchObject({ ok: true });
  });

  it('reverted, gives every number as before; restored, as with it', async () => {
    const w = await newWorkspace();
    const first = await load(w, january, 'january.csv');
    const before = await numbers(w);
    const second = await load(w, correction, 'correction.csv', true);
    const after = await numbers(w);
    await revert(act(w, second));
    expect(await numbers(w)).toEqual(before);
    await restore(act(w, second));
    expect(await numbers(w)).toEqual(after);
    // The file that was replaced goes and comes back: what was replaced of it stays out.
    await revert(act(w, first));
    expect(await totals(w)).toMatchObject({ lines: 3, amount: 5_000 });
    await restore(act(w, first));
    expect(await numbers(w)).toEqual(after);
    await revert(act(w, second));
    expect(await numbers(w)).toEqual(before);
    await revert(act(w, first));
    expect(await numbers(w)).toEqual(await numbers(await newWorkspace()));
    expect(await verifyRollups(w)).toMatchObject({ ok: true });
  });

  it('replaced by a third, reverted in whatever order, leaves what the others alone give', async () => {
    const third = file('2024-01-30,A,s1,r1,p1,One,X,1,1');
    const files: [string, boolean][] = [
      [january, false],
      [correction, true],
      [third, true],
    ];
    // Several orders come by the same of them.
    const known = new Map<string, Promise<string[]>>();
    const without = (gone: number[]): Promise<string[]> => {
      const key = String(gone.toSorted());
      const left = known.get(key) ?? given(gone);
      known.set(key, left);
      return left;
    };
    const given = async (gone: number[]): Promise<string[]> => {
      const w = await newWorkspace();
      for (const [at, [text, replaces]] of files.entries())
        if (!gone.includes(at)) await load(w, text, `${at}.csv`, replaces);
      return numbers(w);
    };
    for (const order of [
      [2, 1],
      [1, 2],
      [0, 1],
      [1, 0],
      [0, 2],
      [2, 0],
    ]) {
      const w = await newWorkspace();
      const ids: number[] = [];
      for (const [at, [text, replaces]] of files.entries()) ids.push(await load(w, text, `${at}.csv`, replaces));
      for (const [step, at] of order.entries()) {
        await revert(act(w, ids[at]!));
        expect(await numbers(w)).toEqual(await without(order.slice(0, step + 1)));
      }
    }
  });
});
