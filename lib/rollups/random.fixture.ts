import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** Numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A workspace with all that lines may lack or hold: anonymous, without store or basket, returns, no units; stores without
 * region or channel; a brand in two categories, one of them with children; a brand without manufacturer; every kind of
 * pack; shoppers on both sides of number 65536.
 */
export async function insertRandomWorkspace(
  pool: Pool,
  { seed, basketsSpan, slug }: { seed: number; basketsSpan: boolean; slug: string },
): Promise<{ workspaceId: number; days: string[] }> {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const ids = async (sql: string, values: unknown[]): Promise<number[]> =>
    (await pool.query<{ id: string | number }>(`${sql} RETURNING id`, values)).rows.map(({ id }) => Number(id));
  const [w = 0] = await ids('INSERT INTO workspace (slug, name, baskets_span) VALUES ($1, $1, $2)', [
    slug,
    basketsSpan,
  ]);
  const [root] = await ids(`INSERT INTO category (workspace_id, name, depth) VALUES ($1, 'All', 0)`, [w]);
  const [group] = await ids(`INSERT INTO category (workspace_id, name, depth, parent_id) VALUES ($1, 'Group', 1, $2)`, [
    w,
    root,
  ]);
  const leaves = await ids(
    `INSERT INTO category (workspace_id, name, depth, parent_id) VALUES ($1, 'A', 2, $2), ($1, 'B', 2, $2), ($1, 'C', 1, $3)`,
    [w, group, root],
  );
  await pool.query(
    `INSERT INTO category_ancestor
     WITH RECURSIVE path AS (
       SELECT id, id AS above FROM category WHERE workspace_id = $1
       UNION ALL SELECT path.id, c.parent_id FROM path JOIN category c ON c.workspace_id = $1 AND c.id = path.above
       WHERE c.parent_id IS NOT NULL)
     SELECT $1, id, above FROM path`,
    [w],
  );
  const makers = await ids(`INSERT INTO manufacturer (workspace_id, name) VALUES ($1, 'M1'), ($1, 'M2')`, [w]);
  const brands = await ids(
    `INSERT INTO brand (workspace_id, name, manufacturer_id)
     VALUES ($1, 'B1', $2), ($1, 'B2', $2), ($1, 'B3', $3), ($1, 'B4', NULL)`,
    [w, ...makers],
  );
  const products: number[] = [];
  for (const [index, category] of [group, ...leaves, ...leaves, group, ...leaves].entries()) {
    const [unit, size] = pick([
      ['kg', 0.25],
      ['l', 1.333333],
      ['piece', 6],
      [null, null],
    ] as const);
    products.push(
      ...(await ids(
        `INSERT INTO product (workspace_id, code, name, brand_id, category_id, pack_unit, pack_size)
         VALUES ($1, $2, $2, $3, $4, $5, $6)`,
        [w, `P${index}`, index === 0 || index === 1 ? brands[0] : pick(brands), category, unit, size],
      )),
    );
  }
  const [region] = await ids(`INSERT INTO region (workspace_id, name) VALUES ($1, 'R')`, [w]);
  const [channel] = await ids(`INSERT INTO channel (workspace_id, name) VALUES ($1, 'H')`, [w]);
  const stores = await ids(
    `INSERT INTO store (workspace_id, code, name, region_id, channel_id)
     VALUES ($1, 'S1', 'S1', $2, $3), ($1, 'S2', 'S2', $2, NULL), ($1, 'S3', 'S3', NULL, $3), ($1, 'S4', 'S4', NULL, NULL)`,
    [w, region, channel],
  );
  const shoppers = [1, 2, 3, 65535, 65536, 65537, 131071, 131072];
  for (const no of shoppers) {
    await pool.query('INSERT INTO shopper (workspace_id, no, code) VALUES ($1, $2, $3)', [w, no, `K${no}`]);
  }
  const [file = 0] = await ids(
    `INSERT INTO import (workspace_id, kind, state, file_name, file_size, file_hash, file_path, published_at)
     VALUES ($1, 'transactions', 'published', 'random.csv', 0, $2, '', now())`,
    [w, randomUUID()],
  );
  const days = ['2023-12-30', '2023-12-31', '2024-01-01', '2024-01-15', '2024-02-28', '2024-02-29', '2024-03-01'];
  const receipts = [];
  for (let index = 0; index < 60; index++) {
    const place = { date: pick(days), store: pick([...stores, null]), shopper: pick([...shoppers, null]) };
    const [basket = 0] = await ids(
      'INSERT INTO basket (workspace_id, date, store_id, receipt, import_id) VALUES ($1, $2, $3, $4, $5)',
      [w, basketsSpan ? null : place.date, basketsSpan ? null : place.store, `${index}`, file],
    );
    receipts.push({ ...place, basket });
  }
  for (let row = 2; row < 400; row++) {
    const receipt = pick(receipts);
    const { date, store } = basketsSpan ? { date: pick(days), store: pick([...stores, null]) } : receipt;
    const isReturn = random() < 0.1;
    const sign = isReturn ? -1 : 1;
    await pool.query(
      `INSERT INTO sale_line (workspace_id, import_id, row_no, date, store_id, shopper_no, basket_id, product_id, units, amount,
                              promotion, is_return, base_amount)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        w,
        file,
        row,
        date,
        store,
        random() < 0.1 ? null : receipt.shopper,
        random() < 0.1 ? null : receipt.basket,
        pick(products),
        sign * pick([0, 1, 2, 0.125, 3.5]),
        sign * Math.floor(random() * 1000),
        pick([null, 0, 1, 6]),
        isReturn,
        pick([null, 500, 1200]),
      ],
    );
  }
  return { workspaceId: w, days };
}
