import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember } from '@/lib/access/change-people';
import { errorBody } from '@/lib/contract/errors';
import { runQuery, type QueryInput } from '@/lib/contract/query';
import { getWorkspace, updateCalendar } from '@/lib/contract/workspaces';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { ask, makePerson, type Person } from '@/tests/http';
import { insertWorkedExample } from '@/tests/worked-example';

const pool = new Pool({ connectionString: env.DATABASE_URL });
afterAll(() => pool.end());

let admin: Person;
let example: { workspaceId: number; slug: string };

beforeAll(async () => {
  admin = await makePerson();
  example = await insertWorkedExample(pool, `calendar-${randomUUID()}`);
  await addMember({ workspaceId: example.workspaceId, userId: admin.id, role: 'admin' });
});

const inExample = () => ({ cookie: admin.cookie, query: { workspace: example.slug } });
const set = (json: unknown) => ask(updateCalendar, { ...inExample(), json });
const query = (input: Omit<QueryInput, 'metrics'>) =>
  ask(runQuery, { ...inExample(), json: { metrics: ['value_sales'], ...input } });
const totals = async (input: Omit<QueryInput, 'metrics'>) => {
  const { totals: rows, meta } = runQuery.response.parse(await (await query(input)).json());
  return { rows: rows.map((row) => [row.period, row.values.value_sales, row.incomplete ?? false]), meta };
};
const january = { from: '2024-01-01', to: '2024-01-31' };

describe('the calendar', () => {
  it('is changed part by part, on record, and holds from the next answer on', async () => {
    const before = await totals({ ...january, grain: 'week' });
    expect(before.rows.map(([period]) => period)).toEqual(['2024-01-01', '2024-01-08', '2024-01-15', '2024-01-22']);
    const answer = updateCalendar.response.parse(await (await set({ weekStart: 7 })).json());
    expect(answer.dataVersion).toBe(before.meta.dataVersion + 1);
    const after = await totals({ ...january, grain: 'week', minVersion: answer.dataVersion });
    expect(after.rows.map(([period]) => period)).toEqual(['2023-12-31', '2024-01-07', '2024-01-14', '2024-01-21']);
    expect(after.meta.calendar).toEqual({ weekStart: 7, fiscalYearStart: 1, retail: null });
    const [entry] = await db.auditEntry.findMany({
      where: { workspaceId: example.workspaceId, action: 'workspace.calendar' },
    });
    expect(entry).toMatchObject({ userId: admin.id, detail: { weekStart: 7 } });
  });

  it('holds what a day is, for files checked from then on', async () => {
    const { dataVersion } = updateCalendar.response.parse(
      await (await set({ timeZone: 'Europe/Berlin', dayStart: 4 })).json(),
    );
    const query = { workspace: example.slug, minVersion: String(dataVersion) };
    const detail = await ask(getWorkspace, { cookie: admin.cookie, query });
    expect(getWorkspace.response.parse(await detail.json()).clock).toEqual({ timeZone: 'Europe/Berlin', dayStart: 4 });
    // What is published stays as it was read.
    expect((await totals({ ...january, minVersion: dataVersion })).rows).toEqual([[null, 60, false]]);
  });

  it('gives retail periods once there is a retail calendar', async () => {
    const asked = { ...january, grain: 'retail_month' as const };
    const refused = await query(asked);
    expect(refused.status).toBe(422);
    expect(errorBody.parse(await refused.json()).error).toMatchObject({
      message: 'The workspace has no retail calendar; an admin can set one.',
      details: [{ field: 'grain' }],
    });
    const retail = { pattern: '4-5-4', yearEnd: 'nearest' };
    const { dataVersion } = updateCalendar.response.parse(await (await set({ fiscalYearStart: 2, retail })).json());
    // Retail January of 2023 runs from December 31 on: all 60 lie in it, and the data ends before it does.
    expect((await totals({ ...asked, minVersion: dataVersion })).rows).toEqual([['2023-12-31', 60, true]]);
    const detail = await ask(getWorkspace, {
      cookie: admin.cookie,
      query: { workspace: example.slug, minVersion: String(dataVersion) },
    });
    expect(getWorkspace.response.parse(await detail.json()).meta.calendar).toEqual({
      weekStart: 7,
      fiscalYearStart: 2,
      retail,
    });
  });

  it.each([
    [{ weekStart: 0 }, 'weekStart', /^must be 1 \(Monday\) to 7 \(Sunday\)$/],
    [{ fiscalYearStart: 13 }, 'fiscalYearStart', 'a month, 1 to 12'],
    [{ retail: { pattern: '5-5-3', yearEnd: 'last' } }, 'retail.pattern', /4-4-5/],
    [{ retail: { pattern: '4-4-5' } }, 'retail.yearEnd', /last/],
    [{ weekStart: '7' }, 'weekStart', /number/],
    [{ months: 13 }, 'months', /./],
    [{ dayStart: 13 }, 'dayStart', 'an hour, 0 to 12'],
    [{ timeZone: 'Europe/Nowhere' }, 'timeZone', /^must be a time zone such as Europe\/Berlin/],
    [{ timeZone: '+02:00' }, 'timeZone', /^must be a time zone such as/],
  ])('refuses %j', async (json, field, message) => {
    const response = await set(json);
    expect(response.status).toBe(400);
    const [detail] = errorBody.parse(await response.json()).error.details ?? [];
    expect(detail).toEqual({ field, message: expect.stringMatching(message) as string });
  });

  it('waits for no publish', async () => {
    const publish = await pool.connect();
    try {
      await publish.query('BEGIN');
      await publish.query('SELECT 1 FROM workspace WHERE id = $1 FOR NO KEY UPDATE', [example.workspaceId]);
      const response = await set({ weekStart: 1 });
      expect([response.status, errorBody.parse(await response.json()).error.code]).toEqual([409, 'conflict']);
    } finally {
      await publish.query('ROLLBACK');
      publish.release();
    }
  }, 15_000);
});

describe('a comparison', () => {
  it('of a period that is not over is to date, and says so', async () => {
    const { meta } = await totals({ from: '2024-01-15', to: '2024-02-03', compare: 'previous_period' });
    expect([meta.toDate, meta.compareRange]).toEqual(['2024-01-25', { from: '2023-12-26', to: '2024-01-05' }]);
    expect(meta.metrics.value_sales?.notes).toEqual([
      'compared to date: with as much of the comparison period as there is until 2024-01-25',
      'the data starts on 2024-01-02, within the comparison period',
      'no change where only a part of a period can be compared',
    ]);
  });
  it('gives no change where a part would stand beside a whole', async () => {
    await set({ weekStart: 7 });
    const response = await query({ from: '2024-01-10', to: '2024-01-23', grain: 'week', compare: 'previous_period' });
    const { totals: rows } = runQuery.response.parse(await response.json());
    expect(rows.map((row) => [row.period, row.values, row.previous, row.uneven ?? false, row.change])).toEqual([
      // Four of its days, beside a week before the data.
      ['2024-01-07', { value_sales: 8 }, { value_sales: null }, false, { value_sales: null }],
      // A whole week, beside one of which the data lacks two days.
      ['2024-01-14', { value_sales: 13 }, { value_sales: 14 }, true, { value_sales: null }],
      // Sunday to Tuesday, beside Sunday to Tuesday.
      ['2024-01-21', { value_sales: 5 }, { value_sales: 5 }, false, { value_sales: 0 }],
    ]);
  });
  it('to date needs dates that begin a period', async () => {
    const response = await query({ from: '2024-01-09', to: '2024-01-22', compare: 'previous_to_date' });
    expect(errorBody.parse(await response.json()).error.details).toEqual([
      {
        field: 'compare',
        message: 'previous_to_date needs dates that begin a week, month, quarter or year, and end within it',
      },
    ]);
  });
});
