import 'server-only';
import type { PoolClient } from 'pg';
import { ColumnStore } from '@/lib/columns/column-store';
import { gatherMonth, openGathering, tripCount, type TripCount } from './gather';
import { productLevels, rollupTables, salesLevels, shopperLevels } from './levels';
import { writeShoppers } from './write-shoppers';
import { writeItems, writeSpend, writeVisits } from './write-packed';
import { productRows, salesRows, type Touched } from './write';

/** What an import brings: lines that are in already, or that come in month by month. */
export interface Loaded {
  store: ColumnStore;
  /** Sees to it that the lines of a month (its first day) are in, or sent. Answers a query of the store for them, if it has all. */
  load(month: string): Promise<string | null>;
}

/**
 * Replaces the rollups of the given days (YYYY-MM-DD) and of their months by what the lines say now, inside the caller's
 * transaction. Works month by month, so that memory and temporary files stay flat however much was touched; `onMonth` hears
 * of each (its first day) before it begins and when it is made. `loaded`: lines that are being published, from a column store that is still open.
 */
export async function refreshRollups(
  client: PoolClient,
  workspaceId: number,
  days: string[],
  {
    onMonth,
    loaded,
  }: { onMonth?: ((month: string, made: boolean) => Promise<void>) | undefined; loaded?: Loaded | undefined } = {},
): Promise<void> {
  const months = new Map<string, string[]>();
  for (const day of [...new Set(days)].sort()) {
    const month = `${day.slice(0, 7)}-01`;
    const known = months.get(month);
    if (known) known.push(day);
    else months.set(month, [day]);
  }
  if (months.size === 0) return;
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

  const touched = { day: [...months.values()].flat(), month: [...months.keys()] };
  for (const { table, time, grain } of rollupTables) {
    // By the key, in which the time stands late: between two dates it is looked through once, before PostgreSQL 17 once a date.
    await client.query(
      `DELETE FROM ${table} WHERE workspace_id = $1 AND ${time} = ANY($2::date[]) AND ${time} BETWEEN $3::date AND $4::date`,
      [workspaceId, touched[grain], touched[grain][0], touched[grain].at(-1)],
    );
  }
  const make = async (store: ColumnStore): Promise<void> => {
    await openGathering(store, workspaceId);
    await store.each([...months], async ([month, touchedDays]) => {
      await onMonth?.(month, false);
      const lines = (await loaded?.load(month)) ?? null;
      await gatherMonth(store, workspaceId, month, basketsSpan, lines);
      await writeMonth(store, count, { workspaceId, month, days: touchedDays });
      await onMonth?.(month, true);
    });
  };
  await (loaded ? make(loaded.store) : ColumnStore.beside(client, make));
}

async function writeMonth(store: ColumnStore, count: TripCount, touched: Touched): Promise<void> {
  await store.sendAll([
    ...salesLevels.map((level) => salesRows(level, count, touched)),
    ...productLevels.map((level) => productRows(level, touched)),
  ]);
  for (const level of shopperLevels) await writeShoppers(store, level, touched);
  await writeSpend(store, touched);
  await writeItems(store, touched);
  await writeVisits(store, touched);
}
