import type { PoolClient } from 'pg';
import { loadPool } from '@/lib/db/pool';

/** The members that questions are asked about. */
export interface World {
  workspaceId: number;
  brands: Map<number, string>;
  /** Categories that products hang on, and the brands in each. */
  categories: Map<number, number[]>;
  root: number;
  products: number[];
  manufacturers: number[];
  regions: number[];
  channels: number[];
  stores: number[];
  attributes: { product_tier: string[]; store_format: string[]; shopper_age_band: string[] };
}

export async function readWorld(workspaceId: number): Promise<World> {
  const client = await loadPool.connect();
  try {
    const ids = (table: string): Promise<number[]> =>
      list<number>(client, `SELECT id AS one FROM ${table}`, workspaceId);
    const texts = (table: string, name: string): Promise<string[]> =>
      list<string>(client, `SELECT DISTINCT attributes ->> '${name}' AS one FROM ${table}`, workspaceId);
    const { rows: brands } = await client.query<{ id: number; name: string }>(
      'SELECT id, name FROM brand WHERE workspace_id = $1 ORDER BY id',
      [workspaceId],
    );
    const { rows: categories } = await client.query<{ category_id: number; brands: number[] }>(
      `SELECT category_id, array_agg(DISTINCT brand_id) AS brands FROM product WHERE workspace_id = $1
       GROUP BY 1 ORDER BY 1`,
      [workspaceId],
    );
    const [root = 0] = await list<number>(
      client,
      'SELECT id AS one FROM (SELECT * FROM category WHERE parent_id IS NULL) c',
      workspaceId,
    );
    return {
      workspaceId,
      brands: new Map(brands.map(({ id, name }) => [id, name])),
      categories: new Map(categories.map((row) => [row.category_id, row.brands])),
      root,
      products: await ids('product'),
      manufacturers: await ids('manufacturer'),
      regions: await ids('region'),
      channels: await ids('channel'),
      stores: await ids('store'),
      attributes: {
        product_tier: await texts('product', 'tier'),
        store_format: await texts('store', 'format'),
        shopper_age_band: await texts('shopper', 'age_band'),
      },
    };
  } finally {
    client.release();
  }
}

async function list<T>(client: PoolClient, text: string, workspaceId: number): Promise<T[]> {
  const { rows } = await client.query<{ one: T }>(`${text} WHERE workspace_id = $1 ORDER BY 1`, [workspaceId]);
  return rows.map(({ one }) => one).filter((one) => one !== null);
}
