import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPool as pool } from '@/lib/db/pool';
import { salesLevels, shopperLevels, sumColumns, tripColumns } from './levels';

// The shapes in which pages read rollups must go by primary key. Rollups refer to no other table: rows of a workspace
// that does not exist are enough, in numbers that make a wrong index dear.

const workspaceId = randomInt(1_000_000_000, 2_000_000_000);
const columns = [...sumColumns, ...tripColumns];

beforeAll(async () => {
  for (const { table, time, place, members } of salesLevels) {
    const brands = members.some((kind) => kind === 2);
    await pool.query(
      `INSERT INTO ${table} (workspace_id, category_id, member_kind, member_id, ${time}, ${place ? 'region_id, channel_id,' : ''} ${columns.join(', ')})
       SELECT ${workspaceId}, ${brands ? 'c, 2, m' : '20 * c + m, 0, 0'}, '2024-01-01'::date + d, ${place ? '1, 1,' : ''} ${columns.map(() => '1').join(', ')}
       FROM generate_series(1, 5) c, generate_series(1, 20) m, generate_series(0, 199) d`,
    );
    await pool.query(`VACUUM ANALYZE ${table}`);
  }
  for (const { table, time, column } of shopperLevels) {
    await pool.query(
      `INSERT INTO ${table} (workspace_id, category_id, brand_id, ${time}, chunk, ${column})
       SELECT ${workspaceId}, c, m, '2024-01-01'::date + d, 0, ${column === 'bits' ? 'shopper_bits(m, 1)' : 'array_agg(m)'}
       FROM generate_series(1, 5) c, generate_series(1, 20) m, generate_series(0, 99) d GROUP BY c, m, d`,
    );
    await pool.query(`VACUUM ANALYZE ${table}`);
  }
});
afterAll(async () => {
  for (const { table } of [...salesLevels, ...shopperLevels]) {
    await pool.query(`DELETE FROM ${table} WHERE workspace_id = $1`, [workspaceId]);
  }
  await pool.end();
});

async function indexesOf(sql: string): Promise<string[]> {
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  return [...plan.matchAll(/(?:using|Index Scan on|Seq Scan on) (\w+)/g)].map(([, name = '']) => name);
}

describe.each(salesLevels)('$table', ({ table, time, members }) => {
  it.each(
    [
      ['the whole of a category', 0, 'member_kind = 0 AND member_id = 0'],
      ['one member', 2, 'member_kind = 2 AND member_id = 3'],
      ['all members of a kind', 2, 'member_kind = 2'],
    ].filter(([, kind]) => members.some((kept) => kept === kind)),
  )('reads %s over a range of dates by primary key', async (_, __, those) => {
    const indexes = await indexesOf(
      `SELECT member_id, sum(amount) FROM ${table} WHERE workspace_id = ${workspaceId} AND category_id = 4 AND ${those}
       AND ${time} BETWEEN '2024-01-10' AND '2024-07-10' GROUP BY 1`,
    );
    expect(indexes).toEqual([`${table}_pkey`]);
  });
});

describe.each(shopperLevels)('$table', ({ table, time, column }) => {
  it.each([
    ['one brand', 'brand_id = 3'],
    ['all brands', 'brand_id > 0'],
  ])('reads %s over a range of dates by primary key', async (_, brands) => {
    const indexes = await indexesOf(
      `SELECT brand_id, ${column === 'bits' ? 'bit_count(bit_or(bits))' : 'array_agg(shoppers)'} FROM ${table} WHERE workspace_id = ${workspaceId} AND category_id = 4
       AND ${brands} AND ${time} BETWEEN '2024-01-05' AND '2024-04-01' GROUP BY brand_id, chunk`,
    );
    expect(indexes).toEqual([`${table}_pkey`]);
  });
});
