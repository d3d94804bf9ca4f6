import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { rebuildRollups } from '@/lib/rollups/rebuild';

/** A line of one product; members by their names. Amounts in cents. */
export interface PanelLine {
  date: string;
  store: string;
  brand: string;
  product: string;
  units: number;
  amount: number;
  promoted: boolean;
  baseAmount?: number;
}

/** A workspace of these lines in one category; each store is a channel of its own. */
export async function insertPanel(pool: Pool, lines: readonly PanelLine[]): Promise<number> {
  const ids = async (sql: string, values: unknown[]): Promise<number[]> =>
    (await pool.query<{ id: string | number }>(`${sql} RETURNING id`, values)).rows.map(({ id }) => Number(id));
  const [w = 0] = await ids('INSERT INTO workspace (slug, name) VALUES ($1, $1)', [
    `panel-${randomUUID().slice(0, 8)}`,
  ]);
  const [root] = await ids(`INSERT INTO category (workspace_id, name, depth) VALUES ($1, 'All', 0)`, [w]);
  await pool.query('INSERT INTO category_ancestor (workspace_id, category_id, ancestor_id) VALUES ($1, $2, $2)', [
    w,
    root,
  ]);
  const distinct = (of: (line: PanelLine) => string): string[] => [...new Set(lines.map(of))];
  const stores = distinct(({ store }) => store);
  const brands = distinct(({ brand }) => brand);
  const products = distinct(({ product }) => product);
  const brandOf = new Map(lines.map(({ product, brand }) => [product, brand]));
  await pool.query('INSERT INTO channel (workspace_id, name) SELECT $1, unnest($2::text[])', [w, stores]);
  await pool.query(
    `INSERT INTO store (workspace_id, code, name, channel_id)
     SELECT workspace_id, name, name, id FROM channel WHERE workspace_id = $1`,
    [w],
  );
  await pool.query('INSERT INTO brand (workspace_id, name) SELECT $1, unnest($2::text[])', [w, brands]);
  await pool.query(
    `INSERT INTO product (workspace_id, code, name, brand_id, category_id)
     SELECT $1, p.code, p.code, b.id, $4 FROM unnest($2::text[], $3::text[]) AS p (code, brand)
     JOIN brand b ON b.workspace_id = $1 AND b.name = p.brand`,
    [w, products, products.map((product) => brandOf.get(product)), root],
  );
  const [file] = await ids(
    `INSERT INTO import (workspace_id, kind, state, file_name, file_size, file_hash, file_path, published_at)
     VALUES ($1, 'transactions', 'published', 'panel.csv', 0, $2, '', now())`,
    [w, randomUUID()],
  );
  await pool.query(
    `INSERT INTO sale_line (workspace_id, import_id, row_no, date, store_id, product_id, units, amount, promotion, base_amount)
     SELECT $1, $2, l.row + 1, l.date::date, s.id, p.id, l.units, l.amount, l.promotion, l.base
     FROM unnest($3::text[], $4::text[], $5::text[], $6::numeric[], $7::bigint[], $8::int[], $9::bigint[]) WITH ORDINALITY
          AS l (date, store, product, units, amount, promotion, base, row)
     JOIN store s ON s.workspace_id = $1 AND s.code = l.store
     JOIN product p ON p.workspace_id = $1 AND p.code = l.product`,
    [
      w,
      file,
      lines.map(({ date }) => date),
      lines.map(({ store }) => store),
      lines.map(({ product }) => product),
      lines.map(({ units }) => units),
      lines.map(({ amount }) => amount),
      lines.map(({ promoted }) => (promoted ? 1 : 0)),
      lines.map(({ baseAmount }) => baseAmount ?? null),
    ],
  );
  await rebuildRollups(w);
  return w;
}
