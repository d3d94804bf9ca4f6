import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from, to } from 'pg-copy-streams';
import { createWorkspace } from '@/lib/access/create-workspace';
import { db } from '@/lib/db/client';
import { loadPool } from '@/lib/db/pool';
import { rebuildRollups } from '@/lib/rollups/rebuild';
import { step } from '../../scripts/steps';
import { loadFile } from '../load';
import type { ColumnStore } from './column-store';

/**
 * A workspace with the generated lines in both databases. Products and stores go through the import; lines are copied as
 * they stand, for what an import does is not asked about here. Rollups are built from them as always.
 */
export async function loadLines(slug: string, folder: string, columns: ColumnStore): Promise<number> {
  const workspaceId = await createWorkspace({ name: slug, slug, currency: 'EUR' });
  await loadFile(workspaceId, 'products', join(folder, 'products.csv'));
  await loadFile(workspaceId, 'stores', join(folder, 'stores.csv'));
  const client = await loadPool.connect();
  try {
    await step('Lines into DuckDB', async () => {
      await takeOut(client, folder, 'products', productIds(workspaceId));
      await takeOut(client, folder, 'stores', storeIds(workspaceId));
      await columns.fill(folder);
    });
    await step('Lines into PostgreSQL', () => copyLines(client, workspaceId, folder, columns));
  } finally {
    client.release();
  }
  await step('Rollups', () => rebuildRollups(workspaceId));
  for (const table of ['sale_line', 'shopper', 'product', 'store']) await loadPool.query(`VACUUM ANALYZE ${table}`);
  return workspaceId;
}

const productIds = (workspaceId: number): string => `
  SELECT p.code, p.id, p.brand_id, b.manufacturer_id, p.category_id, p.attributes ->> 'tier' AS tier
  FROM product p JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
  WHERE p.workspace_id = ${workspaceId}`;

const storeIds = (workspaceId: number): string =>
  `SELECT code, id, region_id, channel_id, attributes ->> 'format' AS format FROM store WHERE workspace_id = ${workspaceId}`;

async function takeOut(client: PoolClient, folder: string, name: string, text: string): Promise<void> {
  await pipeline(
    client.query(to(`COPY (${text}) TO STDOUT (FORMAT csv, HEADER true)`)),
    createWriteStream(join(folder, `${name}.ids.csv`)),
  );
}

async function copyLines(client: PoolClient, workspaceId: number, folder: string, columns: ColumnStore): Promise<void> {
  const { id: importId } = await db.import.create({
    data: {
      ...{ workspaceId, kind: 'transactions', state: 'published', grain: 'receipt', publishedAt: new Date() },
      ...{ fileName: 'transactions.csv.gz', fileSize: 0, fileHash: '', filePath: '' },
    },
    select: { id: true },
  });
  const { rows } = await client.query<{ base: string }>(`SELECT coalesce(max(id), 0)::text AS base FROM basket`);
  const base = Number(rows[0]?.base);
  const put = async (target: string, text: string): Promise<void> => {
    const file = join(folder, 'rows.csv');
    await columns.write(text, file);
    const source = createReadStream(file, { highWaterMark: 1 << 20 });
    await pipeline(source, client.query(from(`COPY ${target} FROM STDIN (FORMAT csv)`)));
    rmSync(file);
  };
  await put(
    'shopper (workspace_id, no, code, attributes)',
    `SELECT ${workspaceId}, shopper_no, code, json_object('age_band', age_band, 'income_band', income_band) FROM shopper`,
  );
  await put(
    'basket (workspace_id, id, date, store_id, receipt, import_id)',
    `SELECT DISTINCT ${workspaceId}, basket_id + ${base}, date, store_id, basket_id, ${importId} FROM line ORDER BY 2`,
  );
  await put(
    `sale_line (workspace_id, import_id, row_no, date, "time", store_id, shopper_no, basket_id, product_id, units, amount,
                base_amount, promotion, is_return)`,
    `SELECT ${workspaceId}, ${importId}, row_no, date, time, store_id, shopper_no, basket_id + ${base}, product_id, units,
            amount, base_amount, promotion, is_return FROM line ORDER BY date, row_no`,
  );
  await client.query(`SELECT setval(pg_get_serial_sequence('basket', 'id'), (SELECT max(id) FROM basket))`);
  await client.query(
    `UPDATE workspace SET grain = 'receipt', next_shopper_no = (SELECT max(no) + 1 FROM shopper WHERE workspace_id = $1)
     WHERE id = $1`,
    [workspaceId],
  );
}
