import { afterAll, describe, expect, it, vi } from 'vitest';
import { mapping as mappingShape } from '@/lib/contract/imports';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { changeLock } from './changing';
import { checkFile } from './check';
import { cancel, pause } from './halt';
import { publish } from './publish';
import type { Progress } from './progress';
import { dryRun, importRow, receiveText, recheck } from './received.fixture';
import { revert } from './revert';
import { newWorkspace, numbersOf } from './staged.fixture';
import { prepareCheck } from './state';

vi.hoisted(() => {
  process.env['IMPORT_CHUNK_BYTES'] = '10000';
});
afterAll(async () => {
  await loadPool.end();
  await db.$disconnect();
});

const rows = 24_000;
const text = `date,product,units,amount,other\n${Array.from({ length: rows }, (_, at) => `2024-01-0${1 + (at % 9)},P${at % 50},1,${at % 100}.25,2`).join('\n')}\n`;

const small = async (file: string) => dryRun(file, {}, { workspaceId: await newWorkspace() });

/** Checks a file of several chunks; `halt` happens after the second. */
async function halted(halt: (one: { workspaceId: number; importId: number }) => Promise<void>) {
  const workspaceId = await newWorkspace();
  const importId = await receiveText(workspaceId, text);
  const { mapping } = await importRow(workspaceId, importId);
  let seen = 0;
  const onProgress = async ({ stage }: Progress): Promise<void> => {
    if (stage === 'reading' && (seen += 1) === 2) await halt({ workspaceId, importId });
  };
  await checkFile({ workspaceId, importId, mapping, onProgress });
  return { workspaceId, importId };
}

const staged = async (workspaceId: number): Promise<number> =>
  (await loadPool.query('SELECT FROM staged_line WHERE workspace_id = $1', [workspaceId])).rows.length;

describe('a check', () => {
  it('that is paused keeps what it has read, and goes on from there', async () => {
    const { workspaceId, importId } = await halted(pause);
    expect((await importRow(workspaceId, importId)).state).toBe('paused');
    const before = await staged(workspaceId);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(rows);
    await pause({ workspaceId, importId });
    const { rows: told } = await loadPool.query(
      'SELECT action FROM audit_entry WHERE workspace_id = $1 AND subject = $2 ORDER BY id',
      [workspaceId, `import ${importId}`],
    );
    expect(told).toEqual([{ action: 'import.upload' }, { action: 'import.pause' }]);
    const { import: row, lines } = await recheck(workspaceId, importId);
    expect(row).toMatchObject({ state: 'validated', rows_in: rows, rows_accepted: rows });
    expect(lines).toHaveLength(rows);
  });

  it('that is cancelled leaves the file as it was uploaded', async () => {
    const { workspaceId, importId } = await halted(cancel);
    expect(await importRow(workspaceId, importId)).toMatchObject({ state: 'uploaded', rows_in: null, error: null });
    expect(await staged(workspaceId)).toBe(0);
    await cancel({ workspaceId, importId });
    expect((await recheck(workspaceId, importId)).import).toMatchObject({ state: 'validated', rows_accepted: rows });
  });

  it('that is paused can be cancelled', async () => {
    const { workspaceId, importId } = await halted(pause);
    await cancel({ workspaceId, importId });
    expect((await importRow(workspaceId, importId)).state).toBe('uploaded');
    expect(await staged(workspaceId)).toBe(0);
  });

  it('asked for with another mapping while a cancelled one still reads is of the other mapping alone', async () => {
    const other = mappingShape.parse({
      columns: { date: 'date', product: 'product', units: 'units', amount: 'other' },
    });
    const { workspaceId, importId } = await halted(async (one) => {
      await cancel(one);
      await prepareCheck({ ...one, kind: 'transactions', mapping: other });
    });
    expect((await importRow(workspaceId, importId)).state).toBe('validating');
    await checkFile({ workspaceId, importId, mapping: other, asked: true });
    const whole = await dryRun(text, { columns: other.columns });
    const { state, total_amount, rows_accepted } = await importRow(workspaceId, importId);
    expect({ state, total_amount, rows_accepted }).toEqual({
      state: 'validated',
      total_amount: whole.import.total_amount,
      rows_accepted: rows,
    });
    expect(await staged(workspaceId)).toBe(rows);
  });

  it('that does not run cannot be paused, and what is done cannot be cancelled', async () => {
    const { workspaceId, id: importId } = await small('date,product,amount\n2024-01-01,p,1\n');
    await expect(pause({ workspaceId, importId })).rejects.toThrow('only a check can be paused');
    await expect(cancel({ workspaceId, importId })).rejects.toThrow('nothing of it is under way');
    await expect(pause({ workspaceId: await newWorkspace(), importId })).rejects.toMatchObject({ code: 'not_found' });
    await publish({ workspaceId, importId, userId: null });
    await expect(cancel({ workspaceId, importId })).rejects.toThrow('Revert it instead');
  });
});

describe('a change that is cancelled', () => {
  it.each(['members', 'lines', 'rollups'])('rolls back at its next step: %s', async (step) => {
    const { workspaceId, id: importId } = await small('date,product,amount\n2024-01-01,p,1\n2024-02-01,q,2\n');
    const change = { workspaceId, importId, userId: null };
    const before = await numbersOf(workspaceId);
    const once = () => {
      let asked = false;
      return async ({ stage }: Progress): Promise<void> => {
        if (stage !== step || asked) return;
        asked = true;
        await cancel(change);
      };
    };
    await publish({ ...change, onProgress: once() });
    expect(await importRow(workspaceId, importId)).toMatchObject({ state: 'validated', error: null });
    expect(await numbersOf(workspaceId)).toEqual(before);
    // A job for it that comes late has nothing to do.
    await publish({ ...change, asked: true });
    expect((await importRow(workspaceId, importId)).state).toBe('validated');
    await publish(change);
    const published = await numbersOf(workspaceId);
    expect(published).not.toEqual(before);
    await revert({ ...change, onProgress: once() });
    expect(await importRow(workspaceId, importId)).toMatchObject({ state: 'published', error: null });
    expect(await numbersOf(workspaceId)).toEqual(published);
    await revert({ ...change, asked: true });
    expect((await importRow(workspaceId, importId)).state).toBe('published');
    await revert(change);
    expect((await importRow(workspaceId, importId)).state).toBe('reverted');
  });

  it.each(['publish', 'revert'] as const)('ends at once in a statement that takes for ever: %s', async (verb) => {
    const { workspaceId, id: importId } = await small('date,product,amount\n2024-01-01,p,1\n2024-02-01,q,2\n');
    const change = { workspaceId, importId, userId: null };
    if (verb === 'revert') await publish(change);
    const before = await numbersOf(workspaceId);
    // Another change of the workspace keeps this one waiting in its statement.
    const other = await loadPool.connect();
    await other.query('BEGIN');
    await other.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [changeLock(workspaceId)]);
    const running = (verb === 'publish' ? publish : revert)(change);
    const waits = async (): Promise<boolean> =>
      (
        await other.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND pid IN
        (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`)
      ).rowCount! > 0;
    await vi.waitUntil(waits, { timeout: 20_000, interval: 50 });
    const asked = performance.now();
    await cancel(change);
    await running;
    expect(performance.now() - asked).toBeLessThan(10_000);
    await other.query('ROLLBACK');
    other.release();
    const state = verb === 'publish' ? 'validated' : 'published';
    expect(await importRow(workspaceId, importId)).toMatchObject({ state, error: null });
    expect(await numbersOf(workspaceId)).toEqual(before);
    // The connection that was cut short serves the next one.
    await (verb === 'publish' ? publish : revert)(change);
    expect(await numbersOf(workspaceId)).not.toEqual(before);
  });

  it('cannot be paused', async () => {
    const { workspaceId, id: importId } = await small('date,product,amount\n2024-01-01,p,1\n');
    const onProgress = async (): Promise<void> => {
      await expect(pause({ workspaceId, importId })).rejects.toThrow('cancel it instead');
    };
    await publish({ workspaceId, importId, userId: null, onProgress });
    expect((await importRow(workspaceId, importId)).state).toBe('published');
  });
});
