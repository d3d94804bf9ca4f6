import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { refreshRollups } from '@/lib/rollups/refresh';

// The worked example of docs/metrics.md as a fresh workspace: members, baskets, lines and rollups. Four weeks; coffee
// brands X (X1 250 g, X2 500 g) and Y (Y1 250 g), tea brand Z (Z1, pack size unknown).

export const exampleRange = { from: '2024-01-01', to: '2024-01-28' } as const;

type Line = [
  date: string,
  store: string,
  shopper: string | null,
  basket: string,
  product: string,
  units: number,
  amount: number,
  promoted?: true,
];

/** Amounts in whole dollars; the workspace keeps cents. */
export const exampleLines: readonly Line[] = [
  ['2024-01-02', 'A', 's1', 'b1', 'X1', 2, 10],
  ['2024-01-02', 'A', 's1', 'b1', 'Y1', 1, 4],
  ['2024-01-09', 'A', 's2', 'b2', 'X1', 1, 5],
  ['2024-01-10', 'B', 's3', 'b3', 'Y1', 2, 8],
  ['2024-01-16', 'B', 's3', 'b4', 'X2', 1, 9, true],
  ['2024-01-18', 'C', 's4', 'b5', 'Y1', 1, 4],
  ['2024-01-23', 'A', null, 'b6', 'X1', 1, 5],
  ['2024-01-25', 'C', 's5', 'b7', 'Z1', 3, 15],
];

export interface WorkedExample {
  workspaceId: number;
  slug: string;
  importId: number;
  categories: { root: number; coffee: number; tea: number };
  manufacturers: { M: number; N: number };
  /** X and Z are made by M, Y by N. */
  brands: { X: number; Y: number; Z: number };
  products: { X1: number; X2: number; Y1: number; Z1: number };
  /** A in North, B and C in South. */
  regions: { North: number; South: number };
  /** A and B are supermarkets, C is a convenience store. */
  channels: { Supermarket: number; Convenience: number };
  stores: { A: number; B: number; C: number };
  shoppers: { s1: 1; s2: 2; s3: 3; s4: 4; s5: 5 };
  baskets: Record<string, number>;
}

export async function insertWorkedExample(
  pool: Pool,
  slug = `example-${randomUUID().slice(0, 8)}`,
): Promise<WorkedExample> {
  const client = await pool.connect();
  const insert = async (sql: string, values: unknown[]): Promise<number> => {
    const { rows } = await client.query<{ id: string | number }>(sql, values);
    return Number(rows[0]?.id);
  };
  try {
    await client.query('BEGIN');
    const w = await insert(
      `INSERT INTO workspace (slug, name, grain, data_version, next_shopper_no)
       VALUES ($1, 'Worked example', 'receipt', 1, 6) RETURNING id`,
      [slug],
    );
    const named = (table: 'manufacturer' | 'region' | 'channel', name: string) =>
      insert(`INSERT INTO ${table} (workspace_id, name) VALUES ($1, $2) RETURNING id`, [w, name]);
    const category = (name: string, parent: number | null) =>
      insert('INSERT INTO category (workspace_id, name, parent_id, depth) VALUES ($1, $2, $3, $4) RETURNING id', [
        w,
        name,
        parent,
        parent === null ? 0 : 1,
      ]);
    const brand = (name: string, manufacturer: number) =>
      insert('INSERT INTO brand (workspace_id, name, manufacturer_id) VALUES ($1, $2, $3) RETURNING id', [
        w,
        name,
        manufacturer,
      ]);
    const product = (code: string, brandId: number, categoryId: number, size: number | null) =>
      insert(
        `INSERT INTO product (workspace_id, code, name, brand_id, category_id, pack_size, pack_unit)
         VALUES ($1, $2, $2, $3, $4, $5, $6) RETURNING id`,
        [w, code, brandId, categoryId, size, size === null ? null : 'kg'],
      );
    const store = (code: string, region: number, channel: number) =>
      insert(
        `INSERT INTO store (workspace_id, code, name, region_id, channel_id)
         VALUES ($1, $2, 'Store ' || $2, $3, $4) RETURNING id`,
        [w, code, region, channel],
      );

    const importId = await insert(
      `INSERT INTO import (workspace_id, kind, state, file_name, file_size, file_hash, file_path, grain,
                           rows_in, rows_accepted, rows_rejected, total_units, total_amount, date_from, date_to, published_at)
       VALUES ($1, 'transactions', 'published', 'example.csv', 0, $2, '', 'receipt', 8, 8, 0, 12, 60, $3, $4, now())
       RETURNING id`,
      [w, randomUUID(), exampleLines[0]?.[0], exampleLines.at(-1)?.[0]],
    );
    const root = await category('All categories', null);
    const categories = { root, coffee: await category('Coffee', root), tea: await category('Tea', root) };
    await client.query(
      `INSERT INTO category_ancestor (workspace_id, category_id, ancestor_id)
       SELECT workspace_id, id, id FROM category WHERE workspace_id = $1
       UNION ALL SELECT workspace_id, id, parent_id FROM category WHERE workspace_id = $1 AND parent_id IS NOT NULL`,
      [w],
    );
    const manufacturers = { M: await named('manufacturer', 'M'), N: await named('manufacturer', 'N') };
    const brands = {
      X: await brand('X', manufacturers.M),
      Y: await brand('Y', manufacturers.N),
      Z: await brand('Z', manufacturers.M),
    };
    const products = {
      X1: await product('X1', brands.X, categories.coffee, 0.25),
      X2: await product('X2', brands.X, categories.coffee, 0.5),
      Y1: await product('Y1', brands.Y, categories.coffee, 0.25),
      Z1: await product('Z1', brands.Z, categories.tea, null),
    };
    const regions = { North: await named('region', 'North'), South: await named('region', 'South') };
    const channels = {
      Supermarket: await named('channel', 'Supermarket'),
      Convenience: await named('channel', 'Convenience'),
    };
    const stores = {
      A: await store('A', regions.North, channels.Supermarket),
      B: await store('B', regions.South, channels.Supermarket),
      C: await store('C', regions.South, channels.Convenience),
    };
    const shoppers = { s1: 1, s2: 2, s3: 3, s4: 4, s5: 5 } as const;
    await client.query(
      `INSERT INTO shopper (workspace_id, no, code) SELECT $1::int, n, 's' || n FROM generate_series(1, 5) n`,
      [w],
    );
    const baskets: Record<string, number> = {};
    for (const [index, [date, storeCode, shopper, receipt, code, units, amount, promoted]] of exampleLines.entries()) {
      const storeId = stores[storeCode as keyof typeof stores];
      baskets[receipt] ??= await insert(
        'INSERT INTO basket (workspace_id, date, store_id, receipt, import_id) VALUES ($1, $2, $3, $4, $5) RETURNING id',
        [w, date, storeId, receipt, importId],
      );
      await client.query(
        `INSERT INTO sale_line (workspace_id, import_id, row_no, date, store_id, shopper_no, basket_id, product_id, units,
                                amount, promotion)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          w,
          importId,
          index + 2,
          date,
          storeId,
          shopper === null ? null : shoppers[shopper as keyof typeof shoppers],
          baskets[receipt],
          products[code as keyof typeof products],
          units,
          amount * 100,
          promoted ? 16 : 0,
        ],
      );
    }
    await refreshRollups(client, w, [...new Set(exampleLines.map(([date]) => date))]);
    await client.query('COMMIT');
    return {
      workspaceId: w,
      slug,
      importId,
      categories,
      manufacturers,
      brands,
      products,
      regions,
      channels,
      stores,
      shoppers,
      baskets,
    };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
