import { afterAll, expect, it } from 'vitest';
import { loadPool } from '@/lib/db/pool';
import { dryRun, newWorkspace, type Outcome } from './received.fixture';

afterAll(() => loadPool.end());

async function workspaceOn(timeZone: string | null, dayStart: number): Promise<number> {
  const id = await newWorkspace();
  await loadPool.query('UPDATE workspace SET time_zone = $2, day_start = $3 WHERE id = $1', [id, timeZone, dayStart]);
  return id;
}

const read = async (rows: string[], workspaceId: number, header = 'date,product,amount'): Promise<Outcome> =>
  dryRun([header, ...rows].join('\n'), {}, { workspaceId });
const moments = async ({ import: { id } }: Outcome) => {
  const { rows } = await loadPool.query<{ at: string }>(
    `SELECT to_char(date, 'YYYY-MM-DD') || coalesce(to_char("time", ' HH24:MI'), '') AS at FROM staged_line
     WHERE import_id = $1 ORDER BY row_no`,
    [id],
  );
  return rows.map(({ at }) => at);
};
const counts = ({ import: { report } }: Outcome) =>
  Object.fromEntries(
    report.warnings
      .filter(({ rule }) => rule === 'other_zone' || rule === 'day_before')
      .map(({ rule, count, rows }) => [rule, [count, ...rows]]),
  );

const stamped = [
  '2024-02-01T00:30:00Z,P1,1',
  '2024-02-01T03:30:00+01:00,P1,1',
  '2024-02-01 03:30,P1,1',
  '2024-02-01,P1,1',
];

it('a workspace that sets nothing reads times as they stand', async () => {
  const found = await read(stamped, await newWorkspace());
  expect(await moments(found)).toEqual(['2024-02-01 00:30', '2024-02-01 03:30', '2024-02-01 03:30', '2024-02-01']);
  expect(counts(found)).toEqual({});
});

it('times that say their zone are put into the workspace’s, others stay', async () => {
  const found = await read(stamped, await workspaceOn('America/New_York', 0));
  expect(await moments(found)).toEqual(['2024-01-31 19:30', '2024-01-31 21:30', '2024-02-01 03:30', '2024-02-01']);
  expect(counts(found)).toEqual({ other_zone: [2, 2, 3] });
  expect(found.import).toMatchObject({ date_from: '2024-01-31', date_to: '2024-02-01' });
});

it('what is sold before the day starts belongs to the day before, and is counted', async () => {
  const found = await read(stamped, await workspaceOn(null, 3));
  expect(await moments(found)).toEqual(['2024-01-31 00:30', '2024-02-01 03:30', '2024-02-01 03:30', '2024-02-01']);
  expect(counts(found)).toEqual({ day_before: [1, 2] });
});

it('a time in a column of its own is read so, too', async () => {
  const rows = ['2024-02-01,01:59,P1,1', '2024-02-01,02:00,P1,1', '2024-03-01,00:10Z,P1,1'];
  const found = await read(rows, await workspaceOn('UTC', 2), 'date,time,product,amount');
  expect(await moments(found)).toEqual(['2024-01-31 01:59', '2024-02-01 02:00', '2024-02-29 00:10']);
});

it('seconds since 1970 are an instant, of whatever day it is here', async () => {
  // 2024-01-05 00:00:00 and 23:30:00 UTC.
  const rows = ['1704412800,P1,1', '1704497400,P1,1'];
  expect(await moments(await read(rows, await workspaceOn('Europe/Berlin', 0)))).toEqual([
    '2024-01-05 01:00',
    '2024-01-06 00:30',
  ]);
});

it('a day that is none here any more is rejected with the reason', async () => {
  const found = await read(['1970-01-01 00:30,P1,1', '1970-01-02 00:30,P1,1'], await workspaceOn(null, 4));
  expect(found.rejects).toMatchObject([{ row_no: 2, column_name: 'date', reason: 'The year is outside 1970 to 2199' }]);
  expect(await moments(found)).toEqual(['1970-01-01 00:30']);
});
