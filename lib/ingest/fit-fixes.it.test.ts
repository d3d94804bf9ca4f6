import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { zipOf } from '@/lib/formats/tables.fixture';
import { listFixes } from './fix';
import { file, fix, given, mended, rows, told } from './fixed.fixture';
import { receiveFile } from './receive';
import { dryRun, receiveText, recheck } from './received.fixture';
import { rereadFile } from './reread';
import { newWorkspace } from './staged.fixture';

// Cells that were set right, and a file that is then read otherwise.

afterAll(() => loadPool.end());

describe('a file with cells set right by hand', () => {
  it('keeps what still fits when it is read otherwise, and tells what fell away', async () => {
    const w = await newWorkspace();
    const id = await receiveText(w, file(rows.slice(0, 60)));
    const reread = (reading: Parameters<typeof rereadFile>[0]['reading']): Promise<void> =>
      rereadFile({ workspaceId: w, importId: id, userId: 'u1', reading });
    const unsettled = { ...given, cells: given.cells.slice(0, 3) };
    await fix(w, id, unsettled);
    const all = await listFixes(w, id);
    expect([all.cells.length, all.values.length, all.dropped.length]).toEqual([3, 2, 0]);

    await reread({ lastRow: 15 });
    const short = await listFixes(w, id);
    expect(short).toEqual({ cells: all.cells.slice(0, 2), values: all.values, dropped: [all.cells[2]] });

    // One column, whose cells are whole rows.
    await reread({ delimiter: ';' });
    const none = await listFixes(w, id);
    expect(none).toMatchObject({ cells: [], values: [] });
    const every = [...all.cells, ...all.values.map((one) => ({ ...one, row: null }))];
    expect(none.dropped).toHaveLength(5);
    expect(none.dropped).toEqual(expect.arrayContaining(every));

    await reread({});
    expect(await listFixes(w, id)).toEqual(all);
    const whole = await dryRun(file(mended.slice(0, 60)));
    expect(told(await recheck(w, id))).toEqual(told(whole));

    // Without a header the columns have no such names; what fell away can be taken back.
    await reread({ headerRows: 0 });
    await fix(w, id, {
      cells: [{ row: 5, column: 'units', to: null }],
      values: [{ column: 'amount', from: 'n/a', to: null }],
    });
    await reread({});
    expect(await listFixes(w, id)).toEqual({ cells: all.cells.slice(1), values: all.values.slice(1), dropped: [] });
    const { rows: audit } = await loadPool.query<{ user_id: string; detail: Record<string, string[]> }>(
      `SELECT user_id, detail FROM audit_entry WHERE workspace_id = $1 AND action = 'import.fix' ORDER BY id OFFSET 1`,
      [w],
    );
    expect(audit[0]).toEqual({ user_id: 'u1', detail: { fellAway: ['row 20 brand: “B2” → “Own”'] } });
    expect(audit.map(({ detail }) => [detail['fellAway']?.length, detail['fitAgain']?.length])).toEqual([
      [1, undefined],
      [4, undefined],
      [undefined, 5],
      [5, undefined],
      [undefined, undefined],
      [undefined, 3],
    ]);
  });

  it('reads another table of it with what that one says alike', async () => {
    const w = await newWorkspace();
    const zip = await zipOf({ 'a.csv': 'product,brand\nP1,X\nP2,Y\n', 'b.csv': 'product,brand\nP1,X\nP2,Z\n' });
    const id = await receiveFile({ workspaceId: w, userId: null, fileName: 'two.zip', body: Readable.from(zip) });
    const [first, second] = ['One', 'Two'].map((to, at) => ({ row: at + 2, column: 'brand', to }));
    await fix(w, id, { cells: [first!, second!] });
    await rereadFile({ workspaceId: w, importId: id, userId: null, reading: { member: 'b.csv' } });
    expect(await listFixes(w, id)).toMatchObject({
      cells: [{ ...first, from: 'X' }],
      dropped: [{ ...second, from: 'Y' }],
    });
    // What is set now is the later word.
    await fix(w, id, { cells: [{ ...second!, to: 'Three' }] });
    expect(await listFixes(w, id)).toMatchObject({ cells: [first, { row: 3, from: 'Z', to: 'Three' }], dropped: [] });
  });
});
