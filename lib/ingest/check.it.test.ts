import { rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { mapping as mappingShape } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';
import { checkFile, type Progress } from './check';
import { dryRun, importRow, newWorkspace, receiveText, recheck } from './received.fixture';

afterAll(() => loadPool.end());

const CSV = 'date,product,units,amount,other\n2024-01-05,P1,1,2.50,9\n2024-01-06,P2,2,x,8\n';

it('checked again with another mapping, what the first check left is gone', async () => {
  const first = await dryRun(CSV);
  expect(first.import).toMatchObject({ rows_accepted: 1, rows_rejected: 1, total_amount: '2.5000' });
  const second = await recheck(first.workspaceId, first.id, {
    columns: { date: 'date', product: 'product', units: 'units', amount: 'other' },
  });
  expect(second.import).toMatchObject({
    state: 'validated',
    rows_accepted: 2,
    rows_rejected: 0,
    total_amount: '17.0000',
  });
  expect(second.lines).toHaveLength(2);
  expect(second.rejects).toEqual([]);
});

it('fails with a sentence on a mapping that does not fit, staged rows of the check before gone', async () => {
  const first = await dryRun(CSV);
  const second = await recheck(first.workspaceId, first.id, { columns: { date: 'nowhere' } });
  expect(second.import.state).toBe('failed');
  expect(second.import.error).toMatch(/^The mapping does not fit the file\. date: the file has no column "nowhere"; /);
  expect(second.import).toMatchObject({ rows_in: null, total_amount: null });
  expect([...second.lines, ...second.rejects]).toEqual([]);
});

it('fails with a sentence on a file damaged since, and on one published since', async () => {
  const first = await dryRun(CSV);
  writeFileSync(first.import.file_path, Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]));
  expect((await recheck(first.workspaceId, first.id)).import).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('damaged or cut off'),
  });

  const workspaceId = await newWorkspace();
  const [one, two] = [await receiveText(workspaceId, CSV, 'one.csv'), await receiveText(workspaceId, CSV, 'two.csv')];
  await loadPool.query(
    `UPDATE import SET state = 'published', published_at = now() WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, one],
  );
  expect((await recheck(workspaceId, two)).import).toMatchObject({
    state: 'failed',
    error: expect.stringContaining(`"one.csv", import ${one}`),
  });
});

it.each([
  ['of the same length', CSV.replace('2.50', '2.60')],
  ['longer', `${CSV}2024-01-07,P2,2,3,8\n`],
  ['cut off', CSV.slice(0, -20)],
])('fails with a sentence on a file changed since it was received: %s', async (_, text) => {
  const first = await dryRun(CSV);
  writeFileSync(first.import.file_path, text);
  const { import: row, lines, rejects } = await recheck(first.workspaceId, first.id);
  expect(row).toMatchObject({ state: 'failed', error: expect.stringContaining('not as it was received') });
  expect([...lines, ...rejects]).toEqual([]);
});

it('fails with a sentence on a packed file with something else behind it, and on one that is gone', async () => {
  const workspaceId = await newWorkspace();
  const packed = Buffer.concat([gzipSync(CSV), Buffer.alloc(600_000)]);
  const whole = await receiveText(workspaceId, packed);
  expect((await recheck(workspaceId, whole)).import.state).toBe('validated');
  const { file_path: path } = await importRow(workspaceId, whole);
  writeFileSync(path, packed.fill(1, packed.length - 1));
  expect((await recheck(workspaceId, whole)).import).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('not as it was received'),
  });
  rmSync(path);
  await expect(recheck(workspaceId, whole)).rejects.toThrow('ENOENT');
  expect(await importRow(workspaceId, whole)).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('not where it was kept'),
  });
});

describe('refuses to check', () => {
  const mapping = mappingShape.parse({ columns: {} });
  it('what is published, and what is not there or of another workspace', async () => {
    const { workspaceId, id } = await dryRun(CSV);
    await expect(checkFile({ workspaceId: await newWorkspace(), importId: id, mapping })).rejects.toMatchObject({
      code: 'not_found',
    });
    await loadPool.query(`UPDATE import SET state = 'published', published_at = now() WHERE workspace_id = $1`, [
      workspaceId,
    ]);
    await expect(checkFile({ workspaceId, importId: id, mapping })).rejects.toMatchObject({ code: 'conflict' });
    expect((await importRow(workspaceId, id)).state).toBe('published');
  });
});

describe('a long file', () => {
  const rows = 60_000;
  const text = `date,product,units,amount\n${Array.from({ length: rows }, (_, at) => `2024-01-0${1 + (at % 9)},P${at},1,${at % 100}.25`).join('\n')}\n`;

  it('tells how far it is', async () => {
    const workspaceId = await newWorkspace();
    const id = await receiveText(workspaceId, text);
    const seen: Progress[] = [];
    const { mapping } = await importRow(workspaceId, id);
    await checkFile({ workspaceId, importId: id, mapping, onProgress: (progress) => void seen.push(progress) });
    const reading = seen.filter(({ stage }) => stage === 'reading');
    expect(reading.length).toBeGreaterThan(0);
    for (const { done, total } of reading) {
      expect(done).toBeLessThanOrEqual(total!);
      expect(total).toBeLessThan(rows * 1.5);
    }
    expect(await importRow(workspaceId, id)).toMatchObject({ state: 'validated', rows_accepted: rows });
  });

  it('stops between chunks when told to, and goes on from there', async () => {
    const workspaceId = await newWorkspace();
    const id = await receiveText(workspaceId, text);
    const { mapping } = await importRow(workspaceId, id);
    const stop = new AbortController();
    const onProgress = (): void => stop.abort(new Error('stopped'));
    await expect(checkFile({ workspaceId, importId: id, mapping, onProgress, signal: stop.signal })).rejects.toThrow(
      'stopped',
    );
    const { rows: left } = await loadPool.query<{ n: number; last: number }>(
      'SELECT count(*)::int AS n, max(row_no) AS last FROM staged_line WHERE workspace_id = $1',
      [workspaceId],
    );
    expect(left[0]!.n).toBeGreaterThan(0);
    expect(left[0]!.n).toBeLessThan(rows);
    const { rows: kept } = await loadPool.query('SELECT row_no FROM import_checkpoint WHERE workspace_id = $1', [
      workspaceId,
    ]);
    expect(kept).toEqual([{ row_no: left[0]!.last }]);
    expect((await importRow(workspaceId, id)).state).toBe('validating');
    expect((await recheck(workspaceId, id)).import).toMatchObject({ state: 'validated', rows_accepted: rows });
  });

  it('discarded meanwhile, leaves nothing staged', async () => {
    const workspaceId = await newWorkspace();
    const id = await receiveText(workspaceId, text);
    const { mapping } = await importRow(workspaceId, id);
    const onProgress = async (): Promise<void> => {
      await loadPool.query(`UPDATE import SET state = 'cancelled' WHERE workspace_id = $1 AND id = $2`, [
        workspaceId,
        id,
      ]);
    };
    await checkFile({ workspaceId, importId: id, mapping, onProgress });
    const { rows: left } = await loadPool.query('SELECT FROM staged_line WHERE workspace_id = $1', [workspaceId]);
    expect(left).toEqual([]);
    expect(await importRow(workspaceId, id)).toMatchObject({ state: 'cancelled', rows_in: null });
  });
});

it('names the columns that the header has no name for', async () => {
  const found = await dryRun('date,product,units,amount\n2024-01-05,P1,1,2.50,shop,x\n2024-01-06,P2,2,2.50,web,y\n');
  expect(found.import.report.warnings).toContainEqual({
    rule: 'unnamed_column',
    message: 'The header has no name for Column 5, Column 6',
    count: 2,
    rows: [],
  });
});

it('writes large numbers in its sentences as people do', async () => {
  const rows = Array.from({ length: 1_200 }, (_, at) => `2024-01-05,P${at},1,free\n`).join('');
  const columns = { date: 'date', product: 'product', units: 'units', amount: 'amount' };
  const found = await dryRun(`date,product,units,amount\n${rows}`, { columns });
  expect(found.import.error).toMatch(/^None of the 1,200 rows can be taken\. amount: /);
});

it('reads each column of numbers with the decimal sign that it shows', async () => {
  const found = await dryRun(
    'date;product;units;amount\n2024-01-05;P1;1.5;2,50\n2024-01-06;P2;2.25;1.002,50\n2024-01-07;P3;0.5;3,00\n',
  );
  expect(found.import).toMatchObject({ rows_rejected: 0, total_units: '4.250', total_amount: '1008.0000' });
  expect(found.import.report.warnings).toContainEqual(expect.objectContaining({ rule: 'other_decimal', count: 1 }));
});
