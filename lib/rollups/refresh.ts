import 'server-only';
import type { PoolClient } from 'pg';
import { closeGathering, gatherMonth, openGathering, tripCount } from './gather';
import { productLevels, rollupTables, salesLevels, shopperLevels } from './levels';
import { writeItems, writeSpend } from './write-packed';
import { writeProducts, writeSales, writeShoppers } from './write';

/** Shopper days before shopper months, which are made of them. */
const shopperOrder = [...shopperLevels].sort((a, b) => Number(a.grain === 'month') - Number(b.grain === 'month'));

/**
 * Replaces the rollups of the given days (YYYY-MM-DD) and of their months by what the lines say now, inside the caller's
 * transaction. Works month by month, so that memory and temporary files stay flat however much was touched.
 */
export async function refreshRollups(client: PoolClient, workspaceId: number, days: string[]): Promise<void> {
  const months = new Map<string, string[]>();
  for (const day of [...new Set(days)].sort()) {
    const month = `${day.slice(0, 7)}-01`;
    const known = months.get(month);
    if (known) known.push(day);
    else months.set(month, [day]);
  }
  if (months.size === 0) return;
  // Hundreds of thousands of small groups: worth memory, never worth compiling.
  await client.query(`SET LOCAL work_mem = '128MB'; SET LOCAL jit = off`);
  // A sparse bitmap is packed twenty times faster by lz4, which not every server is built with.
  await client.query(
    `SELECT set_config('default_toast_compression', 'lz4', true) FROM pg_settings
     WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)`,
  );
  const { rows } = await client.query<{ baskets_span: boolean }>('SELECT baskets_span FROM workspace WHERE id = $1', [
    workspaceId,
  ]);
  const basketsSpan = rows[0]?.baskets_span ?? false;
  const count = tripCount(basketsSpan);

  for (const { table, time, grain } of rollupTables) {
    await client.query(`DELETE FROM ${table} WHERE workspace_id = $1 AND ${time} = ANY($2::date[])`, [
      workspaceId,
      grain === 'day' ? days : [...months.keys()],
    ]);
  }
  await openGathering(client, workspaceId, basketsSpan);
  for (const [month, touchedDays] of months) {
    const touched = { workspaceId, month, days: touchedDays };
    await gatherMonth(client, workspaceId, month, basketsSpan);
    for (const level of salesLevels) await writeSales(client, level, count, touched);
    for (const level of productLevels) await writeProducts(client, level, touched);
    for (const level of shopperOrder) await writeShoppers(client, level, touched);
    await writeSpend(client, touched);
    await writeItems(client, touched);
  }
  await closeGathering(client);
}
