import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/lib/contract/errors';
import { querySpec, queryResponse, type QueryInput } from '@/lib/contract/query';
import { env } from '@/lib/env';
import { exampleRange, insertWorkedExample, type WorkedExample } from '@/tests/worked-example';
import { runQuery } from './run';

vi.hoisted(() => {
  process.env['DATABASE_STATEMENT_TIMEOUT'] = '2000';
});

const pool = new Pool({ connectionString: env.DATABASE_URL });
let example: WorkedExample;

beforeAll(async () => {
  example = await insertWorkedExample(pool);
  await pool.query(`UPDATE product SET attributes = '{"colour": "red"}' WHERE workspace_id = $1`, [
    example.workspaceId,
  ]);
});
afterAll(() => pool.end());

const ask = (input: Partial<QueryInput> = {}) =>
  runQuery(example.workspaceId, querySpec.parse({ ...exampleRange, metrics: ['value_sales'], ...input }));

async function fault(input: Partial<QueryInput>): Promise<ApiError> {
  const error = await ask(input).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError)) throw new Error(`expected an ApiError, got ${String(error)}`);
  return error;
}

describe('what is asked wrongly', () => {
  it.each<[string, () => Partial<QueryInput>, string, RegExp]>([
    [
      'an id of nobody',
      () => ({ filters: { brand: [example.brands.X, 999_999_999] } }),
      'filters.brand',
      /no brand 999999999/,
    ],
    [
      'an excluded id of nobody',
      () => ({ filters: { exclude: { region: [999_999_999] } } }),
      'filters.exclude.region',
      /no region 999999999/,
    ],
    [
      'an unknown attribute to leave out',
      () => ({ filters: { exclude: { attributes: [{ of: 'product', name: 'color', values: ['red'] }] } } }),
      'filters.exclude.attributes.0.name',
      /"colour"/,
    ],
    [
      'a group of shoppers of nobody’s brand',
      () => ({ filters: { shoppers: [{ are: 'buyers', ...exampleRange, brand: [999_999_999] }] } }),
      'filters.shoppers.0.brand',
      /no brand 999999999/,
    ],
    ['a market of nobody', () => ({ market: [999_999_999] }), 'market', /no category/],
    ['an unknown attribute', () => ({ by: 'product:color' }), 'by', /"colour"/],
    ['a sort by what is not asked', () => ({ sort: '-buyers' }), 'sort', /value_sales/],
    [
      'a sort by a contribution that is none',
      () => ({ metrics: ['buyers'], sort: 'contribution:buyers' }),
      'sort',
      /name/,
    ],
    ['a sort by change without a comparison', () => ({ sort: 'change:value_sales' }), 'sort', /comparison/],
    ['a made-up cursor', () => ({ by: 'brand', cursor: 'x' }), 'cursor', /nextCursor/],
    [
      'a comparison that ends before it starts',
      () => ({ compare: { from: '2024-02-01', to: '2024-01-01' } }),
      'compare.to',
      /before/,
    ],
    ['more periods than fit', () => ({ from: '1990-01-01', by: 'brand', grain: 'day' }), 'grain', /coarser/],
    ['text that no database holds', () => ({ by: 'product:a\0' }), 'by', /NUL/],
  ])('%s is named', async (_, input, field, message) => {
    const error = await fault(input());
    expect(error.code).toBe('invalid_request');
    expect(error.details?.[0]).toEqual({ field, message: expect.stringMatching(message) as string });
  });

  it.each<[string, Partial<QueryInput>, string, RegExp]>([
    ['an id past the range of ids', { filters: { store: [9_007_199_254_740_991] } }, 'filters.store.0', /2147483647/],
    ['a date before all calendars', { from: '0000-01-01' }, 'from', /1970-01-01/],
  ])('%s is named before anything is read', (_, input, field, message) => {
    const issues = querySpec.safeParse({ ...exampleRange, metrics: ['value_sales'], ...input }).error?.issues ?? [];
    expect(issues.map(({ path, message: told }) => ({ field: path.join('.'), message: told }))).toEqual([
      { field, message: expect.stringMatching(message) as string },
    ]);
  });

  it('another workspace’s brand is nobody here', async () => {
    const other = await insertWorkedExample(pool);
    const error = await fault({ filters: { brand: [other.brands.X] } });
    expect(error.details?.[0]?.field).toBe('filters.brand');
  });
});

describe('pages', () => {
  it('follow one another without gap or overlap, in the order asked for', async () => {
    const first = await ask({ by: 'brand', limit: 2 });
    expect(first.rows.map((row) => row.member?.name)).toEqual(['X', 'Y']);
    expect(first.rowCount).toBe(3);
    const second = await ask({ by: 'brand', limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.rows.map((row) => row.member?.name)).toEqual(['Z']);
    expect(second.nextCursor).toBeNull();
    expect(second.totals[0]?.values.value_sales).toBe(60);
  });
  it('of other data are refused', async () => {
    const { nextCursor } = await ask({ by: 'brand', limit: 1 });
    await pool.query('UPDATE workspace SET data_version = data_version + 1 WHERE id = $1', [example.workspaceId]);
    expect((await fault({ by: 'brand', limit: 1, cursor: nextCursor ?? '' })).code).toBe('conflict');
  });
  it('hold what is searched for', async () => {
    const found = await ask({ by: 'store', search: 'STORE b', sort: 'name' });
    expect(found.rows.map((row) => row.member)).toEqual([{ id: example.stores.B, name: 'Store B', parent: 'South' }]);
    expect(found.rowCount).toBe(1);
  });
  it('sort either way, by name, value, change or contribution', async () => {
    const names = async (sort: string) =>
      (
        await ask({
          by: 'brand',
          market: 'slice',
          sort,
          from: '2024-01-15',
          compare: { from: '2024-01-01', to: '2024-01-14' },
        })
      ).rows.map((row) => row.member?.name);
    expect(await names('name')).toEqual(['X', 'Y', 'Z']);
    expect(await names('-name')).toEqual(['Z', 'Y', 'X']);
    expect(await names('value_sales')).toEqual(['Y', 'X', 'Z']);
    // X 14 after 15, Y 4 after 12, Z new: it has no change, and comes last.
    expect(await names('-change:value_sales')).toEqual(['X', 'Y', 'Z']);
    expect(await names('change:value_sales')).toEqual(['Y', 'X', 'Z']);
    // To the market of 27 before, X adds −1, Y −8, Z 15.
    expect(await names('-contribution:value_sales')).toEqual(['Z', 'X', 'Y']);
    expect(await names('contribution:value_sales')).toEqual(['Y', 'X', 'Z']);
  });
  it('bring all periods of their members', async () => {
    const { rows, rowCount, nextCursor } = await ask({ by: 'brand', grain: 'week', limit: 1 });
    expect(rows.map((row) => [row.member?.name, row.period, row.values.value_sales])).toEqual([
      ['X', '2024-01-01', 10],
      ['X', '2024-01-08', 5],
      ['X', '2024-01-15', 9],
      ['X', '2024-01-22', 5],
    ]);
    expect([rowCount, typeof nextCursor]).toEqual([3, 'string']);
  });
});

describe('a comparison', () => {
  it('contributes to the growth of the market', async () => {
    const { rows, totals, meta } = await ask({
      by: 'brand',
      market: 'slice',
      sort: 'name',
      from: '2024-01-15',
      compare: { from: '2024-01-01', to: '2024-01-14' },
    });
    // 27 before, 33 now: X −1, Y −8, Z +15.
    const points = rows.map((row) => row.contribution?.value_sales ?? NaN);
    expect(points.map((one) => one.toFixed(4))).toEqual([-1, -8, 15].map((change) => ((change / 27) * 100).toFixed(4)));
    expect(points.reduce((sum, one) => sum + one, 0)).toBeCloseTo(totals[0]?.change?.value_sales ?? NaN, 10);
    expect(rows.map((row) => row.shareOfGrowth?.value_sales)).toEqual([null, null, 250]);
    expect(meta.compareRange).toEqual({ from: '2024-01-01', to: '2024-01-14' });
  });
  it('before the data has no values, and says so', async () => {
    const { totals, meta } = await ask({ compare: 'previous_year' });
    expect(totals[0]?.previous?.value_sales).toBeNull();
    expect(totals[0]?.change?.value_sales).toBeNull();
    expect(meta.metrics.value_sales?.notes).toEqual(['the comparison period lies outside the data']);
  });
});

describe('an answer', () => {
  it('has the shape that the contract promises', async () => {
    const answer = await ask({
      metrics: ['value_share', 'penetration', 'volume_sales'],
      by: 'brand',
      compare: 'previous_period',
    });
    expect(queryResponse.parse(answer)).toEqual(answer);
  });
  it('marks periods that the range or the data cuts', async () => {
    const { totals } = await ask({ from: '2024-01-03', to: '2024-01-31', grain: 'week' });
    // From the second day of the data's first week to the Thursday of its last.
    expect(totals.map((row) => row.incomplete ?? false)).toEqual([false, false, true]);
  });
  it('says how a ratio came about', async () => {
    const { meta } = await ask({ metrics: ['value_share'], filters: { brand: [example.brands.X] } });
    expect(meta.metrics.value_share).toMatchObject({
      state: 'ok',
      source: 'sales_month',
      because: 'The dates are whole months, which sales_month holds.',
      leaves: [
        { label: 'Value sales', unit: 'money', value: 29 },
        { label: 'Value sales of the market', unit: 'money', value: 45 },
      ],
    });
    expect(meta.market).toBe('Coffee');
  });
  it('of weekly data has no days', async () => {
    const weekly = await insertWorkedExample(pool);
    await pool.query(`UPDATE workspace SET grain = 'week' WHERE id = $1`, [weekly.workspaceId]);
    const daily = querySpec.parse({ ...exampleRange, metrics: ['value_sales'], grain: 'day' });
    await expect(runQuery(weekly.workspaceId, daily)).rejects.toMatchObject({ code: 'unprocessable' });
    const { totals } = await runQuery(weekly.workspaceId, { ...daily, grain: 'week' });
    expect(totals).toHaveLength(4);
    // A week of weekly data is whole with its one date.
    expect(totals.some((row) => row.incomplete)).toBe(false);
  });
  it('that takes too long is given up, with advice', async () => {
    const blocker = await pool.connect();
    try {
      // Asks again and again rather than wait: readers of other tests would queue behind a waiting lock.
      await vi.waitFor(
        () =>
          blocker.query(
            `ROLLBACK; BEGIN; SET LOCAL lock_timeout = '100ms'; LOCK TABLE region IN ACCESS EXCLUSIVE MODE`,
          ),
        { timeout: 60_000, interval: 300 },
      );
      expect(await fault({ by: 'region' })).toMatchObject({
        code: 'timed_out',
        message: expect.stringContaining('fewer dates') as string,
      });
    } finally {
      await blocker.query('ROLLBACK');
      blocker.release();
    }
  });
});
