import 'server-only';
import { plainCell } from '@/lib/contract/csv';
import type { ShopifyAdminSource } from '@/lib/contract/connector-sources';
import { inTransaction } from '@/lib/db/transaction';
import type { Gathered } from '../gathered';
import type { Row } from '../shopify/product';
import { countOptions } from '../shopify/table';
import type { Visit } from '../visit';
import { checkpoint, type Progress } from './checkpoint';
import { objectsOf } from './objects';
import { columns, lineItem, order, salesOf, type Line, type LineItem, type Naming, type Order } from './orders';
import type { Whole } from './objects';
import { rowsOfFile } from './products';
import { returnsOf } from './refunds';

type Store = Visit<ShopifyAdminSource>;

const batchSize = 500;

/** Appends what is new, notes it as known, and keeps how far it is: all of it or nothing. */
async function append<T>(
  visit: Store,
  file: Gathered,
  items: readonly T[],
  idOf: (item: T) => string,
  write: (fresh: T[], before: Progress) => { text: string; change?: Partial<Progress> },
): Promise<void> {
  await inTransaction(async (client) => {
    const before = checkpoint.parse(visit.subject.checkpoint);
    const ids = await visit.seen(items.map(idOf), client);
    const fresh = items.filter((item) => ids.delete(idOf(item)));
    const { text, change } = write(fresh, before);
    const bytes = await file.append(text);
    await visit.keep({ ...before, ...change, bytes, rows: before.rows + fresh.length }, client);
    visit.rows += fresh.length;
  });
}

/** The variants of the store's file as rows, each code once. */
export async function gatherProducts(visit: Store, file: Gathered, path: string): Promise<void> {
  let batch: Row[] = [];
  const flush = () =>
    append(
      visit,
      file,
      batch,
      ({ code }) => `code ${code}`,
      (fresh, { options }) => ({
        text: fresh.map((row) => `${JSON.stringify(row)}\n`).join(''),
        change: { options: countOptions(options, fresh) },
      }),
    );
  for await (const rows of rowsOfFile(path, visit.source.productCode)) {
    batch.push(...rows);
    if (batch.length < batchSize) continue;
    await flush();
    batch = [];
  }
  await flush();
}

/** The lines of the store's file that no run has taken, and of refunds, as a transaction file. */
export async function gatherOrders(visit: Store, file: Gathered, path: string, naming: Naming): Promise<void> {
  let batch: Line[] = [];
  const flush = () =>
    append(
      visit,
      file,
      batch,
      ({ id }) => id,
      (fresh, { bytes }) => {
        const rows = fresh.map(({ cells }) => `${columns.map((column) => plainCell(cells[column])).join(',')}\n`);
        return { text: [...(bytes === 0 && fresh.length > 0 ? [`${columns.join(',')}\n`] : []), ...rows].join('') };
      },
    );
  for await (const one of objectsOf(path, order, lineItem)) {
    visit.signal.throwIfAborted();
    batch.push(...(await linesOf(visit, one, naming)));
    if (batch.length < batchSize) continue;
    await flush();
    batch = [];
  }
  await flush();
}

/** Nothing of an order that was only tried, or that was cancelled before it was ever loaded. */
async function linesOf(visit: Store, one: Whole<Order, LineItem>, naming: Naming): Promise<Line[]> {
  const { test, cancelledAt, refunds } = one.parent;
  if (test) return [];
  const sales = salesOf(one, naming);
  if (cancelledAt && (await visit.known(sales.map(({ id }) => id))).size === 0) return [];
  return refunds.length > 0 ? [...sales, ...(await returnsOf(visit, one.parent, naming))] : sales;
}
