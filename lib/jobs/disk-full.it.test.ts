import { dropDatabase } from './own-database.fixture';
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isDiskFull, passes } from '@/lib/db/fault';
import { toApiError } from '@/lib/http/error-response';
import { loadPool } from '@/lib/db/pool';
import { db } from '@/lib/db/client';
import { readImport } from '@/lib/ingest/read';
import { startJobs, stopJobs } from './queue';
import { requestPublish, requestResume } from './request';
import { check, csv, everything, newWorkspace, published, reaches, received, until } from './trial.fixture';

// The database says that its disk is full, by the error that it then gives: what was done stays, and goes on.

beforeAll(() => startJobs());
afterAll(async () => {
  await stopJobs();
  await loadPool.end();
  await db.$disconnect();
  await dropDatabase();
});

/** Rows of the table are refused as if there were no room for them, while this runs. */
async function withoutRoomFor(table: string, run: () => Promise<void>): Promise<void> {
  await loadPool.query(
    `CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$`,
  );
  await loadPool.query(
    `CREATE TRIGGER no_room BEFORE INSERT ON ${table} FOR EACH ROW WHEN (NEW.row_no > 9000) EXECUTE FUNCTION no_room()`,
  );
  try {
    await run();
  } finally {
    await loadPool.query(`DROP TRIGGER no_room ON ${table}`);
  }
}

const text = csv('01', 60_000);

it('a check rests, and goes on when there is room', async () => {
  const trial = await received(await newWorkspace(), text);
  await withoutRoomFor('staged_line', async () => {
    await check(trial);
    await reaches(trial, 'paused');
  });
  expect((await readImport(trial.workspaceId, trial.importId)).error).toMatch(/^The disk is full\./);
  await requestResume(trial);
  await reaches(trial, 'validated');
  expect(await readImport(trial.workspaceId, trial.importId)).toMatchObject({
    rowsIn: 60_000,
    rowsAccepted: 60_000,
    error: null,
  });
});

it('a publish leaves everything as before, and can be made again', async () => {
  const w = await newWorkspace();
  await published(w, csv('02', 50));
  const before = await everything(w);
  const trial = await received(w, csv('01', 9_500));
  await check(trial);
  await reaches(trial, 'validated');
  await withoutRoomFor('sale_line', async () => {
    await requestPublish(trial);
    await until('it says so', async () => (await readImport(w, trial.importId)).error !== null);
  });
  expect(await readImport(w, trial.importId)).toMatchObject({
    state: 'validated',
    error: expect.stringMatching(/^The disk is full\. Nothing was changed/),
  });
  expect(await everything(w)).toEqual(before);
  await requestPublish(trial);
  await reaches(trial, 'published');
});

it.skipIf(!existsSync('/dev/full'))('a file that finds no room is refused for now (needs /dev/full)', () => {
  const full = openSync('/dev/full', 'w');
  try {
    writeSync(full, 'x');
    throw new Error('There was room.');
  } catch (error) {
    expect(isDiskFull(error)).toBe(true);
    expect(passes(error)).toBe(false);
    expect(toApiError(error)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('is full') });
  } finally {
    closeSync(full);
  }
});
