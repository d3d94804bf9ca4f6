import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { checkFile } from './check';
import { listFixes } from './fix';
import { file, fix, given, header, mended, quoted, rows, short, told } from './fixed.fixture';
import { listRows } from './list-rows';
import { publish } from './publish';
import { dryRun, importRow, receiveText, recheck } from './received.fixture';
import { restore } from './restore';
import { revert } from './revert';
import { newWorkspace } from './staged.fixture';
import { tryRow } from './try-row';

// A file with cells set right by hand is read as the file that says so itself; the kept one stays as it was received.

vi.hoisted(() => {
  process.env['IMPORT_CHUNK_BYTES'] = '10000';
});

describe('a file with cells set right by hand', () => {
  it('is read as one that says so itself; the kept one stays as it was received', async () => {
    const text = file([...rows, short, quoted]);
    const before = await dryRun(text);
    await fix(before.workspaceId, before.id, given);
    const found = await recheck(before.workspaceId, before.id);
    const wanted = await dryRun(file(mended));
    expect(told(found)).toEqual(told(wanted));
    // Row 11 has a fix of its own; row 3003 says so too.
    expect(found.import.report.fixed).toEqual([
      { column: 'brand', from: 'Unknwon', cells: 300 },
      { column: 'amount', from: 'n/a', cells: 75 },
    ]);
    expect(before.import.rows_rejected).toBeGreaterThan(found.import.rows_rejected);
    expect(found.import.rows_accepted + found.import.rows_rejected).toBe(found.import.rows_in);
    expect(readFileSync(found.import.file_path, 'utf8')).toBe(text);
    expect(found.import.file_hash).toBe(before.import.file_hash);
  });

  it('is read on by a check that broke off, and keeps them through publish, revert and restore', async () => {
    const w = await newWorkspace();
    const id = await receiveText(w, file([...rows, short]));
    await fix(w, id, given);
    const { kind, mapping } = await importRow(w, id);
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }): void => void (done > 500 && stop.abort(new Error('stopped')));
    await expect(
      checkFile({ workspaceId: w, importId: id, kind, mapping, onProgress, signal: stop.signal }),
    ).rejects.toThrow('stopped');
    const found = await recheck(w, id);
    const whole = await dryRun(file(mended.slice(0, -1)));
    expect(told(found)).toEqual(told(whole));
    expect(found.import.report.fixed!.map(({ cells }) => cells)).toEqual([300, 74]);

    const change = { workspaceId: w, importId: id, userId: null };
    const sold = async (): Promise<unknown> =>
      (
        await loadPool.query(
          `SELECT count(*)::int AS lines, sum(l.amount)::text AS amount, count(*) FILTER (WHERE b.name = 'Own')::int AS own
           FROM sale_line l JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
           JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id WHERE l.workspace_id = $1`,
          [w],
        )
      ).rows[0];
    await publish(change);
    const first = await sold();
    expect(first).toMatchObject({ lines: found.import.rows_accepted });
    await revert(change);
    expect(await sold()).toMatchObject({ lines: 0 });
    await restore(change);
    expect(await sold()).toEqual(first);
  });

  it('rejects a wrong value again, and takes a fix back', async () => {
    const { workspaceId: w, id } = await dryRun(`${header}\n${rows[0]}\n${rows[9]}\n`);
    await fix(w, id, { values: [{ column: 'amount', from: ' n/a ', to: 'O' }] });
    const wrong = await recheck(w, id);
    expect(wrong.rejects).toMatchObject([{ row_no: 3, column_name: 'amount' }]);
    const { items } = await listRows({ workspaceId: w, importId: id, rows: true }, { limit: 5 });
    expect(items).toMatchObject([{ row: 3, fixed: [{ cell: 7, file: 'n/a' }] }]);
    expect(items[0]!.cells![7]).toBe('O');
    await fix(w, id, {
      cells: [{ row: 3, column: 'amount', to: '2' }],
      values: [{ column: 'amount', from: 'n/a', to: null }],
    });
    expect((await recheck(w, id)).import).toMatchObject({ rows_accepted: 2, rows_rejected: 0 });
    expect(await listFixes(w, id)).toEqual({
      cells: [{ row: 3, column: 'amount', from: 'n/a', to: '2', by: null, at: expect.any(String) }],
      values: [],
      dropped: [],
    });
    const { rows: audit } = await loadPool.query<{ detail: unknown }>(
      `SELECT detail FROM audit_entry WHERE workspace_id = $1 AND action = 'import.fix' ORDER BY id`,
      [w],
    );
    expect(audit.map(({ detail }) => detail)).toEqual([
      { values: ['amount: “n/a” → “O”'] },
      { cells: ['row 3 amount: “n/a” → “2”'], values: ['amount: “n/a” → as in the file'] },
    ]);
  });

  it('may be a product file: a code that comes twice is another one then', async () => {
    const text = 'product,product_name,brand\nP1,One,A\nP1,Two,A\n';
    const { workspaceId: w, id, rejects } = await dryRun(text, {}, { kind: 'products' });
    expect(rejects).toMatchObject([{ row_no: 3 }]);
    expect(await tryRow({ workspaceId: w, importId: id, row: 3, cells: ['P1', 'Two', 'A'] })).toMatchObject([
      { column: 'product' },
    ]);
    expect(await tryRow({ workspaceId: w, importId: id, row: 3, cells: ['P2', 'Two', 'A'] })).toEqual([]);
    await fix(w, id, { cells: [{ row: 3, column: 'product', to: 'P2' }] });
    expect((await recheck(w, id)).members.map(({ code }) => code)).toEqual(['P1', 'P2']);
  });

  it('has the rows and columns that are set right, and not too many of them', async () => {
    const { workspaceId: w, id } = await dryRun(`${header}\n${rows[0]}\n`);
    await expect(fix(w, id, { cells: [{ row: 9, column: 'units', to: '1' }] })).rejects.toMatchObject({
      code: 'invalid_request',
      details: [{ field: 'cells.0.row' }],
    });
    await expect(fix(w, id, { values: [{ column: 'none', from: 'a', to: '1' }] })).rejects.toThrow('no column "none"');
    const many = (from: number) =>
      Array.from({ length: 150 }, (_, at) => ({ column: 'units', from: `${from + at}`, to: '1' }));
    await fix(w, id, { values: many(0) });
    await expect(fix(w, id, { values: many(1_000) })).rejects.toThrow('200 values');
  });
});

describe('a trial of a row', () => {
  it('says what the check would say', async () => {
    // Day and month are told apart by a row far below.
    const days = Array.from({ length: 300 }, (_, at) => `0${1 + (at % 9)}/02/2024,P1,1,€2.50`);
    const text = `date,product,units,amount\n${days.join('\n')}\n25/02/2024,P1,1,€1\n03/04/2024,P1,1,$5\n31/02/2024,P1,x,€1\n`;
    const { workspaceId: w, id, rejects } = await dryRun(text);
    const tried = (row: number, ...cells: string[]) => tryRow({ workspaceId: w, importId: id, row, cells });
    const faults = (row: number) =>
      rejects
        .filter(({ row_no }) => row_no === row)
        .map(({ column_name, reason }) => ({ column: column_name, reason }));
    expect(faults(303)).toHaveLength(1);
    expect(await tried(303, '03/04/2024', 'P1', '1', '$5')).toEqual(faults(303));
    expect(await tried(304, '31/02/2024', 'P1', 'x', '€1')).toEqual(faults(304));
    expect(await tried(304, '25/12/2024', 'P1', '2', '€1')).toEqual([]);
    expect(await tried(304, '12/25/2024', 'P1', '2', '€1')).toMatchObject([{ column: 'date' }]);
  });
});
